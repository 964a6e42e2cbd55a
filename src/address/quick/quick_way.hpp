// SPDX-License-Identifier: Apache-2.0
// The way for easy texts: what was made of a text like this one is made of this one.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "address/library/library.hpp"
#include "address/match/hit.hpp"
#include "address/match/render.hpp"
#include "address/quick/heads.hpp"
#include "address/quick/plain_text.hpp"
#include "address/quick/tails.hpp"
#include "address/quick/walks.hpp"
#include "address/read/address_path.hpp"
#include "model/answer.hpp"

namespace menpai::address {

/// Answers easy texts exactly as the thorough way does, which it learns from: grade, score, reasons and residue are
/// those of an earlier text with the same head, a tail that looks alike, and a way down the tree of the same shape. All
/// else is left to the thorough way. What is remembered does not change answers, only their cost; it is bounded.
class QuickWay {
 public:
  explicit QuickWay(const Library::Data& library);

  enum class Found : std::uint8_t {
    answered,
    new_kind,  ///< the thorough way's answer may be learned from
    other,     ///< nothing can be learned
  };
  /// Fills `answer`, which is empty, if it says so.
  Found answer(std::string_view text, DivisionNode region, Renderer& renderer, Answer& answer);
  /// Learns what the thorough way made of a text that answer called a new kind. `hits` are all that it found.
  void learn(std::string_view text, DivisionNode region, const Reading& reading, const AddressPath& path,
             const std::vector<Hit>& hits, const Answer& answer);

  /// Edits changed the library: what was found in it is sought anew.
  void forget_places() { m_walks.clear(); }

  struct Counts {
    std::uint64_t asked = 0;
    std::uint64_t plain = 0;     ///< texts that are plain
    std::uint64_t known = 0;     ///< … with a head and a tail that look like others before
    std::uint64_t easy = 0;      ///< … whose template is quick
    std::uint64_t walked = 0;    ///< … which lead to one place
    std::uint64_t answered = 0;  ///< … and were answered
  };
  const Counts& counts() const { return m_counts; }

 private:
  static constexpr std::size_t reasons_max = level_count;
  static constexpr std::size_t pieces_max = 3;
  static constexpr std::size_t outcomes_size = 4096;
  static constexpr std::size_t fits_max = 4096;
  static constexpr std::size_t known_fits_size = 1024;
  struct Outcome {
    std::array<std::uint64_t, Walk::shape_max> shape{};  ///< the first is zero: nothing is remembered here
    double score = 0;
    Grade grade = Grade::none;
    std::uint8_t way = 0;  ///< the one that was answered
    std::uint8_t reason_count = 0;
    std::uint8_t piece_count = 0;
    std::array<std::uint8_t, reasons_max> levels{};
    std::array<std::uint8_t, reasons_max> reasons{};
    std::array<std::uint8_t, 2 * pieces_max> pieces{};  ///< of the residue: from, to; see encode
  };
  /// What a division of the library makes of the divisions of a text.
  struct Fit {
    std::array<std::uint8_t, level_count> reasons{};
    double score = 0;
    bool elsewhere = false;  ///< neither lies in the other
    bool operator==(const Fit&) const = default;
  };
  struct KnownFit {
    HeadId head = no_head;
    DivisionNode division = no_division;
    std::uint16_t fit = 0;
  };
  enum class Known : std::uint8_t { nothing, tail, all };
  Known look(std::string_view text, DivisionNode region);
  bool walk();
  bool add_fits(std::span<const TreeNode> places);
  std::uint16_t fit(DivisionNode division);
  Outcome& outcome();
  const Outcome* find_outcome();
  void mean_this_template();
  bool make_outcome(std::string_view text, const Reading& reading, const AddressPath& path, const Hit& hit,
                    const Answer& answer, Outcome& made) const;
  std::uint8_t encode(std::uint32_t position) const;
  std::uint32_t decode(std::uint8_t place) const;
  void append_residue(std::string_view text, const Outcome& outcome, std::string& residue) const;
  void forget();

  const Library::Data* m_library;
  Heads m_heads;
  Tails m_tails;
  Walks m_walks;
  std::vector<Outcome> m_outcomes;
  std::vector<Fit> m_fits;  ///< each once
  std::vector<KnownFit> m_known_fits;
  Counts m_counts;
  // Of the text at hand.
  PlainText m_text;
  Tail m_tail;
  HeadId m_head = no_head;
  const Template* m_template = nullptr;
  TailNumbers m_numbers;
  Walk m_walk;
};

}  // namespace menpai::address
