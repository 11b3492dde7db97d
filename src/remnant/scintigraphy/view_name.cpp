#include "remnant/scintigraphy/view_name.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace remnant::scintigraphy {
namespace {

// The ASCII letter under each letter of Latin-1 Supplement and Latin Extended-A, from U+00C0 on; '.' where
// there is none.
constexpr std::string_view kLatin =
    "AAAAAAACEEEEIIIIDNOOOOO.OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO.OUUUUYTY"
    "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLLLLLNNNNNNNNNOOOOOOOO"
    "RRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";
// Latin Extended Additional from U+1EA0 to U+1EF9: the letters of Vietnamese.
constexpr std::string_view kVietnamese =
    "AAAAAAAAAAAAAAAAAAAAAAAAEEEEEEEEEEEEEEEEIIIIOOOOOOOOOOOOOOOOOOOOOOOOUUUUUUUUUUUUUUYYYYYYYY";

struct Decoded {
  char32_t character;
  std::size_t bytes;
};

/// The character at the start of well-formed UTF-8; a stray byte has no character.
Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) >= 0xE0 && byte(0) < 0xF0 && text.size() > 2)
    return {static_cast<char32_t>((byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F)), 3};
  if (byte(0) >= 0xC2 && byte(0) < 0xE0 && text.size() > 1)
    return {static_cast<char32_t>((byte(0) & 0x1F) << 6 | (byte(1) & 0x3F)), 2};
  return {byte(0) < 0x80 ? char32_t{byte(0)} : U'\uFFFD', 1};
}

std::string twoByteUtf8(char32_t character) {
  return {static_cast<char>(0xC0 | character >> 6), static_cast<char>(0x80 | (character & 0x3F))};
}

std::string folded(char32_t character, std::string_view stored) {
  if (character >= U'a' && character <= U'z') return {static_cast<char>(character - U'a' + U'A')};
  if (character >= 0xC0 && character < 0xC0 + kLatin.size()) return {kLatin[character - 0xC0]};
  if (character == 0x01A0 || character == 0x01A1) return "O";  // O with horn
  if (character == 0x01AF || character == 0x01B0) return "U";  // U with horn
  if (character >= 0x1EA0 && character < 0x1EA0 + kVietnamese.size())
    return {kVietnamese[character - 0x1EA0]};
  if (character >= 0x0300 && character <= 0x036F) return {};                             // combining accents
  if (character >= 0x0430 && character <= 0x044F) return twoByteUtf8(character - 0x20);  // Cyrillic
  if (character == 0x0451 || character == 0x0401) return twoByteUtf8(0x0415);            // Ё as Е
  return std::string(stored);
}

bool isLetter(char character) {
  return (character >= 'A' && character <= 'Z') || static_cast<unsigned char>(character) >= 0x80;
}

using Words = std::initializer_list<std::string_view>;

const Words kAnterior = {"ANT",      "ANTERIOR", "ANTERIEUR", "ANTERIEURE", "ANTERIORE",     "ANTERIORES",
                         "VENTRAL",  "VENTRALE", "VORNE",     "VORN",       "VORDERANSICHT", "VORDERE",
                         "FRENTE",   "VOORKANT", "PRZOD",     "PRZEDNIA",   "PRZEDNI",       "ПЕРЕД",
                         "ПЕРЕДНЯЯ", "ПЕРЕДНИЙ", "СПЕРЕДИ"};
const Words kPosterior = {
    "POSTERIOR", "POSTERIEUR", "POSTERIEURE", "POSTERIORE", "POSTERIORES",  "DORSAL",      "DORSALE",
    "DOS",       "HINTEN",     "RUECKEN",     "RUCKEN",     "RUECKANSICHT", "RUCKANSICHT", "HINTERANSICHT",
    "HINTERE",   "TRASERA",    "ESPALDA",     "COSTAS",     "ACHTERKANT",   "TYL",         "TYLNA",
    "TYLNY",     "ARKA",       "ЗАД",         "ЗАДНЯЯ",     "ЗАДНИЙ",       "СЗАДИ"};
const Words kLateral = {"LAT",    "LATERAL",  "LATERALE", "LATERALES", "LATERALIS", "PROFIL",
                        "PERFIL", "SEITLICH", "SEITE",    "BOCZNA",    "БОКОВАЯ"};
const Words kLeft = {"L",         "LT",        "LEFT",     "LI",     "LINKS", "LINKE", "IZQ", "IZQUIERDA",
                     "IZQUIERDO", "ESQUERDA",  "ESQUERDO", "GAUCHE", "G",     "SIN",   "SX",  "SINISTRA",
                     "SINISTRO",  "SINISTRUM", "LEWA",     "LEWY",   "ЛЕВАЯ", "ЛЕВЫЙ"};
const Words kRight = {"R",       "RT",      "RIGHT",   "RE",     "RECHTS", "RECHTE", "DER", "DERECHA",
                      "DERECHO", "DIREITA", "DIREITO", "DROITE", "DROIT",  "D",      "DX",  "DESTRA",
                      "DESTRO",  "DEXTRA",  "PRAWA",   "PRAWY",  "ПРАВАЯ", "ПРАВЫЙ"};
const Words kLeftLateral = {"LLAT", "LTLAT", "LLL", "LATL", "LATLI"};
const Words kRightLateral = {"RLAT", "RTLAT", "RLL", "LATR", "LATRE"};
const Words kOblique = {"LAO",     "RAO",     "LPO",     "RPO",    "OAD",     "OAG",     "OPD",
                        "OPG",     "OBL",     "OBLIQUE", "OBLIQ",  "OBLICUA", "OBLICUO", "OBLIQUA",
                        "OBLIQUO", "SCHRAEG", "SCHRAG",  "SKOSNA", "КОСАЯ"};
