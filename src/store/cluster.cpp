// SPDX-License-Identifier: Apache-2.0
#include "store/cluster.hpp"

#include <array>
#include <chrono>
#include <fcntl.h>
#include <mutex>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "store/cluster_layout.hpp"

namespace menpai::store {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto step = std::chrono::milliseconds(20);
/// A first start makes the cluster; recovery after a crash replays the log. Both may take long on a slow disk.
constexpr auto start_wait = std::chrono::seconds(120);
/// A request that finds the database restarting waits this long and no longer.
constexpr auto restart_wait = std::chrono::seconds(20);

/// The data directory and what lies in it before any cluster: passable for the database's account, readable by nobody.
void make_data_dir(const ClusterLayout& layout) {
  std::error_code error;
  fs::create_directories(layout.data_dir.parent_path(), error);
  const bool is_root = geteuid() == 0;
  if (mkdir(layout.data_dir.c_str(), is_root ? 0711 : 0700) != 0 && errno != EEXIST) {
    throw_errno("make the data directory " + layout.data_dir.string());
  }
  struct stat facts {};
  if (stat(layout.data_dir.c_str(), &facts) != 0) throw_errno("look at " + layout.data_dir.string());
  if (!S_ISDIR(facts.st_mode)) {
    throw Error(ErrorCode::bad_request, layout.data_dir.string() + " is not a directory. Choose another with --data.");
  }
  if (is_root && (facts.st_mode & 0011) != 0011) chmod(layout.data_dir.c_str(), (facts.st_mode & 07777) | 0011);
  if (access(layout.data_dir.c_str(), W_OK) != 0) {
    throw Error(ErrorCode::forbidden, "This account may not write in " + layout.data_dir.string() +
                                          ". Choose another data directory with --data.");
  }
  make_directory(layout.run_dir, is_root ? 0711 : 0700);
  make_directory(layout.data_dir / "log", 0700);
}

/// Waits for a lock, politely. False if it was not to be had in time.
bool lock_within(int fd, int kind, std::chrono::seconds limit) {
  const auto end = Clock::now() + limit;
  while (flock(fd, kind | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) throw_errno("lock the data directory");
    if (Clock::now() > end) return false;
    std::this_thread::sleep_for(step);
  }
  return true;
}

/// Starts `menpai cluster` as a process of its own: of no terminal, of no parent that could forget to wait for it.
void spawn_supervisor(const fs::path& program, const ClusterLayout& layout) {
  const std::string path = program.empty() ? "/proc/self/exe" : program.string();
  const std::string data = layout.data_dir.string();
  std::array<char*, 5> argv = {const_cast<char*>("menpai"), const_cast<char*>("cluster"), const_cast<char*>("--data"),
                               const_cast<char*>(data.c_str()), nullptr};
  const int log = open(layout.log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (log < 0) throw_errno("open " + layout.log_file.string());
  const Descriptor log_owner(log);
  // Between fork and exec only what a signal handler may do: other threads of this process hold locks unknown here.
  const pid_t middle = fork();
  if (middle < 0) throw_errno("start the database's supervisor");
  if (middle == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    execv(path.c_str(), argv.data());
    _exit(127);
  }
  while (waitpid(middle, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace

struct Cluster::Data {
  ClusterLayout layout;
  fs::path program;
  Descriptor clients_lock;
  std::timed_mutex mutex;
  ClusterState state;

  void ensure(std::chrono::seconds limit);
  bool is_supervised();
};

/// True if a supervisor holds its lock. If none does, what a dead one last said is removed.
bool Cluster::Data::is_supervised() {
  const Descriptor lock = open_lock_file(layout.supervisor_lock);
  if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return true;
  const std::optional<ClusterState> said = load_cluster_state(layout.state_file);
  if (said && said->phase != ClusterState::Phase::failed) unlink(layout.state_file.c_str());
  return false;
}

void Cluster::Data::ensure(std::chrono::seconds limit) {
  const auto end = Clock::now() + limit;
  const std::unique_lock guard(mutex, end);
  Clock::time_point spawned{};
  int spawns = 0;
  while (guard.owns_lock() && Clock::now() < end) {
    const bool supervised = is_supervised();
    const std::optional<ClusterState> said = load_cluster_state(layout.state_file);
    if (said && said->phase == ClusterState::Phase::failed && spawns > 0) {
      throw Error(said->code, said->message);
    }
    if (supervised) {
      if (said && said->phase == ClusterState::Phase::ready) {
        state = *said;
        return;
      }
    } else if (Clock::now() - spawned > std::chrono::seconds(2)) {
      if (++spawns > 3) break;
      unlink(layout.state_file.c_str());
      spawn_supervisor(program, layout);
      spawned = Clock::now();
    }
    std::this_thread::sleep_for(step);
  }
  throw Error(ErrorCode::unavailable, "The database is not up yet. Try again in a moment; if it stays so, look at " +
                                          layout.log_file.string() + " and at " + (layout.pg_dir / "log").string() +
                                          ".");
}

Cluster::Cluster(std::unique_ptr<Data> data) : m_data(std::move(data)) {}

Cluster::~Cluster() = default;

std::unique_ptr<Cluster> Cluster::open(const fs::path& data_dir, const fs::path& program) {
  auto data = std::make_unique<Data>();
  data->layout = cluster_layout(data_dir);
  data->program = program;
  make_data_dir(data->layout);
  data->clients_lock = open_lock_file(data->layout.clients_lock);
  // A supervisor that is closing down holds it alone until it has gone.
  if (!lock_within(data->clients_lock.get(), LOCK_SH, std::chrono::seconds(60))) {
    throw Error(ErrorCode::busy, "The database in " + data_dir.string() +
                                     " is being closed and does not end. Look at " + data->layout.log_file.string() +
                                     ".");
  }
  std::unique_ptr<Cluster> cluster(new Cluster(std::move(data)));
  cluster->m_data->ensure(start_wait);
  return cluster;
}

std::string Cluster::endpoint() {
  m_data->ensure(restart_wait);
  const std::lock_guard guard(m_data->mutex);
  return "host='" + m_data->state.socket_dir.string() + "' port=5432 user=menpai dbname=menpai";
}

Cluster::State Cluster::state() const {
  const std::lock_guard guard(m_data->mutex);
  return {m_data->state.supervisor_pid, m_data->state.postgres_pid, m_data->state.socket_dir};
}

}  // namespace menpai::store
