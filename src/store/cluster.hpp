// SPDX-License-Identifier: Apache-2.0
// The private PostgreSQL cluster in the data directory: the database of an installation that was given none.
//
// Three kinds of process take part:
//   client      the server or a command. Holds a shared lock on DATA/run/clients.lock as long as it lives, so that the
//               kernel takes it away even after kill -9.
//   supervisor  `menpai cluster --data DATA`, one a data directory (exclusive lock on DATA/run/supervisor.lock),
//   started
//               by the first client that finds none. Makes the cluster if there is none, holds postgres as its direct
//               child, starts it again when it dies (at most 5 times a minute), and ends with it when no client was
//               there for two seconds.
//   postgres    gets SIGINT from the kernel when the supervisor dies (PR_SET_PDEATHSIG), so nothing is ever left
//   behind.
//
// Sign-in is by peer: the kernel tells the server who is at the other end of the socket, and pg_ident.conf lets only
// the account that runs the cluster and root in. The socket's directory is 0700 as well. Menpai itself signs in as the
// role `menpai`, which owns the database and is no superuser.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace menpai::store {

/// A client's hold on the private cluster.
class Cluster {
 public:
  /// Starts the supervisor if none runs, and waits until the database takes connections. First start: some seconds.
  /// `program` is the binary that knows the command `cluster`; empty for the running one.
  /// Throws forbidden (which directory the database's account cannot enter), unavailable (what PostgreSQL said),
  /// busy (another version), disk_full.
  static std::unique_ptr<Cluster> open(const std::filesystem::path& data_dir,
                                       const std::filesystem::path& program = {});
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  /// libpq conninfo of the database. Starts the supervisor again if it is gone; throws like open().
  std::string endpoint();

  struct State {
    int supervisor_pid = 0;
    int postgres_pid = 0;
    std::filesystem::path socket_dir;
  };
  /// As last read by endpoint().
  State state() const;

 private:
  struct Data;
  explicit Cluster(std::unique_ptr<Data> data);
  std::unique_ptr<Data> m_data;
};

/// The supervisor's whole life; returns its exit code. Must be called from the only thread of a process.
int run_supervisor(const std::filesystem::path& data_dir);

}  // namespace menpai::store
