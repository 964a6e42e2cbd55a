// SPDX-License-Identifier: Apache-2.0
// Finds telephone numbers, courier instructions, recipients and remarks by their words (rules/address_noise.tsv).
#include "address/text/noise.hpp"

#include <algorithm>
#include <array>

#include "address/text/lexicon.hpp"
#include "address/text/word_list.hpp"

namespace menpai::address {
namespace {

enum class NoiseWord : std::uint8_t { none, courier, sentence, name, phone, filler, honorific };

// The hundred commonest family names; a person's name is one of them and one or two characters more.
constexpr std::u32string_view family_names =
    U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    U"汪田任姜"
    U"范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文习";

constexpr std::u32string_view country_codes[] = {U"+86-", U"+86 ", U"+86", U"0086", U"86-"};

/// One pass over a text; ranges are in positions of its characters.
class NoiseFinder {
 public:
  explicit NoiseFinder(NormalText& text) : m_text(text), m_chars(text.chars) {}

  void run() {
    const auto size = static_cast<std::uint32_t>(m_chars.size());
    const WordList& words = noise_words();
    for (std::uint32_t at = 0; at < size;) {
      const char32_t c = m_chars[at];
      if (is_digit(c)) {
        const std::uint32_t end = look_digits(at);
        at = end > at ? end : digits_end(at);
      } else if (c == U'+' || c == U'(' || words.begins_with(c)) {
        const std::uint32_t end = look(at);
        at = end > at ? end : at + 1;
      } else {
        ++at;
      }
    }
    if (m_count > 0) cut();
  }

 private:
  struct Range {
    std::uint32_t from, to;
    RemovedKind kind;
  };

  std::uint32_t look(std::uint32_t at) {
    const char32_t c = m_chars[at];
    if (is_digit(c) || c == U'+') return look_digits(at);
    if (c == U'(') return look_bracket(at);
    const WordList::Found word = noise_words().at(m_chars, at);
    if (word.kind == 0) return at;
    const std::uint32_t end = at + word.length;
    switch (static_cast<NoiseWord>(word.kind)) {
      case NoiseWord::courier:
        return take(at, end, RemovedKind::courier);
      case NoiseWord::sentence:
        return take(at, sentence_end(end), RemovedKind::courier);
      case NoiseWord::filler:
        return latin_inside(at, end) ? at : take(at, end, RemovedKind::filler);
      case NoiseWord::phone:
        return look_phone_word(at, end);
      case NoiseWord::name:
        return look_name_word(at, end);
      case NoiseWord::honorific:
        return look_honorific(at, end);
      default:
        return at;
    }
  }

  std::uint32_t take(std::uint32_t from, std::uint32_t to, RemovedKind kind) {
    if (m_count == m_ranges.size()) return from;
    if (m_count > 0 && from < m_ranges[m_count - 1].to) from = m_ranges[m_count - 1].to;
    if (from >= to) return to;
    m_ranges[m_count++] = {from, to, kind};
    return to;
  }

  /// A word in Latin letters that is a part of a longer one: NONE in ANNONE.
  bool latin_inside(std::uint32_t from, std::uint32_t to) const {
    if (!is_latin(m_chars[from])) return false;
    return (from > 0 && is_latin(m_chars[from - 1])) || (to < m_chars.size() && is_latin(m_chars[to]));
  }

  std::uint32_t sentence_end(std::uint32_t at) const {
    while (at < m_chars.size() && !is_separator(m_chars[at])) ++at;
    return at;
  }

  struct Digits {
    std::uint32_t end;
    std::uint32_t count;
    std::uint32_t longest;
  };
  /// Digits with '-' or ' ' between groups, as telephone numbers are written.
  Digits digits_from(std::uint32_t at) const {
    Digits d{at, 0, 0};
    std::uint32_t run = 0;
    for (std::uint32_t i = at; i < m_chars.size(); ++i) {
      const char32_t c = m_chars[i];
      if (is_digit(c)) {
        ++d.count;
        d.longest = std::max(d.longest, ++run);
        d.end = i + 1;
      } else if ((c == U'-' || c == U' ' || c == U')' || c == U'(' || c == U'*') && run > 0 && d.count < 16) {
        run = 0;
      } else {
        break;
      }
    }
    return d;
  }

  std::uint32_t digits_end(std::uint32_t at) const {
    while (at < m_chars.size() && is_digit(m_chars[at])) ++at;
    return at;
  }

