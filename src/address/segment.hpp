// SPDX-License-Identifier: Apache-2.0
// Text → elements: what each stretch of an address text is, before any library says whether it exists.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace menpai::address {

/// What a stretch of text is. The names are those of the public labelling guideline for Chinese addresses (Neural
/// Chinese Address Parsing, NAACL 2019), so that results can be compared with other programs.
enum class Label : std::uint8_t {
  country, prov, city, district, devzone, town, community, road, subroad, roadno, subroadno, poi, subpoi, houseno,
  cellno, floorno, roomno, person, assist, redundant, otherinfo,
};
inline constexpr int label_count = 21;
/// "prov", "devZone", "subRoad" …
std::string_view label_name(Label label);

/// A labelled stretch. `start` and `end` count code points of the text as it came in; elements tile it without a gap.
struct Element {
  Label label = Label::otherinfo;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  bool operator==(const Element&) const = default;
};

}  // namespace menpai::address
