// SPDX-License-Identifier: Apache-2.0
// One run of the benchmark: its options, its figures, and how the engine is asked.
#pragma once

#include <algorithm>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "address/engine.hpp"
#include "bench/workload.hpp"

namespace menpai::bench {

/// Keeps a figure for the JSON file.
void note(const std::string& name, double value);
/// All figures so far, as the elements of a JSON array.
const std::string& noted();

struct Options {
  std::vector<std::uint64_t> rooms = {1'000'000, 10'000'000};
  std::uint64_t peer_rooms = 1'000'000;
  std::uint64_t clean_rows = 10'000'000;
  std::size_t per_kind = 20'000;
  int rounds = 7;
  std::filesystem::path folder = ".cache/bench";
  std::filesystem::path packages = "web/node_modules";
  std::filesystem::path rules = "rules";
  std::filesystem::path program = "build/release/menpai";
  std::filesystem::path json;
  std::vector<std::string> only;
  std::string first_answer;
  std::filesystem::path library;
  std::string instructions;
  bool prepare = false;
  bool build_anew = false;
};

inline std::vector<std::string_view> texts_of(const std::vector<const Asked*>& asked) {
  std::vector<std::string_view> texts;
  for (const Asked* one : asked) texts.push_back(one->text);
  return texts;
}
inline std::vector<std::string_view> texts_of(const std::vector<Asked>& asked) {
  std::vector<std::string_view> texts;
  for (const Asked& one : asked) texts.push_back(one.text);
  return texts;
}

inline constexpr std::size_t batch_size = 512;

/// Asks for all texts as a department's list would be asked.
inline void clean_all(address::Engine& engine, std::span<const std::string_view> texts, std::vector<Answer>& answers) {
  answers.resize(batch_size);
  for (std::size_t at = 0; at < texts.size(); at += batch_size) {
    const std::size_t count = std::min(batch_size, texts.size() - at);
    engine.clean_batch(texts.subspan(at, count), {}, std::span(answers).first(count));
  }
}

/// The same for the divisions alone.
inline void divide_all(address::Engine& engine, std::span<const std::string_view> texts, std::vector<Answer>& answers) {
  answers.resize(batch_size);
  for (std::size_t at = 0; at < texts.size(); at += batch_size) {
    const std::size_t count = std::min(batch_size, texts.size() - at);
    engine.divide_batch(texts.subspan(at, count), {}, std::span(answers).first(count));
  }
}

}  // namespace menpai::bench
