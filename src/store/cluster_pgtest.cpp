// SPDX-License-Identifier: Apache-2.0
// The private cluster when things go wrong: processes killed one by one, a directory that cannot be entered, a full
// disk.
#include <chrono>
#include <fstream>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "store/cluster.hpp"
#include "store/cluster_layout.hpp"
#include "store/cluster_postgres.hpp"
#include "store/queries.hpp"
#include "support/test_database.hpp"

namespace menpai::store {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

bool wait_until(const std::function<bool()>& done, seconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(milliseconds(20));
  }
  return true;
}

bool is_alive(int pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(stat, text);
  const std::size_t close = text.rfind(')');
  return close != std::string::npos && text.size() > close + 2 && text[close + 2] != 'Z';
}

/// A cluster of the test's own, with one row in it.
class ClusterFaults : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { s_dir = testing::make_temp_dir("cluster") / "data"; }
  void SetUp() override {
    StoreOptions options;
    options.data_dir = s_dir;
    options.connections_max = 4;
    m_store = Store::open(options);
  }
  std::int64_t count() {
    const Lease lease = m_store->take();
    return lease->run_text("SELECT count(*) FROM locator", "test").only().get<std::int64_t>(0);
  }
  void add() {
    static const Query insert{"test.insert", "INSERT INTO locator VALUES ($1, 442000, 'test')"};
    m_store->run(insert, Uuid::make());
  }
  /// Works again within the limit; every failure until then is one that says the database is away.
  bool recovers(seconds limit) {
    return wait_until(
        [&] {
          try {
            add();
            return true;
          } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::unavailable) << error.what() << error.detail();
            return false;
          }
        },
        limit);
  }
  /// A backend may answer for a moment after its postmaster has died: what counts is the next server.
  bool is_restarted_within(const Cluster::State& before, seconds limit) {
    return wait_until(
        [&] {
          m_store->cluster()->endpoint();
          return m_store->cluster()->state().postgres_pid != before.postgres_pid;
        },
        limit);
  }
  std::vector<pid_t> processes() { return cluster_processes(cluster_layout(s_dir)); }

  static inline fs::path s_dir;
  std::unique_ptr<Store> m_store;
};

