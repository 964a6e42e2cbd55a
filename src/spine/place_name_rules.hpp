// SPDX-License-Identifier: Apache-2.0
// The words that the check of place names goes by: rules/place_name_words.tsv and rules/place_name_generics.tsv.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "model/place.hpp"
#include "model/place_name_report.hpp"

namespace menpai::spine {

/// A word that speaks against a name.
struct NameWord {
  enum class Where { any, specific, start };
  std::u32string word;
  NameFault fault;
  Where where;
};

/// A word that allows what it holds of a name: 白求恩.
struct ExemptWord {
  std::u32string word;
  NameWord::Where where;
};

/// A generic word and the least size of what bears it; 0 asks for nothing.
struct GenericWord {
  std::u32string word;
  std::array<bool, 5> fits{};  ///< by PlaceKind
  double length_m = 0, width_m = 0, area_m2 = 0;
  std::string better;  ///< the word for what is smaller; empty if there is none
};

struct PlaceNameRules {
  std::vector<NameWord> words;
  std::vector<ExemptWord> exempt;
  std::vector<GenericWord> generics;

  /// The shipped lists, read once.
  static const PlaceNameRules& shipped();
  /// Adds the rows of a list of words. Throws bad_request that names the row if one is not of the form.
  void add_words(std::string_view text);
  /// Puts other generic words in place of those there are. Throws bad_request like add_words.
  void replace_generics(std::string_view text);

  /// The longest generic word that ends the name and leaves something in front of it; of words that are equally long,
  /// one that fits the kind. Null if there is none.
  const GenericWord* find_generic(std::u32string_view name, PlaceKind kind) const;
};

}  // namespace menpai::spine
