#include "remnant/scintigraphy/header.h"

#include <fmt/format.h>

#include <algorithm>

#include "remnant/base/error.h"

namespace remnant::scintigraphy {

using dicom::Tag;

void Header::warn(std::string sentence) const {
  if (std::find(warnings_->begin(), warnings_->end(), sentence) == warnings_->end())
    warnings_->push_back(std::move(sentence));
}

/// What read() gives, or an empty value and a warning where the value cannot be read.
template <class Read>
auto Header::orWarn(Read read) const {
  try {
    return read();
  } catch (const InputError& error) {
    warn(fmt::format("{} {}", error.tag(), error.what()));
    return decltype(read()){};
  }
}

std::string Header::text(Tag tag) const {
  return orWarn([&] { return dataset_.utf8Text(tag); }).value_or("");
}
std::vector<std::string> Header::texts(Tag tag) const {
  return orWarn([&] { return dataset_.utf8Texts(tag); });
}
std::optional<double> Header::number(Tag tag) const {
  return orWarn([&] { return dataset_.number(tag); });
}
std::vector<double> Header::numbers(Tag tag) const {
  return orWarn([&] { return dataset_.numbers(tag); });
}
std::optional<std::int64_t> Header::integer(Tag tag) const {
  return orWarn([&] { return dataset_.integer(tag); });
}
std::vector<std::int64_t> Header::integers(Tag tag) const {
  return orWarn([&] { return dataset_.integers(tag); });
}

std::vector<Header> Header::items(Tag sequence) const {
  std::vector<Header> headers;
  for (const dicom::Dataset& item : dataset_.items(sequence)) headers.emplace_back(item, *warnings_);
  return headers;
}

std::vector<Code> Header::codes(Tag sequence) const {
  std::vector<Code> codes;
  for (const Header& item : items(sequence))
    codes.push_back({item.text({0x0008, 0x0100}), item.text({0x0008, 0x0102}), item.text({0x0008, 0x0104})});
  return codes;
}

}  // namespace remnant::scintigraphy