TEST_F(ClusterFaults, the_files_are_the_database_accounts_and_nobody_elses) {
  struct stat facts {};
  ASSERT_EQ(stat((s_dir / "pg").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0700u);
  EXPECT_NE(facts.st_uid, 0u);
  ASSERT_EQ(stat(m_store->cluster()->state().socket_dir.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0700u);
  const Lease lease = m_store->take();
  EXPECT_EQ(lease->run_text("SELECT current_setting('listen_addresses')", "test").only().get<std::string>(0), "");
  EXPECT_EQ(lease->run_text("SELECT current_setting('data_checksums')", "test").only().get<std::string>(0), "on");
  EXPECT_EQ(lease->run_text("SELECT current_setting('is_superuser')", "test").only().get<std::string>(0), "off");
  EXPECT_EQ(lease->run_text("SELECT datcollate::text FROM pg_database WHERE datname = current_database()", "test")
                .only()
                .get<std::string>(0),
            "C.UTF-8");
}

TEST_F(ClusterFaults, a_second_client_shares_the_cluster) {
  const auto other = Cluster::open(s_dir);
  EXPECT_EQ(other->state().supervisor_pid, m_store->cluster()->state().supervisor_pid);
  EXPECT_EQ(other->state().postgres_pid, m_store->cluster()->state().postgres_pid);
}

TEST_F(ClusterFaults, after_kill_9_of_postgres_nothing_committed_is_lost) {
  add();
  const std::int64_t before = count();
  const Cluster::State state = m_store->cluster()->state();
  ASSERT_EQ(kill(state.postgres_pid, SIGKILL), 0);
  ASSERT_TRUE(is_restarted_within(state, seconds(60)));
  ASSERT_TRUE(recovers(seconds(60)));
  EXPECT_EQ(count(), before + 1);
  EXPECT_EQ(m_store->cluster()->state().supervisor_pid, state.supervisor_pid);
  EXPECT_NE(m_store->cluster()->state().postgres_pid, state.postgres_pid);
}

TEST_F(ClusterFaults, after_kill_9_of_postgres_its_busy_backends_do_not_stand_in_the_way) {
  const Cluster::State state = m_store->cluster()->state();
  std::thread busy([&] {
    EXPECT_THROW(m_store->take()->run_text("SELECT count(*) FROM generate_series(1, 2000000000)", "test"), Error);
  });
  std::this_thread::sleep_for(milliseconds(300));
  ASSERT_EQ(kill(state.postgres_pid, SIGKILL), 0);
  EXPECT_TRUE(is_restarted_within(state, seconds(60)));
  EXPECT_TRUE(recovers(seconds(60)));
  busy.join();
}

TEST_F(ClusterFaults, after_kill_9_of_the_supervisor_postgres_ends_and_the_next_call_starts_both_again) {
  add();
  const std::int64_t before = count();
  const Cluster::State state = m_store->cluster()->state();
  ASSERT_EQ(kill(state.supervisor_pid, SIGKILL), 0);
  EXPECT_TRUE(wait_until([&] { return !is_alive(state.postgres_pid); }, seconds(60)));
  ASSERT_TRUE(recovers(seconds(60)));
  EXPECT_EQ(count(), before + 1);
  EXPECT_NE(m_store->cluster()->state().supervisor_pid, state.supervisor_pid);
}

TEST_F(ClusterFaults, after_kill_9_of_supervisor_and_postgres_together_it_comes_back) {
  const Cluster::State state = m_store->cluster()->state();
  kill(state.supervisor_pid, SIGKILL);
  kill(state.postgres_pid, SIGKILL);
  EXPECT_TRUE(is_restarted_within(state, seconds(60)));
  EXPECT_TRUE(recovers(seconds(60)));
}

TEST_F(ClusterFaults, a_supervisor_that_is_told_to_end_stops_cleanly_and_the_next_call_starts_it) {
  const Cluster::State state = m_store->cluster()->state();
  kill(state.supervisor_pid, SIGTERM);
  EXPECT_TRUE(
      wait_until([&] { return !is_alive(state.supervisor_pid) && !is_alive(state.postgres_pid); }, seconds(60)));
  EXPECT_TRUE(processes().empty());
  EXPECT_TRUE(recovers(seconds(60)));
}

TEST_F(ClusterFaults, after_kill_9_of_the_only_client_no_process_is_left) {
  const fs::path dir = testing::make_temp_dir("client") / "data";
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t client = fork();
  if (client == 0) {
    const auto cluster = Cluster::open(dir);
    const char done = 'x';
    if (write(ready[1], &done, 1) != 1) _exit(1);
    pause();
    _exit(0);
  }
  char done = 0;
  ASSERT_EQ(read(ready[0], &done, 1), 1);
  close(ready[0]);
  close(ready[1]);
  EXPECT_FALSE(cluster_processes(cluster_layout(dir)).empty());
  const int supervisor = load_cluster_state(cluster_layout(dir).state_file)->supervisor_pid;
  kill(client, SIGKILL);
  waitpid(client, nullptr, 0);
  EXPECT_TRUE(
      wait_until([&] { return cluster_processes(cluster_layout(dir)).empty() && !is_alive(supervisor); }, seconds(60)));
}

TEST_F(ClusterFaults, many_clients_that_start_at_once_get_one_cluster) {
  const fs::path dir = testing::make_temp_dir("many") / "data";
  std::vector<pid_t> clients;
  for (int i = 0; i < 4; ++i) {
    const pid_t client = fork();
    if (client == 0) {
      try {
        StoreOptions options;
        options.data_dir = dir;
        const auto store = Store::open(options);
        _exit(store->run(query::operation::applied_migrations).empty() ? 2 : 0);
      } catch (const Error& error) {
        std::fprintf(stderr, "%s (%s)\n", error.what(), error.detail().c_str());
        _exit(1);
      }
    }
    clients.push_back(client);
  }
  for (const pid_t client : clients) {
    int status = 0;
    waitpid(client, &status, 0);
    EXPECT_EQ(status, 0);
  }
}

TEST_F(ClusterFaults, a_long_path_falls_back_to_a_short_socket_directory) {
  const fs::path dir = testing::make_temp_dir("long") / std::string(90, 'a') / std::string(90, 'b');
  fs::create_directories(dir.parent_path());
  auto cluster = Cluster::open(dir);
  const fs::path socket_dir = cluster->state().socket_dir;
  EXPECT_LT(socket_dir.string().size(), 60u);
  EXPECT_NE(cluster->endpoint().find(socket_dir.string()), std::string::npos);
  cluster.reset();
  EXPECT_TRUE(wait_until([&] { return !fs::exists(socket_dir); }, seconds(60))) << "the short directory goes with it";
}

TEST_F(ClusterFaults, a_directory_that_the_database_account_cannot_enter_is_named) {
  if (geteuid() != 0) return;  // an ordinary user runs the database as himself
  const fs::path closed = testing::make_temp_dir("closed") / "inner";
  fs::create_directories(closed);
  chmod(closed.c_str(), 0700);
  try {
    Cluster::open(closed / "data");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::forbidden) << error.what() << error.detail();
    EXPECT_NE(std::string(error.what()).find(closed.string() + "."), std::string::npos) << error.what();
  }
}

TEST_F(ClusterFaults, a_file_in_the_place_of_the_data_directory_is_refused) {
  const fs::path file = testing::make_temp_dir("file") / "data";
  std::ofstream(file) << "not a directory";
  EXPECT_THROW(Cluster::open(file), Error);
}

TEST_F(ClusterFaults, a_full_disk_is_said_and_harms_nothing) {
  if (geteuid() != 0) return;  // only root can mount a small disk
  const fs::path mount_point = testing::make_temp_dir("full") / "disk";
  fs::create_directories(mount_point);
  if (mount("tmpfs", mount_point.c_str(), "tmpfs", 0, "size=300m,mode=0755") != 0) return;
  {
    StoreOptions options;
    options.data_dir = mount_point / "data";
    const auto store = Store::open(options);
    static const Query insert{
        "test.fill", "INSERT INTO locator SELECT gen_random_uuid(), 442000, 'fill' FROM generate_series(1, 1000)"};
    store->run(insert);
    std::ofstream ballast(mount_point / "ballast");
    const std::string megabyte(1 << 20, 'x');
    while (ballast << megabyte && ballast.flush()) {
    }
    bool is_said = false;
    std::uint64_t stored = 1000;
    for (int i = 0; i < 400 && !is_said; ++i) {
      try {
        store->run(insert);
        stored += 1000;
      } catch (const Error& error) {
        EXPECT_TRUE(error.code() == ErrorCode::disk_full || error.code() == ErrorCode::unavailable) << error.what();
        is_said = true;
      }
    }
    EXPECT_TRUE(is_said);
    ballast.close();
    fs::remove(mount_point / "ballast");
    const auto count = [&] {
      return static_cast<std::uint64_t>(
          store->take()->run_text("SELECT count(*) FROM locator", "test").only().get<std::int64_t>(0));
    };
    std::uint64_t found = 0;
    EXPECT_TRUE(wait_until(
        [&] {
          try {
            found = count();
            return true;
          } catch (const Error&) {
            return false;
          }
        },
        seconds(90)));
    EXPECT_EQ(found, stored);
    store->run(insert);
  }
  EXPECT_TRUE(wait_until([&] { return cluster_processes(cluster_layout(mount_point / "data")).empty(); }, seconds(60)));
  EXPECT_TRUE(wait_until([&] { return umount(mount_point.c_str()) == 0; }, seconds(20)));
}

}  // namespace
}  // namespace menpai::store