/// Words that make "POST" mean "after".
const Words kAfter = {"THERAPY",
                      "THERAPIE",
                      "THERAPEUTIC",
                      "THERAPEUTIQUE",
                      "TERAPIA",
                      "TERAPEUTICO",
                      "TX",
                      "TTT",
                      "TRAITEMENT",
                      "TRATAMIENTO",
                      "TRATAMENTO",
                      "TREATMENT",
                      "RX",
                      "ABLATION",
                      "ABLACION",
                      "ABLATIVE",
                      "OP",
                      "OPERATIVE",
                      "OPERATIV",
                      "SURGERY",
                      "CHIRURGIE",
                      "CIRUGIA",
                      "THYROIDECTOMY",
                      "THYROIDEKTOMIE",
                      "TIROIDECTOMIA",
                      "DOSE",
                      "DOSIS",
                      "INJ",
                      "INJECTION",
                      "IODINE",
                      "IODE",
                      "YODO",
                      "JOD",
                      "RAI",
                      "I",
                      "RADIOIODINE",
                      "STRESS",
                      "EXERCISE",
                      "ESFUERZO",
                      "EFFORT",
                      "VOID",
                      "MICTION",
                      "MICTIONAL",
                      "MICCIONAL",
                      "MICCION",
                      "LASIX",
                      "DIURETIC",
                      "FUROSEMIDE",
                      "MEAL",
                      "PRANDIAL",
                      "CONTRAST",
                      "CAPTOPRIL",
                      "PERCHLORATE",
                      "RIT",
                      "RRA",
                      "TRT"};

bool isOneOf(std::string_view word, Words words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What a name says, by kind, with the first word that said so.
struct Findings {
  std::string anterior, posterior, lateral, left, right, leftLateral, rightLateral, oblique;

  void note(std::string& kind, const std::string& word) {
    if (kind.empty()) kind = word;
  }
};

void noteWord(Findings& findings, const std::vector<std::string>& words, std::size_t i) {
  const std::string& word = words[i];
  const std::string_view next = i + 1 < words.size() ? std::string_view(words[i + 1]) : std::string_view{};
  if (isOneOf(word, kAnterior)) findings.note(findings.anterior, word);
  if (isOneOf(word, kPosterior)) findings.note(findings.posterior, word);
  if (word == "POST" && !isOneOf(next, kAfter)) findings.note(findings.posterior, word);
  // Vietnamese: front side, back side.
  if (word == "MAT" && next == "TRUOC") findings.note(findings.anterior, "MAT TRUOC");
  if (word == "MAT" && next == "SAU") findings.note(findings.posterior, "MAT SAU");
  if (isOneOf(word, kLateral)) findings.note(findings.lateral, word);
  if (isOneOf(word, kLeft)) findings.note(findings.left, word);
  if (isOneOf(word, kRight)) findings.note(findings.right, word);
  if (isOneOf(word, kLeftLateral)) findings.note(findings.leftLateral, word);
  if (isOneOf(word, kRightLateral)) findings.note(findings.rightLateral, word);
  if (isOneOf(word, kOblique)) findings.note(findings.oblique, word);
}

/// L and R beside ANT are side markers; beside LAT they say which lateral.
void noteLateralSide(Findings& findings) {
  if (findings.lateral.empty() || findings.left.empty() == findings.right.empty()) return;
  if (findings.right.empty()) findings.note(findings.leftLateral, findings.left + " " + findings.lateral);
  if (findings.left.empty()) findings.note(findings.rightLateral, findings.right + " " + findings.lateral);
}

/// "FACE" is the front in French, unless it is the side that another word names: "FACE POST".
void noteFace(Findings& findings, const std::vector<std::string>& words) {
  const bool face = std::find(words.begin(), words.end(), "FACE") != words.end();
  if (face && findings.posterior.empty()) findings.note(findings.anterior, "FACE");
}

ViewFinding onlyOf(const Findings& findings) {
  const std::pair<View, const std::string*> kinds[] = {{View::kAnterior, &findings.anterior},
                                                       {View::kPosterior, &findings.posterior},
                                                       {View::kLeftLateral, &findings.leftLateral},
                                                       {View::kRightLateral, &findings.rightLateral}};
  if (!findings.oblique.empty()) return {View::kOblique, findings.oblique};
  ViewFinding found;
  for (const auto& [view, word] : kinds) {
    if (word->empty()) continue;
    if (found.view != View::kUnknown) return {};
    found = {view, *word};
  }
  const bool lateralWithoutSide =
      !findings.lateral.empty() && findings.leftLateral.empty() && findings.rightLateral.empty();
  return lateralWithoutSide ? ViewFinding{} : found;
}

}  // namespace

std::string foldedText(std::string_view utf8) {
  std::string text;
  while (!utf8.empty()) {
    const auto [character, bytes] = decode(utf8);
    text += folded(character, utf8.substr(0, bytes));
    utf8.remove_prefix(bytes);
  }
  return text;
}

std::vector<std::string> wordsOf(std::string_view utf8) {
  const std::string text = foldedText(utf8);
  std::vector<std::string> words;
  for (std::size_t start = 0; start < text.size(); ++start) {
    std::size_t end = start;
    while (end < text.size() && isLetter(text[end])) ++end;
    if (end > start) words.push_back(text.substr(start, end - start));
    start = end;
  }
  return words;
}

ViewFinding viewOfName(std::string_view utf8) {
  const std::vector<std::string> words = wordsOf(utf8);
  Findings findings;
  for (std::size_t i = 0; i < words.size(); ++i) noteWord(findings, words, i);
  noteLateralSide(findings);
  noteFace(findings, words);
  return onlyOf(findings);
}

}  // namespace remnant::scintigraphy
