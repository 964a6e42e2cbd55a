// SPDX-License-Identifier: Apache-2.0
#include "support/test_database.hpp"

#include <chrono>
#include <cstdlib>
#include <gtest/gtest.h>
#include <signal.h>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "store/cluster_layout.hpp"
#include "store/cluster_postgres.hpp"

namespace menpai::testing {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path>& temp_dirs() {
  static std::vector<fs::path> dirs;
  return dirs;
}

std::unique_ptr<store::Store>& shared_store() {
  static std::unique_ptr<store::Store> store;
  return store;
}

/// Ends a cluster at once; nobody needs its data any more.
void end_cluster(const fs::path& dir) {
  const store::ClusterLayout layout = store::cluster_layout(dir);
  const store::Descriptor lock = store::open_lock_file(layout.supervisor_lock);
  const bool is_held = flock(lock.get(), LOCK_EX | LOCK_NB) != 0;
  if (const auto state = store::load_cluster_state(layout.state_file); state && is_held) {
    kill(state->supervisor_pid, SIGKILL);
    flock(lock.get(), LOCK_EX);
  }
  for (std::vector<pid_t> left; !(left = store::cluster_processes(layout)).empty();) {
    for (const pid_t pid : left) kill(pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

}  // namespace

fs::path make_temp_dir(const char* name) {
  const char* base = std::getenv("TMPDIR");
  std::string pattern = std::string(base != nullptr ? base : "/tmp") + "/menpai-" + name + "-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  chmod(pattern.c_str(), 0755);
  temp_dirs().emplace_back(pattern);
  return pattern;
}

const fs::path& data_dir() {
  static const fs::path dir = make_temp_dir("test") / "data";
  return dir;
}

store::Store& store() {
  if (!shared_store()) {
    store::StoreOptions options;
    options.data_dir = data_dir();
    shared_store() = store::Store::open(options);
  }
  return *shared_store();
}

void close_store() {
  shared_store().reset();
}

namespace {

void remove_all() {
  close_store();
  for (const fs::path& dir : temp_dirs()) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(dir, error)) {
      if (entry.path().filename() == "supervisor.lock") end_cluster(entry.path().parent_path().parent_path());
    }
    fs::remove_all(dir, error);
  }
}

}  // namespace
}  // namespace menpai::testing

int main(int argc, char** argv) {
  // The test program is also the binary that holds its cluster, like menpai itself.
  if (argc == 4 && std::string_view(argv[1]) == "cluster") return menpai::store::run_supervisor(argv[3]);
  ::testing::InitGoogleTest(&argc, argv);
  const int result = RUN_ALL_TESTS();
  menpai::testing::remove_all();
  return result;
}
