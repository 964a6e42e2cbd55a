// SPDX-License-Identifier: Apache-2.0
#include "store/cluster_postgres.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <grp.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/connection.hpp"
#include "store/sqlstate.hpp"

namespace menpai::store {
namespace {

namespace fs = std::filesystem;

/// Becomes the cluster's account for good. In a child only; exits with 126 if it cannot.
void drop_to(const ClusterAccount& account) {
  if (account.is_other &&
      (initgroups(account.name.c_str(), account.gid) != 0 || setgid(account.gid) != 0 || setuid(account.uid) != 0)) {
    _exit(126);
  }
  umask(077);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// The environment of PostgreSQL's programs: nothing of the caller's, whose PG* variables would steer them elsewhere.
char* const child_environment[] = {const_cast<char*>("PATH=/usr/bin:/bin"), const_cast<char*>("LANG=C.UTF-8"),
                                   const_cast<char*>("LC_ALL=C.UTF-8"), nullptr};

[[noreturn]] void exec_program(const fs::path& program, const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  // argv[0] must be the absolute path: PostgreSQL finds its own files by it.
  argv.push_back(const_cast<char*>(program.c_str()));
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execve(program.c_str(), argv.data(), child_environment);
  _exit(127);
}

/// Runs a program to its end as `account`; its last words, both streams, are given back with its exit code.
std::pair<int, std::string> run_program(const fs::path& program, const std::vector<std::string>& arguments,
                                        const ClusterAccount& account) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw_errno("make a pipe");
  const Descriptor out(ends[0]);
  Descriptor in(ends[1]);
  const pid_t child = fork();
  if (child < 0) throw_errno("start " + program.string());
  if (child == 0) {
    dup2(in.get(), STDOUT_FILENO);
    dup2(in.get(), STDERR_FILENO);
    drop_to(account);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || chdir("/") != 0) _exit(126);
    exec_program(program, arguments);
  }
  in = Descriptor();
  std::string said;
  std::array<char, 4096> buffer;
  for (ssize_t n; (n = read(out.get(), buffer.data(), buffer.size())) != 0;) {
    if (n < 0 && errno != EINTR) break;
    if (n > 0) said.append(buffer.data(), static_cast<std::size_t>(n));
    if (said.size() > 16384) said.erase(0, said.size() - 8192);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), said};
}

std::string last_line(const std::string& text) {
  std::size_t end = text.find_last_not_of(" \n");
  if (end == std::string::npos) return {};
  const std::size_t begin = text.rfind('\n', end);
  return text.substr(begin == std::string::npos ? 0 : begin + 1,
                     end - (begin == std::string::npos ? 0 : begin + 1) + 1);
}

void write_file(const fs::path& path, const std::string& text, const ClusterAccount& account) {
  const fs::path fresh = path.string() + ".new";
  {
    std::ofstream out(fresh, std::ios::trunc);
    out << text;
    out.flush();
    if (!out) throw_errno("write " + fresh.string());
  }
  if (chmod(fresh.c_str(), 0600) != 0 || (account.is_other && chown(fresh.c_str(), account.uid, account.gid) != 0) ||
      rename(fresh.c_str(), path.c_str()) != 0) {
    throw_errno("write " + path.string());
  }
}

std::string megabytes(std::uint64_t bytes) {
  return std::to_string(bytes >> 20) + "MB";
}

/// A single-quoted value of postgresql.conf.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += c;
    out += c;
  }
  return out + "'";
}

