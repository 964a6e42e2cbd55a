// SPDX-License-Identifier: Apache-2.0
// A bar on the terminal for what takes longer than a second.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "app/table_file.hpp"

namespace menpai::cli {

/// Draws on standard error, only where that is a terminal, from one second after its making on, a few times a second.
/// Gone when it is destroyed.
class Progress {
 public:
  /// `quiet`: never drawn.
  Progress(std::string title, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `done` of `total` (0: not known), with a word on what they count; `rows` is shown with its speed unless it is 0.
  void show(std::uint64_t done, std::uint64_t total, std::uint64_t rows = 0);
  app::WatchFile watch_file() {
    return [this](const app::FileProgress& at) { show(at.bytes_read, at.bytes_total, at.rows); };
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::string m_title;
  bool m_on;
  Clock::time_point m_began = Clock::now();
  Clock::time_point m_drawn = m_began;
  bool m_visible = false;
};

}  // namespace menpai::cli
