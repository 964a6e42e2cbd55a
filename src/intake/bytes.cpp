// SPDX-License-Identifier: Apache-2.0
// Files, standard streams and temporary copies as byte sources.
#include "intake/bytes.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "base/error.hpp"

namespace menpai::intake {
namespace {

class DescriptorSource final : public ByteSource {
 public:
  DescriptorSource(int descriptor, bool owned, std::string name)
      : m_descriptor(descriptor), m_owned(owned), m_name(std::move(name)) {
    struct stat facts {};
    if (::fstat(m_descriptor, &facts) == 0 && S_ISREG(facts.st_mode)) {
      m_regular = true;
      m_total = static_cast<std::uint64_t>(facts.st_size);
      (void)::posix_fadvise(m_descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
  }
  ~DescriptorSource() override {
    if (m_owned) ::close(m_descriptor);
  }
  DescriptorSource(const DescriptorSource&) = delete;
  DescriptorSource& operator=(const DescriptorSource&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    while (true) {
      const ssize_t got = ::read(m_descriptor, to, size);
      if (got >= 0) {
        m_read += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (errno != EINTR) throw_errno("read " + m_name);
    }
  }
  std::uint64_t bytes_read() const override { return m_read; }
  std::uint64_t bytes_total() const override { return m_total; }
  bool seekable() const override { return m_regular; }
  void seek(std::uint64_t offset) override {
    if (::lseek(m_descriptor, static_cast<off_t>(offset), SEEK_SET) < 0) throw_errno("read " + m_name);
    m_read = offset;
  }

 private:
  int m_descriptor;
  bool m_owned;
  bool m_regular = false;
  std::string m_name;
  std::uint64_t m_read = 0;
  std::uint64_t m_total = 0;
};

class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : m_text(text) {}
  std::size_t read(char* to, std::size_t size) override {
    const std::size_t n = std::min(size, m_text.size() - m_pos);
    std::memcpy(to, m_text.data() + m_pos, n);
    m_pos += n;
    return n;
  }
  std::uint64_t bytes_read() const override { return m_pos; }
  std::uint64_t bytes_total() const override { return m_text.size(); }
  bool seekable() const override { return true; }
  void seek(std::uint64_t offset) override { m_pos = std::min<std::uint64_t>(offset, m_text.size()); }

 private:
  std::string_view m_text;
  std::size_t m_pos = 0;
};

class PrependedSource final : public ByteSource {
 public:
  PrependedSource(std::string first, std::unique_ptr<ByteSource> rest)
      : m_first(std::move(first)), m_rest(std::move(rest)) {}
  std::size_t read(char* to, std::size_t size) override {
    if (m_pos == m_first.size()) return m_rest->read(to, size);
    const std::size_t n = std::min(size, m_first.size() - m_pos);
    std::memcpy(to, m_first.data() + m_pos, n);
    m_pos += n;
    if (m_pos == m_first.size()) m_first.shrink_to_fit();
    return n;
  }
  std::uint64_t bytes_read() const override { return m_rest->bytes_read(); }
  std::uint64_t bytes_total() const override { return m_rest->bytes_total(); }
  bool seekable() const override { return m_rest->seekable(); }
  void seek(std::uint64_t offset) override {
    m_pos = m_first.size();
    m_rest->seek(offset);
  }

 private:
  std::string m_first;
  std::size_t m_pos = 0;
  std::unique_ptr<ByteSource> m_rest;
};

int open_nameless_file(const char* folder) {
  const int nameless = ::open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (nameless >= 0) return nameless;
  std::string pattern = std::string(folder) + "/menpai-XXXXXX";
  const int named = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (named < 0) throw_errno("make a temporary file in " + std::string(folder));
  ::unlink(pattern.c_str());
  return named;
}

}  // namespace

std::unique_ptr<ByteSource> open_bytes(const std::filesystem::path& file) {
  if (file == "-") return std::make_unique<DescriptorSource>(STDIN_FILENO, false, "standard input");
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw_errno("open " + file.string());
  auto source = std::make_unique<DescriptorSource>(descriptor, true, file.string());
  struct stat facts {};
  if (::fstat(descriptor, &facts) == 0 && S_ISDIR(facts.st_mode))
    throw Error(ErrorCode::bad_request, file.string() + " is a folder. Name the file in it that is meant.");
  return source;
}

std::unique_ptr<ByteSource> bytes_of(std::string_view text) {
  return std::make_unique<TextSource>(text);
}

std::unique_ptr<ByteSource> prepend(std::string first, std::unique_ptr<ByteSource> rest) {
  return std::make_unique<PrependedSource>(std::move(first), std::move(rest));
}

std::unique_ptr<ByteSource> spool(std::unique_ptr<ByteSource> from, std::uint64_t bytes_max) {
  const char* folder = std::getenv("TMPDIR");
  if (folder == nullptr || *folder == 0) folder = "/tmp";
  const int descriptor = open_nameless_file(folder);
  // The size is known to the source only once everything is written, so it is made last; until then this closes.
  struct Closer {
    int descriptor;
    ~Closer() {
      if (descriptor >= 0) ::close(descriptor);
    }
  } closer{descriptor};
  std::vector<char> block(std::size_t{256} << 10);
  std::uint64_t total = 0;
  while (const std::size_t got = from->read(block.data(), block.size())) {
    total += got;
    if (total > bytes_max)
      throw Error(ErrorCode::too_large, "The workbook is larger than " + std::to_string(bytes_max >> 20) +
                                            " MB. Split it, or save it as CSV.");
    for (std::size_t done = 0; done < got;) {
      const ssize_t n = ::write(descriptor, block.data() + done, got - done);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw_errno(std::string("write a temporary copy in ") + folder);
      done += static_cast<std::size_t>(n);
    }
  }
  if (::lseek(descriptor, 0, SEEK_SET) < 0) throw_errno("read the temporary copy");
  closer.descriptor = -1;
  return std::make_unique<DescriptorSource>(descriptor, true, "temporary copy");
}

}  // namespace menpai::intake
