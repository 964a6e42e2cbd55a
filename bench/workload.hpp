// SPDX-License-Identifier: Apache-2.0
// What the engine is measured on: the demo town as a library of any size, and untidy texts whose truth is known.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "model/division.hpp"

namespace menpai::bench {

/// What was done to a text.
enum class Kind : std::uint8_t {
  exact,        ///< A: the standard text
  format,       ///< B: all there, written differently
  missing,      ///< C: levels left out, one address of the town still fits
  typo,         ///< D: one or two wrong characters in a name
  ambiguous,    ///< levels left out, so that several addresses fit: held is right
  nonexistent,  ///< N: a room, building or number that there is not: refused is right
};
inline constexpr int kind_count = 6;
inline constexpr std::array<const char*, kind_count> kind_names = {"A exact", "B format",  "C missing",
                                                                   "D typo",  "ambiguous", "N non-existent"};

struct Asked {
  std::string text;
  std::string code;     ///< of the address that is meant; empty for N
  std::string address;  ///< its standard text; for N that of the existing address which it was made from
  Kind kind = Kind::exact;
};

struct Workload {
  std::filesystem::path library;
  std::uint64_t asked_rooms = 0;  ///< as it was asked for; the town has some more
  std::uint64_t rooms = 0;
  std::uint64_t addresses = 0;
  std::array<std::vector<Asked>, kind_count> asked;
  std::vector<std::string> standard;  ///< every n-th standard text, for what needs plain addresses
  // Of building the library; zero where it was there already.
  double read_cpu_s = 0;
  double write_cpu_s = 0;
  double wall_s = 0;
  bool made_beside = false;  ///< wall_s includes the making of the town's texts
};

/// Makes the town of about `rooms` rooms from `seed`, its library in `folder` (kept from run to run while this version
/// can open it), and `per_kind` texts of each kind.
Workload make_workload(const std::filesystem::path& folder, const DivisionSet& divisions, std::uint64_t rooms,
                       std::uint64_t seed, std::size_t per_kind, bool build_anew);

/// Texts in the proportions of a department's list: 40 % A, 30 % B, 20 % C, 10 % D, in an order that mixes them.
std::vector<const Asked*> mix_of(const Workload& workload, std::size_t count);

}  // namespace menpai::bench
