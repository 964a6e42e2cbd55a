// SPDX-License-Identifier: Apache-2.0
// Drawing the bar.
#include "cli/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/report.hpp"

namespace menpai::cli {
namespace {

constexpr auto silent_for = std::chrono::seconds(1);
constexpr auto draw_every = std::chrono::milliseconds(200);
constexpr int bar_cells = 24;

bool stderr_is_terminal() {
  const char* kind = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && kind != nullptr && std::strcmp(kind, "dumb") != 0;
}

std::size_t terminal_columns() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

}  // namespace

Progress::Progress(std::string title, bool quiet) : m_title(std::move(title)), m_on(!quiet && stderr_is_terminal()) {}

Progress::~Progress() {
  if (m_visible) print_note("\r\x1B[K");
}

void Progress::show(std::uint64_t done, std::uint64_t total, std::uint64_t rows) {
  const auto now = Clock::now();
  if (!m_on || now - m_began < silent_for || now - m_drawn < draw_every) return;
  m_drawn = now;
  const double seconds = std::chrono::duration<double>(now - m_began).count();
  std::string line = m_title;
  if (total > 0) {
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    const int filled = static_cast<int>(share * bar_cells);
    line += " [" + std::string(static_cast<std::size_t>(filled), '#') +
            std::string(static_cast<std::size_t>(bar_cells - filled), '.') + "] " + percent(done, total);
    if (share > 0.01) line += ", " + duration_text(seconds / share - seconds) + " left";
  }
  if (rows > 0)
    line += ", " + with_commas(rows) + " rows, " +
            with_commas(static_cast<std::uint64_t>(static_cast<double>(rows) / seconds)) + " rows/s";
  // A line that wraps cannot be drawn over.
  if (line.size() >= terminal_columns()) line.resize(terminal_columns() - 1);
  print_note("\r\x1B[K" + line);
  m_visible = true;
}

}  // namespace menpai::cli
