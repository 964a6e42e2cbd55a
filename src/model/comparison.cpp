// SPDX-License-Identifier: Apache-2.0
// Names of agreements and relations.
#include "model/comparison.hpp"

#include <array>

namespace menpai {

std::string_view agreement_name(Agreement agreement) {
  static constexpr std::array<std::string_view, 6> names = {"equal",  "within", "alike",
                                                            "only_a", "only_b", "conflicting"};
  return names[static_cast<std::size_t>(agreement)];
}

std::string_view relation_name(Relation relation) {
  static constexpr std::array<std::string_view, 5> names = {"same", "one_contains_other", "neighbour", "similar",
                                                            "different"};
  return names[static_cast<std::size_t>(relation)];
}

std::string agreements_text(const std::vector<ElementAgreement>& elements) {
  std::string out;
  for (const ElementAgreement& element : elements) {
    if (!out.empty()) out += ';';
    out.append(level_name(element.level)).append(":").append(agreement_name(element.agreement));
  }
  return out;
}

}  // namespace menpai
