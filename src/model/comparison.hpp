// SPDX-License-Identifier: Apache-2.0
// How two address texts stand to each other: a score, a relation, and the standing of every element.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/level.hpp"

namespace menpai {

/// How one element of two texts, a and b, stands to the other.
enum class Agreement : std::uint8_t {
  equal,        ///< the same in both
  within,       ///< one lies in the range or list that the other is
  alike,        ///< names that differ a little: a part of the name, a typing error
  only_a,       ///< b does not say it
  only_b,       ///< a does not say it
  conflicting,  ///< both say it and differ
};
/// "equal", "within", "alike", "only_a", "only_b", "conflicting".
std::string_view agreement_name(Agreement agreement);

/// What two texts mean to each other as places.
enum class Relation : std::uint8_t {
  same,                ///< one and the same address
  one_contains_other,  ///< the same place, one says more of it: the estate and one of its buildings, a building's gate
  neighbour,           ///< the same road or estate, another number, building or room
  similar,             ///< alike, and not enough is said to tell
  different,           ///< other places
};
/// "same", "one_contains_other", "neighbour", "similar", "different".
std::string_view relation_name(Relation relation);

struct ElementAgreement {
  Level level = Level::none;
  Agreement agreement = Agreement::equal;
  bool operator==(const ElementAgreement&) const = default;
};

/// The comparison of two texts; the same whichever is a, but for only_a and only_b.
struct Comparison {
  double score = 0;  ///< 0 to 1, rising with the likelihood that both are one address; 0.5 and more: rather so
  Relation relation = Relation::different;
  std::vector<ElementAgreement> elements;  ///< outermost first; levels that neither text speaks of are left out

  void clear() {
    score = 0;
    relation = Relation::different;
    elements.clear();
  }
};

/// "town:equal;place:alike;number:only_a", the form of the column mp_reasons of `menpai pairs`.
std::string agreements_text(const std::vector<ElementAgreement>& elements);

}  // namespace menpai
