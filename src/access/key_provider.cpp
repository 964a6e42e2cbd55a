// SPDX-License-Identifier: Apache-2.0
#include "access/key_provider.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/cipher.hpp"
#include "base/error.hpp"

namespace menpai::access {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view heading = "menpai root key 1";
constexpr std::size_t key_bytes = 32;

class FileKey final : public KeyProvider {
 public:
  explicit FileKey(Secret root)
      : m_root(std::move(root)),
        m_wrapping(Suite::aes_256_gcm, derive(Hash::sha256, m_root.view(), "menpai wrap", key_bytes).view()),
        m_id(hex(hmac(Hash::sha256, m_root.view(), "menpai root id")).substr(0, 16)) {
    mlock(m_root.view().data(), m_root.view().size());  // best effort: an ordinary user may have no right to it
  }
  std::string root_id() const override { return m_id; }
  std::string wrap(std::string_view key, std::string_view context) const override {
    std::string out;
    m_wrapping.seal(key, context, out);
    return out;
  }
  Secret unwrap(std::string_view wrapped, std::string_view context) const override {
    std::string out;
    if (!m_wrapping.open(wrapped, context, out)) {
      throw Error(
          ErrorCode::damaged,
          "The root key does not open a stored key. Put the key file of this installation in its place (setting "
          "keys.file).");
    }
    return Secret(std::move(out));
  }
  Secret derive_key(std::string_view purpose) const override {
    return derive(Hash::sha256, m_root.view(), "menpai derive " + std::string(purpose), key_bytes);
  }

 private:
  Secret m_root;
  CipherKey m_wrapping;
  std::string m_id;
};

/// "menpai root key 1\n<key, base64url>\n<check, base64url>\n"; the check tells a damaged file from a wrong one.
std::string file_text(std::string_view key) {
  return std::string(heading) + "\n" + base64url(key) + "\n" +
         base64url(hmac(Hash::sha256, key, "menpai key file")).substr(0, 12) + "\n";
}

[[noreturn]] void throw_not_a_key(const fs::path& file) {
  throw Error(ErrorCode::damaged, file.string() +
                                      " is not a key file of Menpai, or it is damaged. Restore it from where "
                                      "it was kept; without it, sealed data cannot be read.");
}

std::unique_ptr<KeyProvider> load(const fs::path& file) {
  const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) {
    if (errno == ELOOP) throw_not_a_key(file);
    throw_errno("read the key file " + file.string());
  }
  struct stat facts {};
  std::string text(256, '\0');
  const bool known = fstat(fd, &facts) == 0;
  const ssize_t length = known && S_ISREG(facts.st_mode) ? read(fd, text.data(), text.size()) : 0;
  close(fd);
  if (!known || length <= 0) throw_not_a_key(file);
  if ((facts.st_mode & 077) != 0 || (facts.st_uid != geteuid() && facts.st_uid != 0)) {
    throw Error(ErrorCode::forbidden, "Others can read the key file " + file.string() + ". Run: chmod 600 " +
                                          file.string() +
                                          " (and see that it belongs to the account that runs Menpai).");
  }
  const Secret content(text.substr(0, static_cast<std::size_t>(length)));
  const std::string_view view = content.view();
  const std::size_t first = view.find('\n');
  const std::size_t second = view.find('\n', first == std::string_view::npos ? first : first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) throw_not_a_key(file);
  Secret key(from_base64url(view.substr(first + 1, second - first - 1)));
  if (key.view().size() != key_bytes || Secret(file_text(key.view())).view() != view) throw_not_a_key(file);
  return std::make_unique<FileKey>(std::move(key));
}

void create(const fs::path& file) {
  const fs::path dir = file.parent_path();
  if (mkdir(dir.c_str(), 0700) != 0 && errno != EEXIST) throw_errno("make the directory " + dir.string());
  const fs::path fresh = file.string() + ".new-" + hex(random_bytes(4));
  const int fd = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) throw_errno("write the key file " + file.string());
  const Secret key(random_bytes(key_bytes));
  const Secret text(file_text(key.view()));
  const bool written =
      write(fd, text.view().data(), text.view().size()) == static_cast<ssize_t>(text.view().size()) && fsync(fd) == 0;
  const int reason = errno;
  close(fd);
  // Linked, not renamed: of two programs that start at once the second takes the key of the first.
  const bool linked = written && (link(fresh.c_str(), file.c_str()) == 0 || errno == EEXIST);
  const int link_reason = errno;
  unlink(fresh.c_str());
  if (!linked) {
    errno = written ? link_reason : reason;
    throw_errno("write the key file " + file.string());
  }
  const int dir_fd = open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (dir_fd >= 0) {
    fsync(dir_fd);
    close(dir_fd);
  }
}

}  // namespace

std::unique_ptr<KeyProvider> open_key_file(const fs::path& file, bool may_create) {
  if (!fs::exists(fs::symlink_status(file))) {
    if (!may_create) {
      throw Error(ErrorCode::not_found,
                  "The key file " + file.string() +
                      " is missing, and the database holds data that was sealed with it. Put it back "
                      "from where it was kept.");
    }
    create(file);
  }
  return load(file);
}

}  // namespace menpai::access
