// SPDX-License-Identifier: Apache-2.0
// Outputs that appear whole or not at all: written without a name, synced, then linked and renamed into place.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "base/error.hpp"
#include "base/id.hpp"
#include "intake/bytes.hpp"

namespace menpai::intake {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{256} << 10;

void write_all(int descriptor, std::string_view bytes, const std::string& name) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(descriptor, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw_errno("write " + name);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

/// Collects small writes.
class BufferedSink : public ByteSink {
 public:
  void write(std::string_view bytes) override {
    if (m_buffer.size() + bytes.size() > buffer_bytes) flush();
    if (bytes.size() >= buffer_bytes)
      put(bytes);
    else
      m_buffer.append(bytes);
  }

 protected:
  virtual void put(std::string_view bytes) = 0;
  void flush() {
    if (m_buffer.empty()) return;
    put(m_buffer);
    m_buffer.clear();
  }

 private:
  std::string m_buffer;
};

/// A device, a pipe, standard output: what is written is gone.
class StreamSink final : public BufferedSink {
 public:
  StreamSink(int descriptor, bool owned, std::string name)
      : m_descriptor(descriptor), m_owned(owned), m_name(std::move(name)) {}
  ~StreamSink() override {
    if (m_owned && m_descriptor >= 0) ::close(m_descriptor);
  }
  StreamSink(const StreamSink&) = delete;
  StreamSink& operator=(const StreamSink&) = delete;
  void finish() override {
    flush();
    if (!m_owned) return;
    const int descriptor = std::exchange(m_descriptor, -1);
    if (::close(descriptor) != 0) throw_errno("write " + m_name);
  }

 private:
  void put(std::string_view bytes) override { write_all(m_descriptor, bytes, m_name); }
  int m_descriptor;
  bool m_owned;
  std::string m_name;
};

class FileSink final : public BufferedSink {
 public:
  explicit FileSink(const std::filesystem::path& file) : m_file(file), m_name(file.string()) {}
  void finish() override {
    flush();
    m_file.publish();
  }

 private:
  void put(std::string_view bytes) override {
    write_all(m_file.descriptor(), bytes, m_name);
    m_written += bytes.size();
    if (m_written - m_begun < begin_bytes) return;
    // The disk begins now, beside the work that goes on, instead of all at once when the file is published.
    (void)::sync_file_range(m_file.descriptor(), static_cast<off64_t>(m_begun),
                            static_cast<off64_t>(m_written - m_begun), SYNC_FILE_RANGE_WRITE);
    m_begun = m_written;
  }
  static constexpr std::uint64_t begin_bytes = std::uint64_t{16} << 20;
  UnfinishedFile m_file;
  std::string m_name;
  std::uint64_t m_written = 0;
  std::uint64_t m_begun = 0;  ///< of them, told to the disk
};

class TextSink final : public ByteSink {
 public:
  explicit TextSink(std::string& text) : m_text(text) {}
  void write(std::string_view bytes) override { m_text.append(bytes); }
  void finish() override {}

 private:
  std::string& m_text;
};

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

/// Where the file itself lies: behind symbolic links, which stay as they are.
std::filesystem::path resolved(const std::filesystem::path& file) {
  std::error_code failed;
  auto real = std::filesystem::canonical(file, failed);
  return failed ? file : real;
}

}  // namespace

UnfinishedFile::UnfinishedFile(const std::filesystem::path& file) : m_target(resolved(file)) {
  const auto folder = folder_of(m_target);
  m_descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
  if (m_descriptor >= 0) return;
  if (errno == ENOENT)
    throw Error(ErrorCode::not_found, "There is no folder " + folder.string() + ". Make it, or write elsewhere.");
  if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) throw_errno("write into " + folder.string());
  // This file system has no nameless files: take a name that a next run can never mistake for a result.
  m_temporary = folder / ("." + m_target.filename().string() + "." + Uuid::make().text() + ".part");
  m_descriptor = ::open(m_temporary.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
  if (m_descriptor < 0) throw_errno("write into " + folder.string());
}

UnfinishedFile::~UnfinishedFile() {
  if (m_descriptor >= 0) ::close(m_descriptor);
  if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
}

std::filesystem::path UnfinishedFile::path() const {
  return m_temporary.empty() ? "/proc/self/fd/" + std::to_string(m_descriptor) : m_temporary.string();
}

void UnfinishedFile::publish() {
  if (::fsync(m_descriptor) != 0) throw_errno("write " + m_target.string());
  if (m_temporary.empty()) {
    const auto name = folder_of(m_target) / ("." + m_target.filename().string() + "." + Uuid::make().text() + ".part");
    if (::linkat(AT_FDCWD, path().c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0)
      throw_errno("write " + m_target.string());
    m_temporary = name;
  }
  if (::rename(m_temporary.c_str(), m_target.c_str()) != 0) throw_errno("write " + m_target.string());
  m_temporary.clear();
  const int folder = ::open(folder_of(m_target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    (void)::fsync(folder);
    ::close(folder);
  }
}

std::unique_ptr<ByteSink> create_bytes(const std::filesystem::path& file) {
  if (file == "-") return std::make_unique<StreamSink>(STDOUT_FILENO, false, "standard output");
  struct stat facts {};
  const bool there = ::stat(file.c_str(), &facts) == 0;
  if (there && S_ISDIR(facts.st_mode))
    throw Error(ErrorCode::bad_request, file.string() + " is a folder. Name the file to write.");
  if (there && !S_ISREG(facts.st_mode)) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) throw_errno("write " + file.string());
    return std::make_unique<StreamSink>(descriptor, true, file.string());
  }
  return std::make_unique<FileSink>(file);
}

std::unique_ptr<ByteSink> bytes_into(std::string& text) {
  return std::make_unique<TextSink>(text);
}

}  // namespace menpai::intake
