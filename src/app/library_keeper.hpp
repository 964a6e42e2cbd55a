// SPDX-License-Identifier: Apache-2.0
// Keeps the register's library up with the register, in the background: what changed lies over it within a moment; when
// that is much, or aliases were approved or withdrawn, the library is made anew. Here or by a command on the same
// database. Requests go on with the old one until the new one is whole.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace menpai::app {

class Application;

class LibraryKeeper {
 public:
  explicit LibraryKeeper(Application& app) : m_app(app) {}
  /// Ends; a library under way is finished first.
  ~LibraryKeeper();
  LibraryKeeper(const LibraryKeeper&) = delete;
  LibraryKeeper& operator=(const LibraryKeeper&) = delete;

  void start();
  /// Looks once, in this thread: builds if the library in use is older than the newest settled alias, or if much lies
  /// over it. True if it did.
  bool look();

 private:
  void loop();
  void follow();
  void build_beside();

  Application& m_app;
  std::string m_built_for;  ///< the change of aliases that the last library built here holds
  std::string m_seen;       ///< … that the last look saw
  std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_is_ending = false;
  std::atomic<bool> m_is_building{false};
  std::thread m_builder;
  std::thread m_thread;
};

}  // namespace menpai::app
