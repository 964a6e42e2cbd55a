// SPDX-License-Identifier: Apache-2.0
// The supervisor of a private cluster: holds postgres as its child from the first client to the last.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <deque>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/cluster.hpp"
#include "store/cluster_layout.hpp"
#include "store/cluster_postgres.hpp"

namespace menpai::store {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto linger = std::chrono::seconds(2);
constexpr auto look_interval = std::chrono::milliseconds(250);
constexpr auto ready_wait = std::chrono::seconds(110);
constexpr std::size_t restarts_max = 5;  // within a minute

void say(const std::string& text) {
  const std::time_t seconds = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char stamp[32];
  std::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &parts);
  std::fprintf(stderr, "%s supervisor[%d] %s\n", stamp, static_cast<int>(getpid()), text.c_str());
}

class Supervisor {
 public:
  explicit Supervisor(const fs::path& data_dir) : m_layout(cluster_layout(data_dir)) {}
  int run();

 private:
  void prepare();
  void clear_leftovers();
  void start();
  int hold();
  void stop();
  void publish(ClusterState::Phase phase);
  void reap();
  bool wait_for_signal(std::chrono::milliseconds limit);
  bool is_abandoned();
  bool may_restart();

  ClusterLayout m_layout;
  ClusterAccount m_account;
  fs::path m_programs;
  fs::path m_socket_dir;
  Descriptor m_lock;
  Descriptor m_clients_lock;
  sigset_t m_signals{};
  pid_t m_postgres = 0;   // 0 while it does not run
  bool m_ending = false;  // told to end
  bool m_furnished = false;
  Clock::time_point m_last_client = Clock::now();
  std::deque<Clock::time_point> m_starts;
};

void Supervisor::publish(ClusterState::Phase phase) {
  ClusterState state;
  state.phase = phase;
  state.supervisor_pid = getpid();
  state.postgres_pid = m_postgres;
  state.socket_dir = m_socket_dir;
  save_cluster_state(m_layout.state_file, state);
}

/// Sleeps until a child ends or somebody wants something; true if told to end.
bool Supervisor::wait_for_signal(std::chrono::milliseconds limit) {
  const timespec time{limit.count() / 1000, (limit.count() % 1000) * 1000000};
  const int number = sigtimedwait(&m_signals, nullptr, &time);
  if (number == SIGTERM || number == SIGINT) m_ending = true;
  return m_ending;
}

void Supervisor::reap() {
  int status = 0;
  for (pid_t child; (child = waitpid(-1, &status, WNOHANG)) > 0;) {
    if (child != m_postgres) continue;
    m_postgres = 0;
    say("postgres ended with " + (WIFEXITED(status) ? "code " + std::to_string(WEXITSTATUS(status))
                                                    : "signal " + std::to_string(WTERMSIG(status))));
  }
}

/// Ends what an earlier life left: a server on its way out, or backends whose postmaster was killed. As a subreaper
/// this process inherits those of its own postmaster.
void Supervisor::clear_leftovers() {
  const auto begin = Clock::now();
  for (int round = 0;; ++round) {
    reap();
    const std::vector<pid_t> left = cluster_processes(m_layout);
    if (left.empty()) {
      // Nobody works in the directory and this process holds its lock, so PostgreSQL's lock files are stale, whoever
      // has the process number in them now: a zombie that nobody waited for, or a stranger.
      unlink((m_layout.pg_dir / "postmaster.pid").c_str());
      unlink((m_socket_dir / ".s.PGSQL.5432.lock").c_str());
      return;
    }
    const auto waited = Clock::now() - begin;
    if (waited > std::chrono::seconds(90)) {
      throw Error(ErrorCode::busy, "An earlier database process does not end. Restart the machine, or end it by hand.");
    }
    if (round == 0) say("waiting for " + std::to_string(left.size()) + " earlier processes to end");
    // A whole server is asked to shut down fast and takes its time to write what is dirty. Backends without a
    // postmaster have nothing left to save: the next start recovers from the log.
    const pid_t postmaster = postmaster_of(m_layout);
    const bool is_whole = std::find(left.begin(), left.end(), postmaster) != left.end();
    const bool is_patient = is_whole && waited < std::chrono::seconds(60);
    const int number = waited > std::chrono::seconds(75) ? SIGKILL : is_patient ? SIGINT : SIGQUIT;
    if (round % 25 == 0) {
      for (const pid_t pid : left) {
        if (!is_patient || pid == postmaster) kill(pid, number);
      }
    }
    if (wait_for_signal(std::chrono::milliseconds(40))) throw Error(ErrorCode::unavailable, "The database was closed.");
  }
}

