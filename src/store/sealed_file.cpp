// SPDX-License-Identifier: Apache-2.0
#include "store/sealed_file.hpp"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* key_table = "sealed_file";
constexpr const char* key_column = "content";
constexpr std::size_t read_bytes = 256 * 1024;

void make_private(const fs::path& dir) {
  if (mkdir(dir.c_str(), 0700) != 0 && errno != EEXIST) throw_errno("make the directory " + dir.string());
}

void sync_dir(const fs::path& dir) {
  const int fd = open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) throw_errno("open " + dir.string());
  const bool done = fsync(fd) == 0;
  close(fd);
  if (!done) throw_errno("write " + dir.string());
}

std::string from_hex(std::string_view text) {
  std::string out;
  const auto value = [](char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; };
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    out += static_cast<char>(value(text[i]) * 16 + value(text[i + 1]));
  return out;
}

}  // namespace

SealedFileWriter::SealedFileWriter(const fs::path& dir, access::KeyRing& keys, std::string kind)
    : m_dir(dir),
      m_fresh(dir / (".new-" + access::hex(access::random_bytes(12)))),
      m_kind(std::move(kind)),
      m_sealer(keys, key_table, key_column) {
  m_fd = open(m_fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (m_fd < 0) throw_errno("write in " + dir.string());
}

SealedFileWriter::~SealedFileWriter() {
  if (m_fd >= 0) close(m_fd);
  if (!m_fresh.empty()) unlink(m_fresh.c_str());
}

void SealedFileWriter::put(std::string_view sealed) {
  m_digester.add(sealed);
  m_file.sealed_bytes += sealed.size();
  while (!sealed.empty()) {
    const ssize_t done = ::write(m_fd, sealed.data(), sealed.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) throw_errno("store the file");
    sealed.remove_prefix(static_cast<std::size_t>(done));
  }
}

void SealedFileWriter::write(std::string_view bytes) {
  std::string sealed;
  m_sealer.write(bytes, sealed);
  m_file.plain_bytes += bytes.size();
  put(sealed);
}

SealedFile SealedFileWriter::finish(Transaction& transaction) {
  std::string sealed;
  m_sealer.finish(sealed);
  put(sealed);
  if (fsync(m_fd) != 0) throw_errno("store the file");
  close(m_fd);
  m_fd = -1;
  m_file.digest = m_digester.finish();
  const std::string name = access::hex(m_file.digest);
  const fs::path folder = m_dir / name.substr(0, 2);
  make_private(folder);
  if (rename(m_fresh.c_str(), (folder / name.substr(2)).c_str()) != 0) throw_errno("store the file");
  m_fresh = folder / name.substr(2);  // removed again if the row cannot be stored
  sync_dir(folder);
  sync_dir(m_dir);
  transaction.run(query::file::add, BytesView{m_file.digest}, m_kind, m_file.plain_bytes, m_file.sealed_bytes, now(),
                  std::optional<Timestamp>());
  m_fresh.clear();
  return m_file;
}

SealedFileReader::SealedFileReader(const fs::path& file, access::KeyRing& keys)
    : m_opener(keys, key_table, key_column) {
  m_fd = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (m_fd < 0) throw_errno("read a sealed file");
  struct stat facts {};
  if (fstat(m_fd, &facts) == 0) m_total = static_cast<std::uint64_t>(facts.st_size);
}

SealedFileReader::~SealedFileReader() {
  if (m_fd >= 0) close(m_fd);
}

bool SealedFileReader::read(std::string& bytes) {
  bytes.clear();
  m_buffer.resize(read_bytes);
  while (bytes.empty()) {
    const ssize_t count = ::read(m_fd, m_buffer.data(), m_buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_errno("read a sealed file");
    if (count == 0) {
      m_opener.finish();
      return false;
    }
    m_read += static_cast<std::uint64_t>(count);
    m_opener.write(std::string_view(m_buffer).substr(0, static_cast<std::size_t>(count)), bytes);
  }
  return true;
}

SealedFiles::SealedFiles(const fs::path& data_dir, access::KeyRing& keys) : m_dir(data_dir / "files"), m_keys(keys) {
  make_private(m_dir);
}

fs::path SealedFiles::path_of(std::string_view digest) const {
  const std::string name = access::hex(digest);
  return m_dir / name.substr(0, 2) / name.substr(2);
}

std::unique_ptr<SealedFileWriter> SealedFiles::create(std::string kind) {
  return std::unique_ptr<SealedFileWriter>(new SealedFileWriter(m_dir, m_keys, std::move(kind)));
}

std::unique_ptr<SealedFileReader> SealedFiles::open(std::string_view digest) {
  return std::unique_ptr<SealedFileReader>(new SealedFileReader(path_of(digest), m_keys));
}

void SealedFiles::remove(Transaction& transaction, std::string_view digest) {
  transaction.run(query::file::remove, BytesView{digest});
}

void SealedFiles::remove_bytes(std::string_view digest) {
  unlink(path_of(digest).c_str());
}

std::uint64_t SealedFiles::sweep(Store& store) {
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(24);
  std::vector<fs::path> candidates;
  std::vector<Bytes> digests;
  std::uint64_t removed = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(m_dir)) {
    if (!entry.is_regular_file() || entry.last_write_time() > old) continue;
    const std::string name = entry.path().parent_path().filename().string() + entry.path().filename().string();
    const bool is_digest = name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_digest) {
      removed += fs::remove(entry.path()) ? 1u : 0u;
      continue;
    }
    candidates.push_back(entry.path());
    digests.push_back({from_hex(name)});
  }
  std::vector<std::string> known;
  for (const Row row : store.run(query::file::known, digests)) known.push_back(row.get<Bytes>(0).value);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (std::find(known.begin(), known.end(), digests[i].value) == known.end()) {
      removed += fs::remove(candidates[i]) ? 1u : 0u;
    }
  }
  return removed;
}

}  // namespace menpai::store
