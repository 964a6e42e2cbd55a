// SPDX-License-Identifier: Apache-2.0
// The demo: a town in the register, its library, an account, three cleaned lists compared with the truth.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "model/cleaning.hpp"
#include "spine/town.hpp"
#include "spine/town_dirt.hpp"

namespace menpai::app {

/// What the engine made of the rows of one class of dirt.
struct DemoScore {
  std::uint64_t rows = 0;
  std::array<std::uint64_t, 4> grades{};  ///< by Grade
  std::uint64_t right = 0;                ///< A or B, and the very address; of class N: what lies above it
  std::uint64_t wrong = 0;                ///< A or B, and another address, or one where there is none
  std::uint64_t held_known = 0;           ///< C, and the right one is the answer or among the candidates
};

struct DemoListSummary {
  std::string name;  ///< file name
  std::uint64_t rows = 0;
  std::array<std::uint64_t, 4> grades{};
  std::uint64_t held = 0;
  double rows_per_second = 0;
};

struct DemoSummary {
  std::uint64_t rooms_asked = 0;
  std::uint64_t seed = 0;
  spine::TownFacts town;
  std::uint64_t library_addresses = 0;
  std::uint64_t library_bytes = 0;
  std::vector<DemoListSummary> lists;
  std::array<DemoScore, spine::dirt_class_count> classes;
  double seconds = 0;      ///< that making it took
  bool was_there = false;  ///< made by an earlier run

  // Not kept between runs.
  std::string account;   ///< its name
  std::string password;  ///< one-time; empty if the account has a password of its own
};

struct DemoWishes {
  spine::TownOptions town;
  /// Told before each step, and in it: what is done, how much of how much (0: not known).
  std::function<void(std::string_view step, std::uint64_t done, std::uint64_t total)> progress;
};

/// Makes what is missing of the demo; an interrupted run goes on. If all is there, reads the summary of the first run.
/// The account's one-time password is made anew while nobody has signed in with it. Throws conflict if the data
/// directory holds another demo, or an installation that is none.
DemoSummary make_demo(Application& app, const Caller& caller, const DemoWishes& wishes);

}  // namespace menpai::app
