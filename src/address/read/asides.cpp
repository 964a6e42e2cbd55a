// SPDX-License-Identifier: Apache-2.0
// Looks at the elements of a whole text, once they are cut.
#include "address/read/asides.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "address/division/division_index.hpp"
#include "address/text/lexicon.hpp"

namespace menpai::address {
namespace {

std::u32string_view text_of(std::u32string_view chars, const TypedElement& e) {
  return chars.substr(e.from, e.to - e.from);
}

bool is_mark(std::u32string_view chars, const TypedElement& e, char32_t mark) {
  return e.to == e.from + 1 && chars[e.from] == mark;
}

bool is_road(const TypedElement& e) {
  return e.label == Label::road || e.label == Label::subroad;
}

bool is_landmark(const TypedElement& e) {
  return (e.label == Label::poi || e.label == Label::subpoi) && e.level == Level::place;
}

/// 交叉口, 交汇处, 交界处, 交口.
bool says_crossing(std::u32string_view text) {
  return text.find(U'交') != std::u32string_view::npos;
}

/// 对面, 旁边, 后面: the landmark before it is not the address.
bool says_beside(std::u32string_view text) {
  for (const std::u32string_view word :
       {U"对面", U"斜对面", U"对过", U"旁", U"旁边", U"隔壁", U"附近", U"后面", U"前面", U"边上", U"后", U"侧"}) {
    if (text == word) return true;
  }
  return false;
}

void set_apart(TypedElement& e) {
  e.aside = true;
}

/// The second road of 萍水街与益乐路交叉口, and of 萍水街与益乐路.
void cross_roads(std::u32string_view chars, std::vector<TypedElement>& elements) {
  for (std::size_t i = 2; i < elements.size(); ++i) {
    TypedElement& e = elements[i];
    if (!is_road(e) || e.level != Level::place || e.kind != NumberKind::none) continue;
    const bool joined = elements[i - 1].label == Label::assist && text_of(chars, elements[i - 1]).size() == 1;
    const bool after_road = is_road(elements[i - (joined ? 2 : 1)]);
    const bool crossing = i + 1 < elements.size() && elements[i + 1].label == Label::assist &&
                          says_crossing(text_of(chars, elements[i + 1]));
    if (after_road && (joined || crossing)) set_apart(e);
  }
}

void landmarks(std::u32string_view chars, std::vector<TypedElement>& elements) {
  bool complete = false;
  for (std::size_t i = 0; i + 1 < elements.size(); ++i) {
    TypedElement& e = elements[i];
    complete = complete || (e.level >= Level::number && e.kind != NumberKind::none);
    const TypedElement& next = elements[i + 1];
    if (complete && is_landmark(e) && next.label == Label::assist && says_beside(text_of(chars, next))) set_apart(e);
  }
}

/// (原5号), (旧门牌3号), (曾用名…).
bool says_former(std::u32string_view text) {
  for (const std::u32string_view word : {U"原", U"旧", U"曾用", U"老门牌", U"老地址", U"即", U"又名", U"亦称"}) {
    if (text.starts_with(word)) return true;
  }
  return false;
}

/// (玻璃厂边), (工地内): what stands near it.
bool ends_beside(std::u32string_view text) {
  return !text.empty() && std::u32string_view(U"旁边侧内外后前角").find(text.back()) != std::u32string_view::npos;
}

/// (近市场), (紧邻车站): what stands near it.
bool begins_near(std::u32string_view text) {
  for (const std::u32string_view word : {U"近", U"靠近", U"毗邻", U"紧邻", U"紧靠", U"临近"}) {
    if (text.starts_with(word)) return true;
  }
  return false;
}

/// Brackets whose contents begin again further out than the text before them has come, or tell what was.
void brackets(std::u32string_view chars, std::vector<TypedElement>& elements) {
  Level deepest = Level::none;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (elements[i].level >= Level::number) deepest = std::max(deepest, elements[i].level);
    if (!is_mark(chars, elements[i], U'(')) continue;
    std::size_t close = i + 1;
    while (close < elements.size() && !is_mark(chars, elements[close], U')')) ++close;
    const std::size_t inner = elements[i].to;
    const bool former = inner < chars.size() && says_former(chars.substr(inner));
    const auto begins_road = [&](std::size_t k) {
      const TypedElement& e = elements[k];
      return e.label == Label::road && e.level == Level::place && deepest >= Level::building;
    };
    const bool again = i + 1 < close && begins_road(i + 1);
    // A name may begin so (近江花园3栋); what has a number is no remark.
    bool numbered = false;
    for (std::size_t k = i + 1; k < close; ++k) numbered = numbered || elements[k].kind != NumberKind::none;
    const bool begins = inner < chars.size() && begins_near(chars.substr(inner));
    const bool near = close > i + 1 && (ends_beside(text_of(chars, elements[close - 1])) || (begins && !numbered));
    if (former || again || near) {
      for (std::size_t k = i + 1; k < close; ++k) {
        if (elements[k].division == no_division) set_apart(elements[k]);
      }
    }
    if (close < elements.size()) i = close - 1;
  }
}

/// Finds where a second address begins.
class SecondAddress {
 public:
  SecondAddress(std::u32string_view chars, const std::vector<TypedElement>& elements)
      : m_chars(chars), m_elements(elements) {}

