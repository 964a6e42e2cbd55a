// SPDX-License-Identifier: Apache-2.0
// Where a library's rows have their roads, estates, landmarks and villages: name → counties with counts and house
// numbers, so that a text that names no county may still tell it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "address/division/division_index.hpp"
#include "address/library/library_file.hpp"
#include "address/read/reader.hpp"

namespace menpai::address {

/// A name of a text, as the keys under which it is kept. 0: it has no such key.
struct PlaceName {
  std::uint32_t exact = 0;   ///< the name: 建设东路
  std::uint32_t plain = 0;   ///< without direction or number before its last word, if it has one: 建设路
  std::uint32_t branch = 0;  ///< the same, for names that have one: 建设东路 and 建设二路 meet here
  std::uint32_t stem = 0;    ///< its first two characters: 建设
  std::uint32_t town = 0;    ///< the same among the towns of the nation
  std::uint32_t from = 0;    ///< in NormalText::chars
  std::uint16_t number = 0;  ///< the house number that follows it
  bool community = false;    ///< a village or a community
  bool landmark = false;     ///< no road
};

/// The names in a reading that are no known divisions.
void place_names(const Reading& reading, std::vector<PlaceName>& names);

/// The county in which a division lies; a city that has no counties (东莞) stands for itself. no_division above that.
DivisionNode area_of(const DivisionIndex& index, DivisionNode node);

/// The stored form. Sections place.keys (sorted), place.starts (one more), place.postings (one more), place.numbers,
/// place.areas.
struct PlacePosting {
  DivisionNode area;
  std::uint32_t count;    ///< rows
  std::uint32_t numbers;  ///< where its house numbers begin; they end with those of the next posting
};
struct PlaceArea {
  DivisionNode area;
  std::uint32_t rows;
};

/// Collects the sightings of names while a library is built. 12 bytes each.
class PlaceEvidenceBuilder {
 public:
  /// A row whose division is certain. Nothing is kept of one without.
  void add(DivisionNode division, const Reading& reading);
  /// A name of the tree; `name` is folded.
  void add_name(DivisionNode division, std::u32string_view name);
  /// Takes over what another collected. The order does not matter.
  void merge(const PlaceEvidenceBuilder& other);
  /// Writes nothing if all lies in one county: there is nothing to tell apart then.
  void write(const DivisionIndex& index, LibraryFileWriter& file) const;

 private:
  struct Sighting {
    std::uint32_t key;
    DivisionNode division;
    std::uint32_t number;
    bool operator<(const Sighting& other) const {
      if (key != other.key) return key < other.key;
      return division != other.division ? division < other.division : number < other.number;
    }
  };
  void keep(DivisionNode division, const PlaceName& name);

  std::vector<Sighting> m_sightings;
  std::vector<DivisionNode> m_rows;  ///< one entry a row
  std::vector<PlaceName> m_names;
};

/// Reads the sections where they lie; every reference is checked in use.
class PlaceEvidence {
 public:
  PlaceEvidence() = default;
  explicit PlaceEvidence(const LibraryFile& file);

  bool empty() const { return m_areas.empty(); }
  /// All counties of the nation, in the order of their nodes.
  std::span<const PlaceArea> areas() const { return m_areas; }
  /// The counties within [first, end) in which the name of a key was seen. Logarithmic.
  std::span<const PlacePosting> find(std::uint32_t key, DivisionNode first, DivisionNode end) const;
  /// The house numbers of a posting of this evidence, ascending, at most `numbers_max`.
  std::span<const std::uint16_t> numbers(const PlacePosting& posting) const;
  static constexpr std::size_t numbers_max = 64;

 private:
  std::span<const std::uint32_t> m_keys;
  std::span<const std::uint32_t> m_starts;
  std::span<const PlacePosting> m_postings;
  std::span<const std::uint16_t> m_numbers;
  std::span<const PlaceArea> m_areas;
};

}  // namespace menpai::address
