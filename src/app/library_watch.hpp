// SPDX-License-Identifier: Apache-2.0
// The library in use, opened anew when its file is replaced. Nobody waits and nobody sees half a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "address/engine.hpp"

namespace menpai::app {

/// For any thread. A library is replaced by a rename (as `menpai library build` does); the next get() opens the new
/// file, questions under way finish on the old one. A file that does not open is told to the log once and left alone:
/// the old library goes on.
class LibraryWatch {
 public:
  using Library = std::shared_ptr<const address::Library>;
  /// `file` says which file is the library's: it may be another one tomorrow. Empty: there is none. `over` gives what
  /// is to be used of a library that was opened: it, or it under edits.
  explicit LibraryWatch(std::function<std::filesystem::path()> file, std::function<Library(Library)> over = {})
      : m_file(std::move(file)), m_over(std::move(over)) {}

  /// The library in use, none if there is none. Looks at the file's state: some microseconds.
  std::shared_ptr<const address::Library> get();
  /// Uses this library until the file is replaced.
  void use(std::shared_ptr<const address::Library> library);

 private:
  /// What tells one file from the next under the same name.
  struct Seen {
    std::string path;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t changed_ns = 0;
    bool operator==(const Seen&) const = default;
  };
  Seen look() const;

  Library put_over(Library library) const { return m_over ? m_over(std::move(library)) : library; }

  std::function<std::filesystem::path()> m_file;
  std::function<Library(Library)> m_over;
  std::mutex m_mutex;
  std::shared_ptr<const address::Library> m_library;
  Seen m_seen;  ///< when m_library was put in use, or opening was last tried
};

}  // namespace menpai::app