void Supervisor::prepare() {
  m_account = cluster_account(m_layout);
  m_programs = find_postgres_programs(m_layout.pg_dir);
  check_ancestors(m_layout, m_account);
  m_socket_dir = cluster_socket_dir(m_layout, m_account);
  make_directory(m_socket_dir, 0700, &m_account);
  clear_leftovers();
  if (!fs::exists(m_layout.pg_dir / "PG_VERSION")) {
    say("making a cluster");
    make_cluster(m_layout, m_account, m_programs);
  }
  configure_cluster(m_layout, m_account, m_socket_dir);
}

void Supervisor::start() {
  m_starts.push_back(Clock::now());
  m_postgres = start_postgres(m_layout, m_account, m_programs);
  const auto end = Clock::now() + ready_wait;
  while (!is_postgres_ready(m_layout, m_postgres)) {
    if (wait_for_signal(std::chrono::milliseconds(10))) return;
    reap();
    if (m_postgres == 0) return;
    if (Clock::now() > end) {
      throw Error(ErrorCode::unavailable,
                  "PostgreSQL does not become ready. Look at " + (m_layout.pg_dir / "log").string() + ".");
    }
  }
  if (!m_furnished) furnish_cluster(m_socket_dir);
  m_furnished = true;
  say("ready");
  publish(ClusterState::Phase::ready);
}

void Supervisor::stop() {
  if (m_postgres == 0) return;
  const auto begin = Clock::now();
  kill(m_postgres, SIGINT);
  bool insisted = false;
  while (m_postgres != 0) {
    const timespec time{0, 50'000'000};
    sigtimedwait(&m_signals, nullptr, &time);
    reap();
    if (!insisted && Clock::now() - begin > std::chrono::seconds(45)) {
      kill(m_postgres, SIGQUIT);
      insisted = true;
    }
  }
}

/// True once no client has held its lock for a while. The lock is then kept, so that a new client waits for our end.
bool Supervisor::is_abandoned() {
  if (flock(m_clients_lock.get(), LOCK_EX | LOCK_NB) != 0) {
    m_last_client = Clock::now();
    return false;
  }
  if (Clock::now() - m_last_client > linger) return true;
  flock(m_clients_lock.get(), LOCK_UN);
  return false;
}

bool Supervisor::may_restart() {
  const auto now = Clock::now();
  while (!m_starts.empty() && now - m_starts.front() > std::chrono::minutes(1)) m_starts.pop_front();
  return m_starts.size() < restarts_max;
}

int Supervisor::hold() {
  for (;;) {
    if (m_postgres == 0 && !m_ending) {
      if (!may_restart()) {
        struct statvfs space {};
        statvfs(m_layout.pg_dir.c_str(), &space);
        const bool full = space.f_bavail * space.f_frsize < (std::uint64_t{64} << 20);
        throw Error(
            full ? ErrorCode::disk_full : ErrorCode::unavailable,
            full ? "The disk that holds the database is full and PostgreSQL cannot start. Free some space; nothing "
                   "that was stored is lost."
                 : "PostgreSQL ends as soon as it starts. Look at " + (m_layout.pg_dir / "log").string() + " and " +
                       m_layout.log_file.string() + ".");
      }
      publish(ClusterState::Phase::starting);
      // The first start comes at once, each further one of the last minute later than the one before.
      if (!m_starts.empty() && wait_for_signal(std::chrono::milliseconds(100) * (1 << m_starts.size()))) break;
      clear_leftovers();
      start();
    }
    if (m_ending || is_abandoned()) break;
    wait_for_signal(look_interval);
    reap();
  }
  say(m_ending ? "told to end" : "no client left");
  stop();
  if (m_socket_dir.parent_path() != m_layout.run_dir) rmdir(m_socket_dir.c_str());
  return 0;
}

int Supervisor::run() {
  sigemptyset(&m_signals);
  for (const int number : {SIGTERM, SIGINT, SIGCHLD}) sigaddset(&m_signals, number);
  sigprocmask(SIG_BLOCK, &m_signals, nullptr);
  signal(SIGHUP, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  umask(077);

  m_lock = open_lock_file(m_layout.supervisor_lock);
  if (flock(m_lock.get(), LOCK_EX | LOCK_NB) != 0) return 0;  // another one is there already
  m_clients_lock = open_lock_file(m_layout.clients_lock);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_NAME, "menpai-cluster");
  try {
    publish(ClusterState::Phase::starting);
    prepare();
    return hold();
  } catch (const Error& error) {
    say(std::string("failed: ") + error.what() + (error.detail().empty() ? "" : " (" + error.detail() + ")"));
    stop();
    ClusterState state;
    state.phase = ClusterState::Phase::failed;
    state.supervisor_pid = getpid();
    state.code = error.code();
    state.message = error.what();
    save_cluster_state(m_layout.state_file, state);
    return exit_code(error.code());
  }
}

}  // namespace

int run_supervisor(const fs::path& data_dir) {
  if (chdir("/") != 0) return 5;
  return Supervisor(data_dir).run();
}

}  // namespace menpai::store
