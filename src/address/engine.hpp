// SPDX-License-Identifier: Apache-2.0
// The address engine as its users see it: open a library file, ask per thread. No database, no network.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "address/match/grading.hpp"
#include "address/match/nearest.hpp"
#include "address/text/segment.hpp"
#include "model/answer.hpp"
#include "model/comparison.hpp"
#include "model/division.hpp"

namespace menpai::address {

/// An immutable, memory-mapped library: the nation's divisions, and the addresses it was built with, if any.
/// Shared by all threads. Opening costs the reading of its head; damaged, truncated and foreign files are refused.
class Library {
 public:
  /// Throws not_found, unsupported (not a library file, or another version: says which and how to build it anew) or
  /// damaged. Of a file of more than four megabytes only the head is read and verified here, in less than a
  /// millisecond; the rest is verified in parts when it is first used, and a damaged part throws damaged then. A
  /// flipped bit never gives an answer.
  static std::shared_ptr<const Library> open(const std::filesystem::path& file);
  /// Reads and verifies all of it. Throws damaged. For any thread, beside others that ask.
  void verify() const;

  struct Facts {
    std::string title;  ///< what it was built from, for people
    std::string division_edition;
    std::string built_at;  ///< ISO time, UTC
    std::uint64_t divisions = 0;
    std::uint64_t addresses = 0;  ///< addresses it holds (rooms, numbers, rows of a flat list)
    std::uint64_t bytes = 0;
    std::string position;  ///< what its source was at when it was built, in the source's own words; may be empty
    std::string digest;    ///< SHA-256 of the file's checksums, hexadecimal: names this very content
  };
  const Facts& facts() const;

  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  struct Data;  // the mapped sections; known to the engine only
  /// Throws damaged if what every question needs is.
  const Data& data() const;

 private:
  friend class LibraryBuilder;
  friend class Overlay;
  explicit Library(std::unique_ptr<Data> data);
  std::unique_ptr<Data> m_data;
};

/// One address that goes into a library.
struct SourceAddress {
  std::string id;                    ///< the source's own id, given back in answers; may be empty
  std::string address;               ///< free or standard text
  std::string code;                  ///< issued code, may be empty
  std::string division_code;         ///< if the source knows it; settles what the text leaves open
  std::vector<std::string> aliases;  ///< other texts of the same address
  std::optional<geo::LonLat> point;
};

/// Collects a library and writes it. Rows are taken one by one and need not be sorted; memory grows with the rows.
class LibraryBuilder {
 public:
  LibraryBuilder(const DivisionSet& divisions, std::string title);
  ~LibraryBuilder();

  enum class Added { placed, placed_without_division, unreadable };
  /// `unreadable`: no element could be told in the text (it is still found by its text).
  Added add(const SourceAddress& address);

  struct Sum {
    std::uint64_t placed = 0;
    std::uint64_t without_division = 0;
    std::uint64_t unreadable = 0;
  };
  /// Adds all rows that `next` gives, with `threads` threads (0: one a core). `next` fills `rows` with some thousands
  /// of rows (it may use its strings again) and says false when there are none left; it is called by one thread at a
  /// time, not always the same. The file becomes that of add() row by row, whatever the number of threads.
  Sum add_all(const std::function<bool(std::vector<SourceAddress>& rows)>& next, unsigned threads = 0);

  /// Writes FILE whole or not at all (a temporary file, fsync, rename). Throws disk_full, forbidden.
  void write(const std::filesystem::path& file) const;
  /// Keeps in the library what its source is at, one line of text.
  void set_position(std::string position);

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// What the asker knows beside the text.
struct Query {
  std::string region;  ///< division code where the rows come from: settles what the text leaves open, overrides nothing
  int top = 5;         ///< the most candidates to return
  /// Scores are left as the weight of the evidence: for the program that fits rules/calibration.tsv.
  bool raw_score = false;
};

/// Answers questions against one library. Cheap to make, not to be shared between threads: it owns the scratch memory.
class Engine {
 public:
  explicit Engine(std::shared_ptr<const Library> library);
  ~Engine();
  Engine(Engine&&) noexcept;

  /// The standard address that `text` means, with grade, score, reasons and residue. `text` is UTF-8 of any content and
  /// at most 4,096 code points are read (the rest is residue). Never throws for bad text. Linear in the length.
  void clean(std::string_view text, const Query& query, Answer& answer);

  /// The divisions of `text` alone, at a multiple of the speed: the address and the parts end with them, and the
  /// residue is what the text says beside them, as written. Asks the library for nothing but its divisions.
  void divide(std::string_view text, const Query& query, Answer& answer);

  /// divide() for many texts, which is faster. `answers` is as long as `texts`.
  void divide_batch(std::span<const std::string_view> texts, const Query& query, std::span<Answer> answers);

  /// The same for many texts, which is faster: what one of them needs from memory is fetched while others are worked
  /// on. `answers` is as long as `texts`.
  void clean_batch(std::span<const std::string_view> texts, const Query& query, std::span<Answer> answers);

  /// Whether texts may be answered from what was made of texts like them (as at first): for tests and benchmarks, which
  /// compare that with the thorough way. The answers are the same.
  void set_remembering(bool on);

  /// The library's addresses that `text` may mean, best first, at most query.top.
  void match(std::string_view text, const Query& query, std::vector<Candidate>& candidates);

  /// How two texts stand to each other, whatever the library holds beside its divisions. Symmetric but for only_a and
  /// only_b. Never throws for bad text.
  void compare(std::string_view a, std::string_view b, const Query& query, Comparison& comparison);

  /// The labelled elements of `text`; they tile it.
  void parse(std::string_view text, std::vector<Element>& elements);

  struct Suggestion {
    std::string id;
    std::string address;
    std::string division_code;
    Level level = Level::none;
    std::optional<geo::LonLat> point;
  };
  /// Type-ahead: the most useful completions of `text`, best first.
  void suggest(std::string_view text, const Query& query, std::vector<Suggestion>& suggestions);

  /// The nearest building or number of the library for each point (CGCS2000) within `max_distance_m` (at most 20,000);
  /// see Reverse::nearest. `found` is as long as `points`. Some 0.7 µs a point in a town; may be called by any thread.
  void reverse(std::span<const geo::LonLat> points, double max_distance_m, std::span<Nearest> found) const;
  /// The address that was found, in full but for score and grade; false if none was. A few microseconds.
  bool describe(const Nearest& nearest, Candidate& address);

  /// How sure the answers of clean and clean_batch must be for their grades; as at first, the evidence alone decides.
  void set_grade_rules(const GradeRules& rules);

 private:
  struct Scratch;
  void clean_by_evidence(std::string_view text, const Query& query, Answer& answer);
  std::shared_ptr<const Library> m_library;
  std::unique_ptr<Scratch> m_scratch;
};

}  // namespace menpai::address
