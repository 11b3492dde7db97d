#include "remnant/scintigraphy/radionuclide.h"

#include <array>
#include <cctype>
#include <span>
#include <vector>

#include "remnant/scintigraphy/view_name.h"

namespace remnant::scintigraphy {
namespace {

struct CodedNuclide {
  std::string_view snomedRt, snomedCt, nuclide;
};

// PS3.16, CID 18.
constexpr CodedNuclide kCoded[] = {
    {"C-111A1", "77004003", "F-18"},    {"C-129A2", "52745005", "Cr-51"},
    {"C-144A3", "27054007", "Co-57"},   {"C-131A2", "2008008", "Ga-67"},
    {"C-116A3", "43239002", "Se-75"},   {"C-173A5", "61716009", "Kr-81m"},
    {"C-158A6", "7770004", "Sr-89"},    {"C-162A7", "14691008", "Y-90"},
    {"C-163A8", "72454006", "Tc-99m"},  {"C-145A4", "56609000", "In-111"},
    {"C-114A4", "21572004", "I-123"},   {"C-114A6", "68630002", "I-125"},
    {"C-172A5", "27081007", "Xe-127"},  {"C-114B1", "1368003", "I-131"},
    {"C-122A5", "3027009", "Ba-133"},   {"C-172A8", "80751004", "Xe-133"},
    {"C-178A8", "14529005", "Gd-153"},  {"C-B1134", "419804008", "Sm-153"},
    {"C-101ED", "447553000", "Lu-177"}, {"C-11906", "395865006", "Re-186"},
    {"C-1018D", "423578007", "Re-188"}, {"C-138A9", "60057003", "Tl-201"},
    {"C-136A2", "24853006", "Ra-223"},
};

struct NamedElement {
  std::string_view symbol;
  std::array<std::string_view, 10> names;  ///< folded as foldedText() folds
};

constexpr NamedElement kElements[] = {
    {"Tc",
     {"TC", "TECHNETIUM", "TECNECIO", "TECNEZIO", "TECHNET", "TEKNETYUM", "TEKNETIUM", "ТЕХНЕЦИЙ",
      "TECNETIO"}},
    {"I", {"I", "J", "IODINE", "IOD", "JOD", "YODO", "IODE", "IODIO", "IYOT", "ЙОД"}},
    {"Tl", {"TL", "THALLIUM", "TALIO", "TALLIO", "TAL", "ТАЛЛИЙ"}},
    {"Ga", {"GA", "GALLIUM", "GALIO", "GALLIO", "ГАЛЛИЙ"}},
    {"In", {"IN", "INDIUM", "INDIO", "ИНДИЙ"}},
    {"Xe", {"XE", "XENON"}},
    {"Kr", {"KR", "KRYPTON", "CRIPTON"}},
    {"Co", {"CO", "COBALT", "KOBALT", "COBALTO"}},
    {"Cr", {"CR", "CHROMIUM", "CHROM", "CROMO"}},
    {"Se", {"SE", "SELENIUM", "SELEN", "SELENIO"}},
    {"Sm", {"SM", "SAMARIUM", "SAMARIO"}},
    {"Lu", {"LU", "LUTETIUM", "LUTECIO", "LUTEZIO"}},
    {"Sr", {"SR", "STRONTIUM"}},
    {"Y", {"Y", "YTTRIUM", "ITRIO"}},
    {"Re", {"RE", "RHENIUM", "RENIO"}},
    {"Ra", {"RA", "RADIUM", "RADIO"}},
    {"F", {"F", "FLUORINE", "FLUOR"}},
};

std::string_view symbolOf(std::string_view name) {
  for (const NamedElement& element : kElements)
    for (const std::string_view known : element.names)
      if (!known.empty() && known == name) return element.symbol;
  return {};
}

bool isDigit(char character) {
  return character >= '0' && character <= '9';
}
bool isLetter(char character) {
  return (character >= 'A' && character <= 'Z') || static_cast<unsigned char>(character) >= 0x80;
}

/// Runs of digits and runs of letters, in order: "TC-99M" gives TC, 99, M.
std::vector<std::string_view> runsOf(std::string_view text) {
  std::vector<std::string_view> runs;
  for (std::size_t start = 0; start < text.size();) {
    const auto alike = isDigit(text[start]) ? isDigit : isLetter;
    std::size_t end = start;
    while (end < text.size() && alike(text[end])) ++end;
    if (end > start) runs.push_back(text.substr(start, end - start));
    start = std::max(end, start + 1);
  }
  return runs;
}

/// The nuclide whose mass number is the run at the given place.
std::string nuclideAround(std::span<const std::string_view> runs, std::size_t mass) {
  if (runs[mass].size() < 2 || runs[mass].size() > 3) return {};
  const std::string_view before = mass > 0 ? runs[mass - 1] : std::string_view{};
  std::string_view after = mass + 1 < runs.size() ? runs[mass + 1] : std::string_view{};
  std::string_view symbol = symbolOf(before);
  bool metastable = after == "M";
  if (symbol.empty() && metastable) {
    symbol = mass + 2 < runs.size() ? symbolOf(runs[mass + 2]) : std::string_view{};
  } else if (symbol.empty()) {
    symbol = symbolOf(after);
    if (symbol.empty() && after.starts_with('M')) {  // 99mTc
      symbol = symbolOf(after.substr(1));
      metastable = true;
    }
  }
  if (symbol.empty()) return {};
  return std::string(symbol) + "-" + std::string(runs[mass]) + (metastable ? "m" : "");
}

}  // namespace

std::string radionuclideOfCode(std::string_view code) {
  for (const CodedNuclide& coded : kCoded)
    if (code == coded.snomedRt || code == coded.snomedCt) return std::string(coded.nuclide);
  return {};
}

std::string radionuclideOfName(std::string_view name) {
  const std::string folded = foldedText(name);
  const std::vector<std::string_view> runs = runsOf(folded);
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (isDigit(runs[i].front()))
      if (std::string nuclide = nuclideAround(runs, i); !nuclide.empty()) return nuclide;
  return {};
}

}  // namespace remnant::scintigraphy
