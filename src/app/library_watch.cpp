// SPDX-License-Identifier: Apache-2.0
#include "app/library_watch.hpp"

#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include "base/error.hpp"

namespace menpai::app {

LibraryWatch::Seen LibraryWatch::look() const {
  const std::filesystem::path file = m_file();
  struct stat state {};
  if (file.empty() || stat(file.c_str(), &state) != 0) return {};
  return {file.string(), state.st_dev, state.st_ino, static_cast<std::uint64_t>(state.st_size),
          state.st_mtim.tv_sec * std::int64_t{1'000'000'000} + state.st_mtim.tv_nsec};
}

std::shared_ptr<const address::Library> LibraryWatch::get() {
  const Seen now = look();
  const std::lock_guard lock(m_mutex);
  // A file that is gone leaves what is mapped in use.
  if (now == m_seen || now.path.empty()) return m_library;
  const bool first = m_seen == Seen{} && m_library == nullptr;
  // Seen before it is opened: if it is replaced in between, the next look tells.
  m_seen = now;
  try {
    m_library = put_over(address::Library::open(now.path));
    if (!first) spdlog::info("the library {} was replaced and is in use", now.path);
  } catch (const Error& error) {
    spdlog::warn("the new library is not used, the old one goes on: {}", error.what());
  }
  return m_library;
}

void LibraryWatch::use(std::shared_ptr<const address::Library> library) {
  Seen now = look();
  const std::lock_guard lock(m_mutex);
  m_library = put_over(std::move(library));
  m_seen = std::move(now);
}

}  // namespace menpai::app
