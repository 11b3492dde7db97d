#pragma once

#include <string>
#include <string_view>

namespace remnant::scintigraphy {

/// "Tc-99m", "I-131", ... from a code of CID 18 (PS3.16, Isotopes in Radiopharmaceuticals), in SNOMED RT
/// ("C-163A8") or SNOMED CT ("72454006"). Empty where the code is not one of those that gamma cameras see.
std::string radionuclideOfCode(std::string_view code);

/// The same from a name as people write it, in UTF-8: "99m Technetium", "^99m^Technetium", "Tc99m", "131Jod",
/// "Yodo 131". Empty where no element with a mass number is in it.
std::string radionuclideOfName(std::string_view name);

}  // namespace remnant::scintigraphy