  /// A mobile number (1 and ten digits, in one piece or 3-4-4) or a fixed line with its area code.
  std::uint32_t look_digits(std::uint32_t at) {
    if (at > 0 && is_digit(m_chars[at - 1])) return at;
    // Telephone numbers begin with 0 or 1, and with the country's 86 before them.
    const char32_t lead = m_chars[at];
    if (lead != U'0' && lead != U'1' && lead != U'8' && lead != U'+') return at;
    std::uint32_t first = at;
    const std::u32string_view rest = std::u32string_view(m_chars).substr(at);
    for (const std::u32string_view prefix : country_codes) {
      if (lead != U'1' && rest.starts_with(prefix)) {
        first = at + static_cast<std::uint32_t>(std::u32string_view(prefix).size());
        break;
      }
    }
    std::uint32_t run = first;
    while (run < m_chars.size() && is_digit(m_chars[run])) ++run;
    const std::uint32_t length = run - first;
    const bool mobile = length == 11 && m_chars[first] == U'1' && m_chars[first + 1] >= U'3';
    if (mobile) return take(at, run, RemovedKind::phone);
    const Digits d = length == 3 || length == 4 ? digits_from(first) : Digits{run, length, length};
    const bool grouped_mobile = length == 3 && m_chars[first] == U'1' && m_chars[first + 1] >= U'3' && d.count == 11 &&
                                d.longest <= 4 && d.end - first >= 13;
    const bool fixed = (length == 3 || length == 4) && m_chars[first] == U'0' && d.longest >= 7 && d.longest <= 8 &&
                       (d.count == 10 || d.count == 11 || d.count == 12);
    if (grouped_mobile || fixed) return take(at, d.end, RemovedKind::phone);
    if (first != at) return at;
    return std::max(run, at + 1) > at + 1 ? run : at;  // a long run need not be looked at digit by digit
  }

  std::uint32_t skip_marks(std::uint32_t at) const {
    while (at < m_chars.size() &&
           (m_chars[at] == U':' || m_chars[at] == U' ' || m_chars[at] == U'.' || m_chars[at] == U'是'))
      ++at;
    return at;
  }

  /// 电话 with a number behind it. Without one the word is a place's (电话局) or the courier's.
  std::uint32_t look_phone_word(std::uint32_t at, std::uint32_t end) {
    const std::uint32_t first = skip_marks(end);
    const Digits d = digits_from(first);
    if (d.count >= 6 && d.longest >= 3) return take(at, d.end, RemovedKind::phone);
    if (first >= m_chars.size() || is_separator(m_chars[first])) return take(at, end, RemovedKind::phone);
    return at;
  }

  /// 收货人 and the two to four characters behind it.
  std::uint32_t look_name_word(std::uint32_t at, std::uint32_t end) {
    std::uint32_t to = skip_marks(end);
    for (std::uint32_t n = 0; n < 4 && to < m_chars.size() && is_ideograph(m_chars[to]); ++n) {
      if (noise_words().at(m_chars, to).kind != 0) break;
      ++to;
    }
    return take(at, to, RemovedKind::person);
  }

  /// 张先生, 张三丰女士: the family name and at most two characters before the honorific.
  std::uint32_t look_honorific(std::uint32_t at, std::uint32_t end) {
    for (std::uint32_t back = 1; back <= 3 && back <= at; ++back) {
      const std::uint32_t from = at - back;
      if (!is_ideograph(m_chars[from])) break;
      if (family_names.find(m_chars[from]) != std::u32string_view::npos) {
        std::uint32_t to = end;
        if (to < m_chars.size() && m_chars[to] == U'收') ++to;
        return take(from, to, RemovedKind::person);
      }
    }
    return at;
  }

  /// (茶山镇附近): a remark that only says what is near.
  std::uint32_t look_bracket(std::uint32_t at) {
    std::uint32_t close = at + 1;
    while (close < m_chars.size() && close - at < 40 && m_chars[close] != U')' && m_chars[close] != U'(') ++close;
    if (close >= m_chars.size() || m_chars[close] != U')' || close - at < 3) return at;
    const std::u32string_view inner = std::u32string_view(m_chars).substr(at + 1, close - at - 1);
    for (const std::u32string_view tail : {U"附近", U"旁", U"旁边", U"对面", U"隔壁", U"后面", U"斜对面"}) {
      if (inner.ends_with(tail)) return take(at, close + 1, RemovedKind::note);
    }
    return at;
  }

  void cut() {
    std::size_t out = 0;
    std::size_t next = 0;
    for (std::size_t i = 0; i < m_chars.size();) {
      if (next < m_count && i == m_ranges[next].from) {
        const Range& r = m_ranges[next++];
        m_text.removed.push_back({r.kind, m_text.origin[r.from], m_text.origin[r.to - 1] + 1});
        i = r.to;
        continue;
      }
      m_chars[out] = m_chars[i];
      m_text.origin[out] = m_text.origin[i];
      ++out;
      ++i;
    }
    m_text.origin[out] = m_text.origin[m_chars.size()];
    m_chars.resize(out);
    m_text.origin.resize(out + 1);
  }

  NormalText& m_text;
  std::u32string& m_chars;
  std::array<Range, 32> m_ranges;
  std::size_t m_count = 0;
};

}  // namespace

const WordList& noise_words() {
  static const WordList list("address_noise.tsv", {"courier", "sentence", "name", "phone", "filler", "honorific"});
  return list;
}

void remove_noise(NormalText& text) {
  NoiseFinder(text).run();
}

}  // namespace menpai::address
