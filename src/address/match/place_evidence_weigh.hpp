// SPDX-License-Identifier: Apache-2.0
// Settles the county that a text leaves open by the places it names.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "address/division/division_index.hpp"
#include "address/library/place_evidence.hpp"
#include "address/read/reader.hpp"

namespace menpai::address {

/// The county that explains a text's names best. Every name multiplies a county's prior (its share of the library's
/// rows within what the text tells: city, province, one of several namesakes) by how much more often the name is seen
/// there than that share lets expect; house numbers near the text's count more. Names that were never seen fall back
/// to their kin (建设东路 → 建设路), then to their first characters and to the towns of that name.
/// Owns scratch memory: one a thread.
class EvidenceWeigher {
 public:
  /// Both must outlive it.
  EvidenceWeigher(const DivisionIndex& index, const PlaceEvidence& evidence);

  /// Where the text leaves the county open and its names tell something: fills in the likeliest county as `inferred`.
  /// A safe one (from `safe_probability` on, inside a city that the text tells) is settled; else the likeliest ones
  /// stay in `open`, and where not even one stands out the county stays empty. Does nothing otherwise.
  void settle(Reading& reading);

  static constexpr float safe_probability = 0.95f;   ///< from it on, no person needs to look
  static constexpr float shown_probability = 0.35f;  ///< below it, no county is shown, only candidates

 private:
  struct Scope {
    DivisionNode first;
    DivisionNode end;
    float share;
  };
  void find_scopes(const DivisionPath& path, const Reading& reading);
  DivisionNode landmark_city(const Reading& reading) const;
  void set_priors();
  bool weigh(const Reading& reading);
  bool weigh_key(std::uint32_t key, float weight, float doubt);
  bool weigh_name(const PlaceName& name);
  bool weigh_numbers(const PlaceName& name);
  void weigh_village(const Reading& reading, const PlaceName& name);
  void rank();
  void fill_in(DivisionPath& path) const;
  DivisionNode told_node(const DivisionPath& path, DivisionNode area) const;
  std::size_t place_of(DivisionNode area) const;
  void add(std::size_t place, float gain);

  const DivisionIndex* m_index;
  const PlaceEvidence* m_evidence;
  std::vector<Scope> m_scopes;
  std::vector<float> m_prior;  ///< by the order of m_evidence->areas()
  std::vector<float> m_gain;   ///< logarithm of what the names add, likewise
  std::vector<std::uint32_t> m_touched;
  std::vector<PlaceName> m_names;
  std::vector<char16_t> m_symbols;
  std::vector<DivisionChoice> m_ranked;
  bool m_told = false;  ///< the text tells the city
};

}  // namespace menpai::address
