// SPDX-License-Identifier: Apache-2.0
// What the cutting of one text knows at a point: what was cut so far, and what that says about what comes.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "address/text/lexicon.hpp"
#include "address/text/number_key.hpp"
#include "address/text/segment.hpp"

namespace menpai::address {

/// Where in an address the text has come to.
enum class CutPlace : std::uint8_t { none, village, road, estate };

/// The state that the cutters of names and of numbers share. `chars` and `out` outlive it.
struct CutState {
  std::u32string_view chars;
  std::vector<TypedElement>& out;
  Label last = Label::otherinfo;        ///< the last element that is neither separator nor hint
  WordKind last_word = WordKind::none;  ///< what ended the last name
  bool last_tower = false;              ///< the last name is a tower's, which has basements
  bool last_market = false;             ///< the last name is a market's, whose numbers are stalls
  char32_t last_char = 0;               ///< its last character
  bool last_hamlet = false;  ///< it is a bare name right behind a village's: a hamlet, whose numbers are doors
  CutPlace place = CutPlace::none;
  bool in_village = false;  ///< a village was named
  bool seen_door = false;   ///< a door number was cut

  TypedElement& emit(Label label, Level level, std::uint32_t from, std::uint32_t to) {
    TypedElement& e = out.emplace_back();
    e.label = label;
    e.level = level;
    e.from = from;
    e.to = to;
    if (label != Label::redundant && label != Label::assist) last = label;
    in_village = in_village || label == Label::community;
    return e;
  }

  TypedElement& emit_counted(Label label, NumberKind kind, std::uint32_t from, std::uint32_t to, const Number& number) {
    TypedElement& e = emit(label, number_level(kind), from, to);
    e.kind = kind;
    e.number = e.last = number;
    return e;
  }

  /// The kind of the last element that is no separator.
  NumberKind last_kind() const {
    for (std::size_t i = out.size(); i-- > 0;) {
      if (out[i].label != Label::redundant) return out[i].kind;
    }
    return NumberKind::none;
  }

  bool behind_number() const {
    return last == Label::roadno || last == Label::subroadno || last == Label::houseno || last == Label::cellno ||
           last == Label::floorno || last == Label::roomno;
  }
  bool on_road() const { return last == Label::road || last == Label::subroad; }
  bool in_place() const { return last == Label::poi || last == Label::subpoi; }
  /// How another named place is labelled here.
  Label poi_label() const { return in_place() ? Label::subpoi : Label::poi; }

  bool ends_with(std::uint32_t from, std::uint32_t to, std::u32string_view tail) const {
    return chars.substr(from, to - from).ends_with(tail);
  }
};

}  // namespace menpai::address
