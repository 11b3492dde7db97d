#pragma once

#include <cctype>
#include <string>
#include <string_view>
#include <vector>

/// A reader of markup that is stricter than browsers, independent of the code that writes it.
namespace remnant::testing {

/// The first fault that keeps the text from being well-formed XML (after an optional doctype): tags that do
/// not match, attributes without quotes, a '<' or a lone '&' in text. Empty where there is none.
class MarkupCheck {
 public:
  static std::string faultIn(std::string_view text) { return MarkupCheck(text).run(); }

 private:
  explicit MarkupCheck(std::string_view text) : text_(text) {}

  std::string run() {
    if (text_.substr(0, 9) == "<!DOCTYPE") at_ = text_.find('>') + 1;
    while (at_ < text_.size() && fault_.empty()) text_[at_] == '<' ? tag() : character(text_[at_]);
    if (fault_.empty() && !open_.empty()) fault_ = "never closed: " + open_.back();
    return fault_;
  }

  void fail(const std::string& what) {
    fault_ = what + " near: " + std::string(text_.substr(at_ > 40 ? at_ - 40 : 0, 100));
  }

  void character(char one) {
    if (one == '&' && !isReference()) return fail("a lone &");
    if (static_cast<unsigned char>(one) < 0x20 && one != '\n' && one != '\t' && one != '\r')
      return fail("a control character");
    ++at_;
  }

  bool isReference() const {
    for (const std::string_view reference : {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"})
      if (text_.substr(at_, reference.size()) == reference) return true;
    return false;
  }

  std::string name() {
    const std::size_t start = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '-'))
      ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  void tag() {
    ++at_;
    if (at_ < text_.size() && text_[at_] == '/') return closingTag();
    const std::string element = name();
    if (element.empty()) return fail("a < that opens no tag");
    while (fault_.empty() && at_ < text_.size() && text_[at_] == ' ') attribute();
    if (!fault_.empty()) return;
    if (text_.substr(at_, 2) == "/>") {
      at_ += 2;
    } else if (text_.substr(at_, 1) == ">") {
      ++at_;
      open_.push_back(element);
    } else {
      fail("a tag that does not end");
    }
  }

  void closingTag() {
    ++at_;
    const std::string element = name();
    if (open_.empty() || open_.back() != element || text_.substr(at_, 1) != ">")
      return fail("</" + element + "> closes nothing");
    open_.pop_back();
    ++at_;
  }

  void attribute() {
    ++at_;
    if (name().empty() || text_.substr(at_, 2) != "=\"") return fail("an attribute without quotes");
    at_ += 2;
    while (fault_.empty() && at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '<') return fail("a < inside an attribute");
      character(text_[at_]);
    }
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::string fault_;
};

}  // namespace remnant::testing
