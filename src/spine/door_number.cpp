// SPDX-License-Identifier: Apache-2.0
#include "spine/door_number.hpp"

#include <vector>

#include "base/utf8.hpp"

namespace menpai::spine {
namespace {

constexpr int number_max = 99'999;

class Reader {
 public:
  explicit Reader(std::string_view text) : m_text(utf8::decode(text)) {}

  std::optional<ReadDoorNumber> read() {
    std::vector<int> parts;
    while (m_pos < m_text.size()) {
      if (!parts.empty() && !take_link()) break;
      const std::optional<int> value = take_number(!parts.empty());
      if (!value) return std::nullopt;
      parts.push_back(*value);
      if (!take(U'号')) take(U'號');
    }
    if (parts.empty() || m_pos != m_text.size() || parts[0] == 0) return std::nullopt;
    return ReadDoorNumber{{parts[0], parts.size() > 1 ? parts[1] : 0}, parts.size() > 2};
  }

 private:
  bool take(char32_t c) {
    if (m_pos >= m_text.size() || m_text[m_pos] != c) return false;
    ++m_pos;
    return true;
  }
  /// What stands between a number and its sub-number. 甲 and the like need nothing.
  bool take_link() {
    for (const char32_t c : {U'附', U'之', U'-', U'－', U'—', U'–'}) {
      if (take(c)) return true;
    }
    return stem_at(m_pos) > 0;
  }
  int stem_at(std::size_t pos) const {
    constexpr std::u32string_view stems = U"甲乙丙丁戊己庚辛壬癸";
    if (pos >= m_text.size()) return 0;
    const std::size_t at = stems.find(m_text[pos]);
    return at == std::u32string_view::npos ? 0 : static_cast<int>(at) + 1;
  }

  std::optional<int> take_number(bool is_sub) {
    if (is_sub && stem_at(m_pos) > 0) return stem_at(m_pos++);
    const std::size_t from = m_pos;
    int value = 0;
    while (m_pos < m_text.size() && value <= number_max) {
      const char32_t c = m_text[m_pos];
      if (c >= U'0' && c <= U'9') {
        value = value * 10 + static_cast<int>(c - U'0');
      } else if (c >= U'０' && c <= U'９') {
        value = value * 10 + static_cast<int>(c - U'０');
      } else {
        break;
      }
      ++m_pos;
    }
    if (m_pos > from) return value <= number_max ? std::optional(value) : std::nullopt;
    return take_chinese();
  }

  static int digit_of(char32_t c) {
    constexpr std::u32string_view digits = U"零一二三四五六七八九";
    const std::size_t at = digits.find(c);
    return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
  }
  std::optional<int> take_chinese() {
    int value = m_pos < m_text.size() ? digit_of(m_text[m_pos]) : -1;
    const bool had_digit = value > 0;
    if (had_digit) ++m_pos;
    if (take(U'十')) {
      value = (had_digit ? value : 1) * 10;
      const int last = m_pos < m_text.size() ? digit_of(m_text[m_pos]) : -1;
      if (last > 0) {
        value += last;
        ++m_pos;
      }
      return value;
    }
    return had_digit ? std::optional(value) : std::nullopt;
  }

  std::u32string m_text;
  std::size_t m_pos = 0;
};

}  // namespace

std::optional<ReadDoorNumber> read_door_number(std::string_view text) {
  return Reader(text).read();
}

std::string door_number_text(DoorNumber number, SubForm form) {
  const std::string main = std::to_string(number.main);
  if (number.sub == 0) return main + "号";
  const std::string sub = std::to_string(number.sub);
  return form == SubForm::dash ? main + "-" + sub + "号" : main + "号附" + sub + "号";
}

}  // namespace menpai::spine
