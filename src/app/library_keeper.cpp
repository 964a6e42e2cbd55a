// SPDX-License-Identifier: Apache-2.0
#include "app/library_keeper.hpp"

#include <chrono>
#include <filesystem>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/aliases.hpp"
#include "app/parts.hpp"
#include "app/registering.hpp"
#include "base/error.hpp"

namespace menpai::app {
namespace {

using namespace std::chrono_literals;

/// Somebody who approves ten aliases in a row gets one new library, not ten.
constexpr auto quiet_time = 3s;
/// How often the register is asked whether anything changed.
constexpr auto follow_time = 200ms;

/// To the second: a library says no more exactly when it was built.
std::string_view second_of(std::string_view iso) {
  return iso.substr(0, 19);
}

}  // namespace

LibraryKeeper::~LibraryKeeper() {
  {
    const std::lock_guard lock(m_mutex);
    m_is_ending = true;
  }
  m_changed.notify_all();
  if (m_thread.joinable()) m_thread.join();
  if (m_builder.joinable()) m_builder.join();
}

void LibraryKeeper::start() {
  m_thread = std::thread([this] { loop(); });
}

bool LibraryKeeper::look() {
  // Only the library that was made from this register: a file that somebody put there is not ours to replace.
  const std::filesystem::path own = m_app.settings().data_dir / "library.mpl";
  std::error_code failed;
  if (m_app.parts().library_file() != own || !std::filesystem::exists(own, failed)) return false;
  const std::string newest = newest_alias_change(m_app);
  const bool is_heavy = m_app.parts().edits->is_heavy();
  if (!is_heavy && (newest.empty() || newest == m_built_for)) return false;
  if (!is_heavy && m_built_for.empty()) {
    const auto library = m_app.parts().find_library();
    if (library && second_of(library->facts().built_at) > second_of(newest)) {
      m_built_for = newest;
      return false;
    }
  }
  build_library_from_register(m_app, operator_caller(), {}, nullptr);
  m_built_for = newest;
  return true;
}

void LibraryKeeper::follow() {
  try {
    m_app.parts().edits->follow();
  } catch (const std::exception& e) {
    spdlog::warn("what changed in the register is not seen yet: {}", e.what());
  }
}

/// In a thread of its own that gives way to all others.
void LibraryKeeper::build_beside() {
  if (m_is_building) return;
  if (m_builder.joinable()) m_builder.join();
  m_is_building = true;
  m_builder = std::thread([this] {
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 19);
    try {
      // What was settled since the last look may be followed by more.
      const std::string newest = newest_alias_change(m_app);
      if (newest == m_seen && look()) spdlog::info("the register's library was made anew");
      m_seen = newest;
    } catch (const std::exception& e) {
      const auto* error = dynamic_cast<const Error*>(&e);
      spdlog::warn("the library was not made anew: {} {}", e.what(), error ? error->detail() : std::string());
    }
    m_is_building = false;
  });
}

void LibraryKeeper::loop() {
  auto looked = std::chrono::steady_clock::now();
  while (true) {
    {
      std::unique_lock lock(m_mutex);
      if (m_changed.wait_for(lock, follow_time, [this] { return m_is_ending; })) return;
    }
    follow();
    if (std::chrono::steady_clock::now() - looked < quiet_time) continue;
    looked = std::chrono::steady_clock::now();
    build_beside();
  }
}

}  // namespace menpai::app
