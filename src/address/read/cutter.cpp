// SPDX-License-Identifier: Apache-2.0
// One pass from left to right: names end at generic words, numbers take their meaning from what stands before them.
#include "address/read/cutter.hpp"

#include "address/division/shown_mentions.hpp"
#include "address/read/asides.hpp"
#include "address/read/cut_state.hpp"
#include "address/read/name_cutter.hpp"
#include "address/read/number_cutter.hpp"
#include "address/read/repeats.hpp"
#include "address/read/tiling.hpp"

namespace menpai::address {
namespace {

Label label_of(Level level) {
  switch (level) {
    case Level::province:
      return Label::prov;
    case Level::city:
      return Label::city;
    case Level::county:
      return Label::district;
    case Level::town:
      return Label::town;
    default:
      return Label::community;
  }
}

class Cutter {
 public:
  Cutter(const NormalText& normal, const DivisionPath& division, const DivisionIndex& index,
         std::vector<TypedElement>& out)
      : m_division(division), m_index(index), m_cut{normal.chars, out}, m_names(m_cut), m_numbers(m_cut, m_names) {}

  Level run(QuickCuts* quick) {
    m_cut.out.clear();
    std::uint32_t pos = 0;
    for (std::size_t i = 0; i < m_division.mentions.size(); ++i) {
      const Mention& mention = m_division.mentions[i];
      if (mention.from < pos) continue;
      stretch(pos, mention.from);
      emit_mention(mention, is_mention_shown(m_division.mentions, i));
      pos = mention.to;
    }
    last_stretch(pos, quick);
    mark_repeats(m_cut.chars, m_cut.out);
    set_asides_apart(m_cut.chars, m_cut.out);
    return set_further_addresses_apart(m_cut.chars, m_cut.out);
  }

 private:
  /// How a mention is labelled: by its level, a zone by its own word, a municipality as the city that it is.
  Label label_of_mention(const Mention& mention) const {
    const std::u32string_view text = m_cut.chars.substr(mention.from, mention.to - mention.from);
    for (const std::u32string_view tail : {U"开发区", U"高新区", U"度假区", U"保税区", U"园区", U"工业区"}) {
      if (text.ends_with(tail)) return Label::devzone;
    }
    const std::string_view code = m_index.code(mention.node);
    const bool municipality = code == "11" || code == "12" || code == "31" || code == "50";
    return municipality ? Label::city : label_of(mention.level);
  }

  void emit_mention(const Mention& mention, bool shown) {
    const bool used = mention.use != MentionUse::conflicting && shown;
    TypedElement& e = m_cut.emit(used ? label_of_mention(mention) : Label::redundant,
                                 used ? mention.level : Level::none, mention.from, mention.to);
    e.division = mention.node;
  }

  /// The text between two recognised divisions, or behind the last.
  void stretch(std::uint32_t from, std::uint32_t to) {
    std::uint32_t name = from;
    std::uint32_t at = from;
    while (at < to) {
      const char32_t c = m_cut.chars[at];
      const std::uint8_t starts = char_starts(c);
      if (starts == 0) {
        ++at;
        continue;
      }
      std::uint32_t end = at;
      if (c == U'-') end = m_numbers.take_dash(name, at, to);
      if (end == at && (starts & starts_separator) != 0) {
        m_names.finish_name(name, at);
        m_cut.emit(Label::redundant, Level::none, at, at + 1);
        end = at + 1;
      }
      if (end == at && (starts & starts_number) != 0) end = m_numbers.take_number(name, at, to);
      if (end == at && (starts & starts_word) != 0) end = m_names.take_word(name, at, to);
      if (end > at) {
        name = at = end;
      } else {
        at += at == name ? m_names.bare_word(at, to) : 1;
      }
    }
    m_names.finish_name(name, to);
  }

  void last_stretch(std::uint32_t from, QuickCuts* quick) {
    if (quick != nullptr && quick->replay(m_cut, from)) return;
    const std::size_t first = m_cut.out.size();
    stretch(from, static_cast<std::uint32_t>(m_cut.chars.size()));
    if (quick != nullptr) quick->learn(m_cut, from, first);
  }

  const DivisionPath& m_division;
  const DivisionIndex& m_index;
  CutState m_cut;
  NameCutter m_names;
  NumberCutter m_numbers;
};

}  // namespace

Level cut_elements(const NormalText& normal, const DivisionPath& division, const DivisionIndex& index,
                   std::vector<TypedElement>& scratch, std::vector<TypedElement>& elements, QuickCuts* quick) {
  const Level further = Cutter(normal, division, index, scratch).run(quick);
  tile_elements(normal, scratch, elements);
  return further;
}

}  // namespace menpai::address
