// SPDX-License-Identifier: Apache-2.0
#include "store/cluster_layout.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <grp.h>
#include <openssl/sha.h>
#include <pwd.h>
#include <sstream>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace menpai::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* socket_name = "/.s.PGSQL.5432";

std::string short_name(const fs::path& path) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  const std::string text = path.string();
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  static constexpr char digits[] = "0123456789abcdef";
  std::string name = "menpai-";
  for (int i = 0; i < 8; ++i) {
    name += digits[digest[i] >> 4];
    name += digits[digest[i] & 15];
  }
  return name;
}

bool fits_socket(const fs::path& dir) {
  return dir.string().size() + std::string(socket_name).size() < sizeof(sockaddr_un::sun_path);
}

int version_number(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool has_programs(const fs::path& dir) {
  return access((dir / "postgres").c_str(), X_OK) == 0 && access((dir / "initdb").c_str(), X_OK) == 0;
}

/// Installed versions, newest first: Debian's place, then what PATH shows.
std::vector<std::pair<int, fs::path>> installed_versions() {
  std::vector<std::pair<int, fs::path>> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator("/usr/lib/postgresql", error)) {
    const int version = version_number(entry.path().filename().string());
    if (version > 0 && has_programs(entry.path() / "bin")) found.emplace_back(version, entry.path() / "bin");
  }
  std::sort(found.rbegin(), found.rend());
  if (!found.empty()) return found;
  const char* path = std::getenv("PATH");
  std::istringstream parts(path != nullptr ? path : "");
  for (std::string part; std::getline(parts, part, ':');) {
    const fs::path real = fs::canonical(fs::path(part) / "postgres", error);
    if (!error && has_programs(real.parent_path())) found.emplace_back(0, real.parent_path());
  }
  return found;
}

}  // namespace

ClusterLayout cluster_layout(const fs::path& data_dir) {
  ClusterLayout layout;
  layout.data_dir = fs::weakly_canonical(fs::absolute(data_dir));
  layout.pg_dir = layout.data_dir / "pg";
  layout.run_dir = layout.data_dir / "run";
  layout.clients_lock = layout.run_dir / "clients.lock";
  layout.supervisor_lock = layout.run_dir / "supervisor.lock";
  layout.state_file = layout.run_dir / "cluster.state";
  layout.log_file = layout.data_dir / "log" / "cluster.log";
  return layout;
}

ClusterAccount cluster_account(const ClusterLayout& layout) {
  struct stat facts {};
  const bool made = stat(layout.pg_dir.c_str(), &facts) == 0;
  const passwd* entry = nullptr;
  if (geteuid() != 0) {
    if (made && facts.st_uid != geteuid()) {
      throw Error(ErrorCode::forbidden, "The database in " + layout.data_dir.string() +
                                            " belongs to another account. Run Menpai as root or as that account.");
    }
    entry = getpwuid(geteuid());
  } else if (made && facts.st_uid != 0) {
    entry = getpwuid(facts.st_uid);
  } else {
    entry = getpwnam("postgres");
  }
  if (entry == nullptr) {
    throw Error(ErrorCode::unavailable,
                geteuid() == 0
                    ? "PostgreSQL does not run as root and there is no account \"postgres\" to run it. Install "
                      "the package postgresql, or run Menpai as an ordinary user."
                    : "The account that runs Menpai has no entry in /etc/passwd.");
  }
  ClusterAccount account;
  account.is_other = entry->pw_uid != geteuid();
  account.uid = entry->pw_uid;
  account.gid = entry->pw_gid;
  account.name = entry->pw_name;
  return account;
}

fs::path cluster_socket_dir(const ClusterLayout& layout, const ClusterAccount& account) {
  const fs::path own = layout.run_dir / "pg";
  if (fits_socket(own)) return own;
  const std::string name = short_name(layout.data_dir);
  if (account.is_other) return fs::path("/run") / name;
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  if (runtime != nullptr && *runtime == '/' && fits_socket(fs::path(runtime) / name)) return fs::path(runtime) / name;
  return fs::path("/tmp") / (name + "-" + std::to_string(account.uid));
}

