// SPDX-License-Identifier: Apache-2.0
// Normalise, resolve the divisions, cut the rest.
#include "address/read/reader.hpp"

#include <algorithm>

#include "address/division/quick_divisions.hpp"
#include "address/read/cutter.hpp"
#include "address/read/quick_cuts.hpp"

namespace menpai::address {

struct Reader::Scratch {
  explicit Scratch(const DivisionIndex& index) : resolver(index) {}
  QuickDivisions resolver;
  QuickCuts cuts;
  std::vector<DivisionResolver::Task> tasks;
  std::vector<TypedElement> cut;
  std::vector<TypedElement> first;  // the elements of the first address
  NormalText head;

  /// Where a second address names divisions, the first is read again without it, so that they have no say in it.
  void read_first(const DivisionIndex& index, DivisionNode region, Reading& out) {
    const auto second =
        std::find_if(out.elements.begin(), out.elements.end(), [](const TypedElement& e) { return e.further; });
    if (second == out.elements.end()) return;
    const std::uint32_t from = second->from;
    const bool names = std::any_of(out.division.mentions.begin(), out.division.mentions.end(),
                                   [&](const Mention& mention) { return mention.from >= from; });
    if (!names) return;
    head = out.normal;
    head.chars.resize(from);
    head.origin.resize(from + 1);
    head.length = second->start;
    std::erase_if(head.removed, [&](const Removed& removed) { return removed.start >= second->start; });
    head.origin.back() = head.length;
    resolver.resolve(head, region, out.division);
    cut_elements(head, out.division, index, cut, first, &cuts);
    first.insert(first.end(), second, out.elements.end());
    std::swap(first, out.elements);
  }
};

Reader::Reader(const DivisionIndex& index) : m_index(&index), m_scratch(std::make_unique<Scratch>(index)) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;

void Reader::read_divisions(std::string_view text, DivisionNode region, Reading& out) {
  normalise(text, out.normal);
  m_scratch->resolver.resolve(out.normal, region, out.division);
  out.elements.clear();
  out.further = Level::none;
}

void Reader::read_divisions(std::span<const std::string_view> texts, DivisionNode region, std::span<Reading> out) {
  std::vector<DivisionResolver::Task>& tasks = m_scratch->tasks;
  tasks.clear();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    normalise(texts[i], out[i].normal);
    tasks.push_back({&out[i].normal, &out[i].division});
    out[i].elements.clear();
    out[i].further = Level::none;
  }
  m_scratch->resolver.resolve_all(tasks, region);
}

void Reader::read(std::string_view text, DivisionNode region, Reading& out) {
  read_divisions(text, region, out);
  out.further = cut_elements(out.normal, out.division, *m_index, m_scratch->cut, out.elements, &m_scratch->cuts);
  if (out.further != Level::none) m_scratch->read_first(*m_index, region, out);
}

namespace {

/// Where the part of 984-6号 begins: the position of its dash in the original; 0 where the number is labelled whole.
/// The guideline labels 984 as the number of the road and 6号 as the house; to the matcher they are one number.
std::uint32_t dash_of_part(const Reading& reading, const TypedElement& e) {
  if (e.kind != NumberKind::door || e.number.sub == 0 || e.several > 1) return 0;
  const std::u32string_view text = e.text(reading.normal);
  const std::size_t dash = text.find(U'-');
  if (dash == std::u32string_view::npos || dash == 0 || text.find(U'-', dash + 1) != text.npos) return 0;
  const bool part = e.number.sub >= 3;  // 984-1号 is rather 984号附1号
  return part ? reading.normal.origin[e.from + dash] : 0;
}

/// Where the word behind the number of a shop begins: 159号|商铺, 66260|店面. The guideline labels the number only.
std::uint32_t shop_word_of(const Reading& reading, const TypedElement& e) {
  if (e.level != Level::room || e.kind == NumberKind::none) return 0;
  const std::u32string_view text = e.text(reading.normal);
  for (const std::u32string_view word :
       {U"商铺", U"店面", U"店铺", U"摊位", U"档口", U"商位", U"铺位", U"铺面", U"档", U"店"}) {
    if (text.size() > word.size() && text.ends_with(word)) {
      return reading.normal.origin[e.to - static_cast<std::uint32_t>(word.size())];
    }
  }
  return 0;
}

/// 11排7幢, 155幢186栋: two words for one building, or two buildings in one breath, are one element.
bool joins_building(const Reading& reading, const TypedElement& e, const std::vector<Element>& elements) {
  if (e.label != Label::houseno || elements.empty() || elements.back().label != Label::houseno) return false;
  const auto counted = [](char32_t c) { return c == U'幢' || c == U'栋' || c == U'排'; };
  return e.from > 0 && e.to > e.from && counted(reading.normal.chars[e.from - 1]) &&
         counted(reading.normal.chars[e.to - 1]);
}

}  // namespace

void elements_of(const Reading& reading, std::vector<Element>& elements) {
  elements.clear();
  for (const TypedElement& e : reading.elements) {
    const std::uint32_t dash = dash_of_part(reading, e);
    if (dash > e.start) {
      elements.push_back({e.label, e.start, dash});
      elements.push_back({Label::redundant, dash, dash + 1});
      elements.push_back({e.number.sub < 1000 ? Label::houseno : Label::roomno, dash + 1, e.end});
    } else if (const std::uint32_t word = shop_word_of(reading, e); word > e.start) {
      elements.push_back({e.label, e.start, word});
      elements.push_back({Label::redundant, word, e.end});
    } else if (e.kind == NumberKind::building && e.text(reading.normal).ends_with(U"厂房")) {
      elements.push_back({Label::subpoi, e.start, e.end});  // 7号厂房: a hall of the works before it
    } else if (joins_building(reading, e, elements)) {
      elements.back().end = e.end;
    } else {
      elements.push_back({e.label, e.start, e.end});
    }
  }
}

}  // namespace menpai::address