std::string settings_text(const fs::path& socket_dir, bool has_local) {
  const std::uint64_t memory =
      static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  const std::uint64_t shared = std::clamp(memory / 8, std::uint64_t{64} << 20, std::uint64_t{4} << 30);
  std::string out = "# Written by Menpai at every start. Own settings: postgresql.local.conf in this folder.\n";
  out += "listen_addresses = ''\nunix_socket_directories = " + quoted(socket_dir.string()) + "\n";
  out += "unix_socket_permissions = 0700\nport = 5432\nmax_connections = 100\nsuperuser_reserved_connections = 3\n";
  out += "shared_buffers = " + megabytes(shared) + "\neffective_cache_size = " + megabytes(memory / 2) + "\n";
  out += "work_mem = 16MB\nmaintenance_work_mem = " +
         megabytes(std::clamp(memory / 16, std::uint64_t{64} << 20, std::uint64_t{1} << 30)) + "\n";
  // Nothing that was acknowledged is lost when the power goes.
  out += "fsync = on\nsynchronous_commit = on\nfull_page_writes = on\nwal_compression = on\n";
  // Before a recovery: one call for the file system instead of one a file.
  out += "recovery_init_sync_method = syncfs\n";
  out += "min_wal_size = 80MB\nmax_wal_size = 2GB\ncheckpoint_timeout = 10min\nrestart_after_crash = on\njit = off\n";
  out += "random_page_cost = 1.1\ntimezone = 'UTC'\nlog_timezone = 'UTC'\nlc_messages = 'C.UTF-8'\n";
  // A week of logs; neither values nor the DETAIL lines that quote them.
  out += "logging_collector = on\nlog_directory = 'log'\nlog_filename = 'postgresql-%a.log'\nlog_rotation_age = 1d\n";
  out += "log_rotation_size = 0\nlog_truncate_on_rotation = on\nlog_line_prefix = '%m [%p] %q%u@%d '\n";
  out += "log_error_verbosity = terse\nlog_parameter_max_length = 0\nlog_parameter_max_length_on_error = 0\n";
  out += "log_min_error_statement = panic\nlog_checkpoints = off\n";
  return has_local ? out + "include = 'postgresql.local.conf'\n" : out;
}

/// One statement as the superuser, on a connection of furnish_cluster.
bool has_row(Connection& connection, const std::string& sql) {
  return !connection.run_text(sql, "furnish").empty();
}

void make_extension(Connection& connection, const std::string& name, const std::string& package) {
  try {
    connection.run_text("CREATE EXTENSION IF NOT EXISTS " + name, "make extension " + name);
  } catch (const DatabaseError& error) {
    if (error.code() == ErrorCode::disk_full || error.code() == ErrorCode::unavailable) throw;
    throw Error(ErrorCode::unavailable,
                "The PostgreSQL extension " + name + " is missing. Install the package " + package + ".",
                error.detail());
  }
}

}  // namespace