fs::path find_postgres_programs(const fs::path& pg_dir) {
  const std::vector<std::pair<int, fs::path>> versions = installed_versions();
  if (versions.empty()) {
    throw Error(
        ErrorCode::unavailable,
        "PostgreSQL is not installed. Install the packages postgresql-15 and postgresql-15-postgis-3, or give a "
        "server with --database.");
  }
  std::string made_by;
  if (std::ifstream file(pg_dir / "PG_VERSION"); file) std::getline(file, made_by);
  if (made_by.empty()) return versions.front().second;
  for (const auto& [version, dir] : versions) {
    if (version == version_number(made_by) || version == 0) return dir;
  }
  throw Error(ErrorCode::unavailable, "This data directory was made by PostgreSQL " + made_by +
                                          ", which is not installed. Install postgresql-" + made_by +
                                          " and postgresql-" + made_by + "-postgis-3.");
}

void make_directory(const fs::path& path, mode_t mode, const ClusterAccount* owner) {
  if (mkdir(path.c_str(), mode) != 0 && errno != EEXIST) throw_errno("make the directory " + path.string());
  struct stat facts {};
  // A link or another account's directory in its place would hand our files to somebody else.
  if (lstat(path.c_str(), &facts) != 0) throw_errno("look at " + path.string());
  if (!S_ISDIR(facts.st_mode)) {
    throw Error(ErrorCode::forbidden, path.string() + " is in the way: it is not a directory. Remove it.");
  }
  const uid_t wanted = owner != nullptr ? owner->uid : geteuid();
  if (facts.st_uid != wanted) {
    if (geteuid() != 0) {
      throw Error(ErrorCode::forbidden, path.string() +
                                            " belongs to another account. Run Menpai as that account, or "
                                            "choose another data directory with --data.");
    }
    if (facts.st_uid != 0) {
      throw Error(ErrorCode::forbidden, path.string() +
                                            " belongs to another account. Run Menpai as that account, or "
                                            "choose another data directory with --data.");
    }
    if (chown(path.c_str(), wanted, owner != nullptr ? owner->gid : getegid()) != 0) {
      throw_errno("give away " + path.string());
    }
  }
  if ((facts.st_mode & 07777) != mode && chmod(path.c_str(), mode) != 0) {
    throw_errno("set the permissions of " + path.string());
  }
}

void save_cluster_state(const fs::path& file, const ClusterState& state) {
  const fs::path fresh = file.string() + ".new";
  {
    std::ofstream out(fresh, std::ios::trunc);
    out << static_cast<int>(state.phase) << '\n'
        << state.supervisor_pid << '\n'
        << state.postgres_pid << '\n'
        << state.socket_dir.string() << '\n'
        << static_cast<int>(state.code) << '\n'
        << state.message << '\n';
    out.flush();
    if (!out) throw_errno("write " + fresh.string());
  }
  if (rename(fresh.c_str(), file.c_str()) != 0) throw_errno("write " + file.string());
}

std::optional<ClusterState> load_cluster_state(const fs::path& file) {
  std::ifstream in(file);
  std::array<std::string, 6> lines;
  for (std::string& line : lines) {
    if (!std::getline(in, line)) return std::nullopt;
  }
  const auto number = [](const std::string& text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  };
  ClusterState state;
  state.phase = static_cast<ClusterState::Phase>(number(lines[0]));
  state.supervisor_pid = number(lines[1]);
  state.postgres_pid = number(lines[2]);
  state.socket_dir = lines[3];
  state.code = static_cast<ErrorCode>(number(lines[4]));
  state.message = lines[5];
  return state;
}

Descriptor::~Descriptor() {
  if (m_fd >= 0) close(m_fd);
}

Descriptor open_lock_file(const fs::path& file) {
  const int fd = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) throw_errno("open " + file.string());
  return Descriptor(fd);
}

}  // namespace menpai::store
