// SPDX-License-Identifier: Apache-2.0
// Makes the register's library anew, in the background, after aliases were approved or withdrawn, here or by a command
// on the same database. Requests go on with the old one until the new one is whole.
#pragma once

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
  /// Looks once, in this thread: builds if the library in use is older than the newest settled alias. True if it did.
  bool look();

 private:
  void loop();

  Application& m_app;
  std::string m_built_for;  ///< the change that the last library built here holds
  std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_is_ending = false;
  std::thread m_thread;
};

}  // namespace menpai::app
