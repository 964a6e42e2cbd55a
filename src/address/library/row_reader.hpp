// SPDX-License-Identifier: Apache-2.0
// Reads the rows of a library's source, many threads at once: what the builder needs of each text, in the rows' order.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "address/engine.hpp"
#include "address/library/flat_rows.hpp"
#include "address/library/place_evidence.hpp"
#include "address/library/tree.hpp"
#include "address/read/address_path.hpp"
#include "address/read/reader.hpp"

namespace menpai::address {

/// A list of up to this many rows may be kept flat as a whole; a longer one is taken for a register.
inline constexpr std::uint32_t messy_rows_max = 300'000;

/// What the texts of some rows say. Names are numbered within the batch, by their first use.
struct RowBatch {
  struct Text {
    std::uint32_t row = 0;          ///< in the batch
    std::uint32_t prefix = no_row;  ///< index into prefixes; no_row: it does not fit the tree
    StepKey last = 0;               ///< the step below the prefix; 0: the row stands at the prefix itself
    std::uint32_t flat = no_row;    ///< index into flat where it does not fit the tree
    bool alias = false;             ///< another text of its row
    LibraryBuilder::Added added = LibraryBuilder::Added::placed;
  };
  struct Prefix {
    DivisionNode division = no_division;
    std::uint32_t first = 0;  ///< in steps
    std::uint32_t count = 0;
  };
  std::vector<Text> texts;
  std::vector<Prefix> prefixes;
  std::vector<StepKey> steps;
  std::vector<std::u32string> names;
  std::vector<FlatText> flat;
  PlaceEvidenceBuilder evidence;

  void clear();
};

/// One a thread. Registers repeat a text up to its last number (… 8栋1单元1101室, … 8栋1单元1102室): what such a
/// beginning says is remembered within a batch, and only the number is read anew. The result is that of reading the
/// whole text.
class RowReader {
 public:
  explicit RowReader(const DivisionIndex& index);

  /// Reads `rows`, the first of which is row `first` of the source. `remember` false: every text is read whole.
  void read(std::span<const SourceAddress> rows, std::uint32_t first, RowBatch& batch, bool remember = true);

  /// The flat form of one text, for a list that turns out to be messy.
  void read_flat(std::string_view text, DivisionNode division, FlatText& out);

 private:
  /// A text taken apart before its last number.
  struct Tail {
    std::size_t digits_at = 0;
    std::size_t digits = 0;  ///< 0: there is no number that may be read alone
    std::int32_t value = 0;
    std::uint32_t code_points = 0;  ///< of digits and suffix
  };
  /// What a beginning and an ending say, whatever number stands between them.
  struct Known {
    std::string text;  ///< beginning, ending, count of digits
    DivisionNode division = no_division;
    std::uint32_t prefix = 0;
    StepKey step = 0;
  };
  static Tail find_tail(std::string_view text);
  Known& known(std::string_view text, const Tail& tail, DivisionNode division);
  bool same(const Known& entry, std::string_view text, const Tail& tail, DivisionNode division) const;
  bool is_number_alone(const Tail& tail) const;
  DivisionNode settle(DivisionNode division);
  void read_text(std::string_view text, DivisionNode division, bool early, bool remember, RowBatch& batch);
  void place(const Tail& tail, std::string_view text, DivisionNode division, DivisionNode settled, RowBatch& batch);
  NameId name_id(std::u32string_view name, RowBatch& batch);

  const DivisionIndex* m_index;
  Reader m_reader;
  Reading m_reading;
  AddressPath m_path;
  std::vector<StepKey> m_steps;
  std::unordered_map<std::u32string, NameId> m_names;
  std::u32string m_name;
  std::vector<Known> m_known;
  RowBatch::Text m_text;
};

}  // namespace menpai::address