  /// The index of its first element, or the number of elements.
  std::size_t find() {
    for (std::size_t i = 0; i < m_elements.size(); ++i) {
      const TypedElement& e = m_elements[i];
      if (e.label == Label::redundant || e.label == Label::assist) {
        note_separator(e);
        continue;
      }
      if (e.level == Level::none || e.aside) continue;
      if (i > 0 && begins_again(i)) return i;
      m_seen |= 1u << static_cast<unsigned>(e.level);
      m_road = m_road || (is_road(e) && e.level == Level::place);
      m_separator = Separator::none;
    }
    return m_elements.size();
  }

 private:
  enum class Separator : std::uint8_t { none, weak, strong };

  void note_separator(const TypedElement& e) {
    const std::u32string_view text = text_of(m_chars, e);
    const bool strong = text == U":" || text == U";" || text == U"、" || text == U"及" || text == U"以及" ||
                        text == U"和" || text == U"与";
    const bool weak = text == U"," || text == U"/" || text == U" " || text == U".";
    if (strong) m_separator = Separator::strong;
    if (weak && m_separator == Separator::none) m_separator = Separator::weak;
  }

  bool seen(Level level) const { return (m_seen >> static_cast<unsigned>(level) & 1) != 0; }
  bool seen_from(Level level) const { return (m_seen >> static_cast<unsigned>(level)) != 0; }

  /// Whether a number stands behind element i before another name does.
  bool numbered(std::size_t i) const {
    for (std::size_t k = i + 1; k < m_elements.size(); ++k) {
      if (m_elements[k].level == Level::none || m_elements[k].aside) continue;
      return m_elements[k].kind != NumberKind::none && m_elements[k].level >= Level::number;
    }
    return false;
  }

  bool begins_again(std::size_t i) const {
    const TypedElement& e = m_elements[i];
    if (m_separator == Separator::none || !seen_from(Level::number)) return false;
    const bool strong = m_separator == Separator::strong;
    if (e.kind != NumberKind::none) {
      const bool back =
          e.level >= Level::number && seen(e.level) && seen_from(static_cast<Level>(static_cast<int>(e.level) + 1));
      return strong && back && e.kind != NumberKind::sub_door;
    }
    if (e.level == Level::place && is_road(e)) return (strong || m_road) && numbered(i);
    const bool semicolon = m_chars[e.from - 1] == U';' || m_chars[e.from - 1] == U':';
    if (e.level == Level::place) return strong && (semicolon || (numbered(i) && seen_from(Level::building)));
    return strong && e.level < Level::place;
  }

  std::u32string_view m_chars;
  const std::vector<TypedElement>& m_elements;
  Separator m_separator = Separator::none;
  std::uint32_t m_seen = 0;  // levels
  bool m_road = false;
};

}  // namespace

void set_asides_apart(std::u32string_view chars, std::vector<TypedElement>& elements) {
  const auto tells = [&](const TypedElement& e) {
    return e.label == Label::assist || (e.label == Label::redundant && is_mark(chars, e, U'('));
  };
  if (std::none_of(elements.begin(), elements.end(), tells)) return;
  cross_roads(chars, elements);
  landmarks(chars, elements);
  brackets(chars, elements);
}

Level set_further_addresses_apart(std::u32string_view chars, std::vector<TypedElement>& elements) {
  const auto separates = [](const TypedElement& e) {
    return (e.label == Label::redundant || e.label == Label::assist) && e.to - e.from <= 2;
  };
  if (std::none_of(elements.begin(), elements.end(), separates)) return Level::none;
  const std::size_t first = SecondAddress(chars, elements).find();
  if (first >= elements.size()) return Level::none;
  const Level level = elements[first].level;
  for (std::size_t i = first; i < elements.size(); ++i) {
    elements[i].level = Level::none;
    elements[i].further = true;
  }
  return level;
}

}  // namespace menpai::address
