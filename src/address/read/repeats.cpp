// SPDX-License-Identifier: Apache-2.0
// Compares what follows two equal names.
#include "address/read/repeats.hpp"

#include <array>
#include <cstdint>

#include "address/division/division_index.hpp"

namespace menpai::address {
namespace {

class RepeatFinder {
 public:
  RepeatFinder(std::u32string_view chars, std::vector<TypedElement>& elements) : m_chars(chars), m_elements(elements) {}

  void run() {
    mark_divisions();
    if (!collect()) return;
    for (std::uint32_t i = 0; i + 1 < m_count; ++i) {
      if (!is_name(at(i))) continue;
      for (std::uint32_t j = i + 1; j < m_count; ++j) {
        if (m_chars[at(j).from] != m_chars[at(i).from] || !is_name(at(j)) || text(at(j)) != text(at(i))) continue;
        compare(i, j);
        break;
      }
    }
  }

 private:
  static constexpr std::uint32_t solid_max = 48;

  TypedElement& at(std::uint32_t i) { return m_elements[m_solid[i]]; }
  std::u32string_view text(const TypedElement& e) const { return m_chars.substr(e.from, e.to - e.from); }

  static bool is_name(const TypedElement& e) {
    return e.kind == NumberKind::none && e.to - e.from >= 2 &&
           (e.level == Level::place || e.level == Level::village || e.level == Level::town);
  }

  /// 中山市港口镇 once more behind a number, where divisions are no longer looked for.
  void mark_divisions() {
    if (m_elements.size() > solid_max) return;
    for (std::size_t i = 1; i < m_elements.size(); ++i) {
      TypedElement& e = m_elements[i];
      if (!is_name(e) || e.division != no_division || e.to - e.from < 3) continue;
      for (std::size_t j = 0; j < i; ++j) {
        const TypedElement& d = m_elements[j];
        if (d.division == no_division || m_chars[d.from] != m_chars[e.from]) continue;
        if (m_chars.substr(d.from, e.to - e.from) != text(e)) continue;
        if (d.from + (e.to - e.from) > e.from) continue;
        mark(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1));
        break;
      }
    }
  }

  /// The towns, names and numbers, in order. False if there is nothing to compare.
  bool collect() {
    std::uint32_t names = 0;
    for (std::uint32_t i = 0; i < m_elements.size(); ++i) {
      const TypedElement& e = m_elements[i];
      if (e.level < Level::town) continue;
      if (m_count == solid_max) return false;
      m_solid[m_count++] = i;
      names += is_name(e) ? 1 : 0;
    }
    return names >= 2;
  }

  bool same(const TypedElement& a, const TypedElement& b) const {
    if (a.kind != b.kind) return false;
    if (a.kind == NumberKind::none) return text(a) == text(b);
    return a.number == b.number && a.last == b.last && a.several == b.several;
  }

  void compare(std::uint32_t i, std::uint32_t j) {
    std::uint32_t common = 0;
    while (i + common < j && j + common < m_count && same(at(i + common), at(j + common))) ++common;
    if (i + common == j) {
      const TypedElement first = at(i);
      mark(m_solid[i], m_solid[j]);
      replace(j, first);
    } else if (j + common == m_count) {
      mark(m_solid[j], static_cast<std::uint32_t>(m_elements.size()));
    } else if (common > 0 && numbers_from(i + 1, j) && numbers_from(j + 1, m_count)) {
      contradict(i, j);
    }
  }

  bool numbers_from(std::uint32_t first, std::uint32_t end) {
    for (std::uint32_t i = first; i < end; ++i) {
      if (at(i).kind == NumberKind::none) return false;
    }
    return first < end;
  }

  /// 港口花园3栋港口花园4栋501: what goes deeper stays, the other is left over and shown.
  void contradict(std::uint32_t i, std::uint32_t j) {
    const bool second = m_count - j > j - i;
    const TypedElement first = at(i);
    const std::uint32_t from = second ? m_solid[i] : m_solid[j];
    const std::uint32_t to = second ? m_solid[j] : static_cast<std::uint32_t>(m_elements.size());
    mark(from, to);
    for (std::uint32_t k = from; k < to; ++k) m_elements[k].repeated = false;
    if (second) replace(j, first);
  }

  void mark(std::uint32_t first, std::uint32_t end) {
    for (std::uint32_t i = first; i < end; ++i) {
      TypedElement& e = m_elements[i];
      if (e.level < Level::town) continue;
      e.label = Label::redundant;
      e.level = Level::none;
      e.kind = NumberKind::none;
      e.repeated = true;
    }
  }

  /// The name that stays takes the place of the one that was said before it.
  void replace(std::uint32_t j, const TypedElement& first) {
    at(j).label = first.label;
    at(j).level = first.level;
    at(j).division = first.division;
    if (first.label == Label::road && j + 1 < m_count && at(j + 1).label == Label::subroadno) {
      at(j + 1).label = Label::roadno;
    }
  }

  std::u32string_view m_chars;
  std::vector<TypedElement>& m_elements;
  std::array<std::uint32_t, solid_max> m_solid{};
  std::uint32_t m_count = 0;
};

}  // namespace

void mark_repeats(std::u32string_view chars, std::vector<TypedElement>& elements) {
  RepeatFinder(chars, elements).run();
}

}  // namespace menpai::address
