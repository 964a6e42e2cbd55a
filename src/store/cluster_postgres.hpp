// SPDX-License-Identifier: Apache-2.0
// PostgreSQL as a child process: making a cluster, its configuration, starting it, what it needs inside.
#pragma once

#include <sys/types.h>
#include <vector>

#include "store/cluster_layout.hpp"

namespace menpai::store {

/// Throws forbidden, naming the first directory on the way to the data directory that `account` cannot enter.
void check_ancestors(const ClusterLayout& layout, const ClusterAccount& account);

/// Makes the cluster whole or not at all: initdb works on DATA/pg.new, which takes its place in one rename.
void make_cluster(const ClusterLayout& layout, const ClusterAccount& account, const std::filesystem::path& programs);

/// Writes what Menpai sets: memory by the machine, the socket, who may sign in, what is logged (no values).
void configure_cluster(const ClusterLayout& layout, const ClusterAccount& account,
                       const std::filesystem::path& socket_dir);

/// Starts postgres as a child that dies with this process. The caller must be single-threaded and stay alive.
pid_t start_postgres(const ClusterLayout& layout, const ClusterAccount& account, const std::filesystem::path& programs);

/// True once the server takes connections; read from postmaster.pid, so that asking costs the server nothing.
bool is_postgres_ready(const ClusterLayout& layout, pid_t postgres);

/// The postmaster that postmaster.pid names, alive or not; 0 if there is no such file.
pid_t postmaster_of(const ClusterLayout& layout);

/// Makes the role, the database and the extensions that are missing. Throws unavailable.
void furnish_cluster(const std::filesystem::path& socket_dir);

/// Every living process whose working directory is the cluster's: the server and its backends, also orphaned ones.
std::vector<pid_t> cluster_processes(const ClusterLayout& layout);

}  // namespace menpai::store