void check_ancestors(const ClusterLayout& layout, const ClusterAccount& account) {
  if (!account.is_other) return;
  std::vector<fs::path> way;
  for (fs::path dir = layout.data_dir;; dir = dir.parent_path()) {
    way.push_back(dir);
    if (dir == dir.root_path()) break;
  }
  std::reverse(way.begin(), way.end());
  // Asked of the kernel by a child with that account's rights: mode bits alone would miss groups and access lists.
  const pid_t child = fork();
  if (child < 0) throw_errno("start a process");
  if (child == 0) {
    drop_to(account);
    for (std::size_t i = 0; i < way.size() && i < 100; ++i) {
      if (access(way[i].c_str(), X_OK) != 0) _exit(static_cast<int>(i + 1));
    }
    _exit(0);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 126;
  if (code == 0) return;
  if (code > static_cast<int>(way.size())) {
    throw Error(ErrorCode::unavailable, "Could not become the account " + account.name + " to run the database.");
  }
  const std::string dir = way[static_cast<std::size_t>(code - 1)].string();
  throw Error(ErrorCode::forbidden, "The database runs as the account \"" + account.name + "\", which cannot enter " +
                                        dir + ". Choose another data directory with --data, or run: chmod o+x " + dir);
}

void make_cluster(const ClusterLayout& layout, const ClusterAccount& account, const fs::path& programs) {
  const fs::path fresh = layout.data_dir / "pg.new";
  fs::remove_all(fresh);
  make_directory(fresh, 0700, &account);
  const auto [code, said] =
      run_program(programs / "initdb",
                  {"--pgdata=" + fresh.string(), "--username=postgres", "--auth=peer", "--encoding=UTF8",
                   "--locale=C.UTF-8", "--data-checksums", "--no-instructions", "--no-sync"},
                  account);
  if (code != 0) {
    const bool full = said.find("No space left on device") != std::string::npos;
    fs::remove_all(fresh);
    throw Error(full ? ErrorCode::disk_full : ErrorCode::unavailable,
                full ? "The disk is full: the database needs about 200 MB to begin with. Free some space."
                     : "PostgreSQL could not make its data directory: " + last_line(said),
                said);
  }
  {
    std::ofstream conf(fresh / "postgresql.conf", std::ios::app);
    conf << "\ninclude 'menpai.conf'\n";
    conf.flush();
    if (!conf) throw_errno("write " + (fresh / "postgresql.conf").string());
  }
  // initdb would sync a thousand files one by one; one call does the same before the new name makes them count.
  const Descriptor written(open(fresh.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (written.get() < 0 || syncfs(written.get()) != 0) throw_errno("write " + fresh.string());
  if (rename(fresh.c_str(), layout.pg_dir.c_str()) != 0) throw_errno("put " + layout.pg_dir.string() + " in place");
  const Descriptor dir(open(layout.data_dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  fsync(dir.get());
}

void configure_cluster(const ClusterLayout& layout, const ClusterAccount& account, const fs::path& socket_dir) {
  write_file(layout.pg_dir / "menpai.conf",
             settings_text(socket_dir, fs::exists(layout.pg_dir / "postgresql.local.conf")), account);
  write_file(layout.pg_dir / "pg_hba.conf", "# Written by Menpai at every start.\nlocal all all peer map=menpai\n",
             account);
  std::string ident = "# Written by Menpai at every start: system account, database role.\n";
  for (const std::string& system : {account.name, std::string("root")}) {
    for (const char* role : {"postgres", "menpai"}) ident += "menpai \"" + system + "\" " + role + "\n";
    if (system == "root") break;
  }
  write_file(layout.pg_dir / "pg_ident.conf", ident, account);
}

pid_t start_postgres(const ClusterLayout& layout, const ClusterAccount& account, const fs::path& programs) {
  const fs::path program = fs::canonical(programs / "postgres");
  const std::vector<std::string> arguments = {"-D", layout.pg_dir.string()};
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) throw_errno("start PostgreSQL");
  if (child > 0) return child;
  drop_to(account);
  // After setuid, which clears it. SIGINT is PostgreSQL's fast shutdown.
  if (prctl(PR_SET_PDEATHSIG, SIGINT) != 0 || getppid() != parent) _exit(126);
  exec_program(program, arguments);
}

bool is_postgres_ready(const ClusterLayout& layout, pid_t postgres) {
  std::ifstream file(layout.pg_dir / "postmaster.pid");
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (number == 1 && line != std::to_string(postgres)) return false;
    if (number == 8) return line.starts_with("ready");
  }
  return false;
}

pid_t postmaster_of(const ClusterLayout& layout) {
  std::ifstream file(layout.pg_dir / "postmaster.pid");
  pid_t postmaster = 0;
  file >> postmaster;
  return postmaster;
}

void furnish_cluster(const fs::path& socket_dir) {
  const std::string server = "host='" + socket_dir.string() + "' port=5432 user=postgres dbname=";
  {
    const auto connection = Connection::open(server + "postgres", std::chrono::seconds(30));
    if (!has_row(*connection, "SELECT 1 FROM pg_roles WHERE rolname = 'menpai'")) {
      connection->run_text("CREATE ROLE menpai LOGIN", "furnish");
    }
    if (!has_row(*connection, "SELECT 1 FROM pg_database WHERE datname = 'menpai'")) {
      connection->run_text("CREATE DATABASE menpai OWNER menpai ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0",
                           "furnish");
    }
  }
  const auto connection = Connection::open(server + "menpai", std::chrono::seconds(30));
  if (has_row(*connection, "SELECT 1 FROM pg_extension WHERE extname = 'postgis'")) return;
  connection->run_text("REVOKE ALL ON DATABASE menpai FROM PUBLIC", "furnish");
  make_extension(*connection, "postgis", "postgresql-15-postgis-3");
}

std::vector<pid_t> cluster_processes(const ClusterLayout& layout) {
  std::vector<pid_t> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    pid_t pid = 0;
    const auto [end, failed] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (failed != std::errc{} || end != name.data() + name.size() || pid == getpid()) continue;
    const fs::path work_dir = fs::read_symlink(entry.path() / "cwd", error);
    if (error || work_dir != layout.pg_dir) continue;
    // A shell that somebody left there is not ours.
    const std::string program = fs::read_symlink(entry.path() / "exe", error).filename().string();
    if (!error && program.starts_with("postgres")) found.push_back(pid);
  }
  return found;
}

}  // namespace menpai::store
