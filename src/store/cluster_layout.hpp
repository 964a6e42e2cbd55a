// SPDX-License-Identifier: Apache-2.0
// Where a private cluster keeps its things, who it runs as, and how its processes tell each other the state.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>

#include "base/error.hpp"

namespace menpai::store {

struct ClusterLayout {
  std::filesystem::path data_dir;         ///< absolute, links resolved
  std::filesystem::path pg_dir;           ///< DATA/pg: PostgreSQL's own
  std::filesystem::path run_dir;          ///< DATA/run
  std::filesystem::path clients_lock;     ///< shared by every client
  std::filesystem::path supervisor_lock;  ///< held by the one supervisor
  std::filesystem::path state_file;
  std::filesystem::path log_file;  ///< DATA/log/cluster.log
};
ClusterLayout cluster_layout(const std::filesystem::path& data_dir);

/// The operating system account that runs postgres.
struct ClusterAccount {
  uid_t uid = 0;
  gid_t gid = 0;
  std::string name;
  bool is_other = false;  ///< not the account that runs this process: root hands over to `postgres`
};
/// The owner of DATA/pg if it is there, else the account that runs this process, or `postgres` for root.
/// Throws unavailable if root has no account `postgres` to hand over to, forbidden if DATA/pg is somebody else's.
ClusterAccount cluster_account(const ClusterLayout& layout);

/// The directory of the socket: DATA/run/pg, or, where the path would be too long for a socket (108 bytes), one with a
/// short name made from the data directory's, in /run, the user's runtime directory or /tmp.
std::filesystem::path cluster_socket_dir(const ClusterLayout& layout, const ClusterAccount& account);

/// The directory with the programs postgres and initdb: of the version that made `pg_dir` if it is there, else the
/// newest installed. Throws unavailable, saying what to install.
std::filesystem::path find_postgres_programs(const std::filesystem::path& pg_dir);

/// Makes a directory with this owner and mode, or brings an existing one to them.
void make_directory(const std::filesystem::path& path, mode_t mode, const ClusterAccount* owner = nullptr);

/// What the supervisor tells its clients. Replaced whole, so that no reader sees half of it.
struct ClusterState {
  enum class Phase { starting, ready, failed } phase = Phase::starting;
  int supervisor_pid = 0;
  int postgres_pid = 0;
  std::filesystem::path socket_dir;
  ErrorCode code = ErrorCode::unavailable;  ///< of a failure
  std::string message;                      ///< of a failure
};
void save_cluster_state(const std::filesystem::path& file, const ClusterState& state);
std::optional<ClusterState> load_cluster_state(const std::filesystem::path& file);

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : m_fd(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(m_fd, other.m_fd);
    return *this;
  }
  int get() const { return m_fd; }

 private:
  int m_fd;
};
/// Opens a lock file, making it if needed; close-on-exec, so that a lock never outlives its process in a child.
Descriptor open_lock_file(const std::filesystem::path& file);

}  // namespace menpai::store
