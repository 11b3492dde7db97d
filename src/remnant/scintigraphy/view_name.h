#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "remnant/scintigraphy/nm_object.h"

/// Views told by the names that people give them.
namespace remnant::scintigraphy {

/// UTF-8 text in upper case without accents: Latin letters become ASCII ("Rücken" RUCKEN, "trước" TRUOC),
/// Cyrillic ones become capitals, everything else stays.
std::string foldedText(std::string_view utf8);

/// The folded text's words: runs of letters; digits and punctuation separate.
std::vector<std::string> wordsOf(std::string_view utf8);

/// The view that a name tells by whole words of English, German, French, Spanish, Portuguese, Italian, Dutch,
/// Polish, Russian, Turkish or Vietnamese, with the words as evidence. kUnknown, with no evidence, where it
/// tells none or several; a lateral view needs its side. "POST" before a word such as THERAPY or ABLATION
/// means "after" and tells nothing.
ViewFinding viewOfName(std::string_view utf8);

}  // namespace remnant::scintigraphy
