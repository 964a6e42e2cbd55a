// SPDX-License-Identifier: Apache-2.0
// Compares two texts element by element: divisions, roads, places, numbers; adds the evidence to a score.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "address/division/division_index.hpp"
#include "address/library/flat_rows.hpp"
#include "model/comparison.hpp"

namespace menpai::address {

/// A text with what the comparison needs of it. Used again it keeps its memory.
class ComparedText {
 public:
  /// A name of the text in key form (see append_name_key).
  struct Name {
    std::uint16_t from = 0;
    std::uint16_t to = 0;
    std::uint16_t core = 0;  ///< length without the generic word at its end: 云岭 of 云岭花园
    bool road = false;
    Level level = Level::place;
  };
  /// Linear in the text.
  void set(const FlatText& text);

  const FlatText& text() const { return m_text; }
  const std::vector<Name>& names() const { return m_names; }
  std::u32string_view key(const Name& name) const {
    return std::u32string_view(m_name_keys).substr(name.from, name.to - name.from);
  }
  std::u32string_view core(const Name& name) const { return key(name).substr(0, name.core); }
  std::u32string_view whole() const { return m_whole; }  ///< the text's own key, divisions and all
  /// The key from the first name or number below the divisions on.
  std::u32string_view local() const { return std::u32string_view(m_whole).substr(m_local_from); }
  std::u32string_view gate() const { return m_gate; }  ///< 东南1 of (东南1门); empty without a gate

 private:
  void set_keys();

  FlatText m_text;
  std::string m_number;
  std::size_t m_local_from = 0;
  std::vector<Name> m_names;
  std::u32string m_name_keys;
  std::u32string m_whole;
  std::u32string m_gate;
};

/// How the numbers of one level stand to each other; none where neither text has one. 214号 and 214号楼 speak of one
/// house where each text has only one of them.
std::optional<Agreement> number_agreement(const FlatText& a, const FlatText& b, Level level);

/// How alike two names are: 1 for the same, 0 for nothing in common or for another number, letter or direction. A name
/// that is a part of the other, and names that differ in their generic word only, lie between.
double likeness_of_names(const ComparedText& a, const ComparedText::Name& name_a, const ComparedText& b,
                         const ComparedText::Name& name_b);

/// What two texts have in common, before it is weighed.
struct Evidence {
  double cover_whole = 0;  ///< share of a text that stands in the other, by characters and pairs: the larger one
  double cover_less = 0;   ///< the same below the divisions: the smaller one
  double cover_more = 0;   ///< and the larger one
  double last_less = 0;    ///< how far the last name of a text (what it is about) stands in the other: the smaller one
  double last_more = 0;
  double place = 0;            ///< the best likeness of an estate, village or shop of one to any name of the other
  double road = 0;             ///< how far the roads of one text are among the names of the other
  bool other_road = false;     ///< both name roads, and none is alike
  double strange = 0;          ///< characters of names that the other text lacks
  double length = 0;           ///< of the shorter key
  bool firm_division = false;  ///< both write out a province or city, and another one
  bool other_division = false;
  bool sibling = false;     ///< names that differ by their number, letter or direction only
  bool gate = false;        ///< one speaks of a gate
  bool other_gate = false;  ///< both do, of another one
};

class Comparer {
 public:
  explicit Comparer(const DivisionIndex& divisions) : m_divisions(&divisions) {}

  /// Symmetric but for only_a and only_b. Quadratic in lengths of at most 128; a few microseconds.
  void compare(const ComparedText& a, const ComparedText& b, Comparison& out) const;

 private:
  void compare_divisions(const ComparedText& a, const ComparedText& b, Evidence& evidence, Comparison& out) const;

  const DivisionIndex* m_divisions;
};

}  // namespace menpai::address
