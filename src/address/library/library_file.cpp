// SPDX-License-Identifier: Apache-2.0
#include "address/library/library_file.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <openssl/evp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "base/error.hpp"

namespace menpai::address {
namespace {

static_assert(std::endian::native == std::endian::little, "library files are read in place and are little-endian");

constexpr std::array<char, 8> magic = {'\x89', 'M', 'P', 'L', 'I', 'B', '\r', '\n'};
constexpr std::uint32_t byte_order_mark = 0x01020304;
constexpr std::size_t alignment = 64;
constexpr std::size_t page_bytes = 4096;
constexpr std::size_t name_bytes = 24;

struct Header {
  std::array<char, 8> magic;
  std::uint32_t byte_order_mark;
  std::uint32_t version;
  std::uint64_t file_bytes;
  std::uint32_t section_count;
  std::uint32_t sum_count;
  std::uint64_t checksum;  ///< of the header with this field zero, followed by the rest of the head
  std::array<std::uint8_t, 24> padding;
};
static_assert(sizeof(Header) == 64);

std::size_t aligned(std::size_t offset) {
  return (offset + alignment - 1) / alignment * alignment;
}

std::uint64_t read64(const std::byte* p) {
  std::uint64_t v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
std::uint32_t read32(const std::byte* p) {
  std::uint32_t v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

constexpr std::uint64_t prime1 = 0x9E3779B185EBCA87, prime2 = 0xC2B2AE3D27D4EB4F, prime3 = 0x165667B19E3779F9,
                        prime4 = 0x85EBCA77C2B2AE63, prime5 = 0x27D4EB2F165667C5;

std::uint64_t xxh_round(std::uint64_t acc, std::uint64_t input) {
  return std::rotl(acc + input * prime2, 31) * prime1;
}
std::uint64_t xxh_merge(std::uint64_t hash, std::uint64_t acc) {
  return (hash ^ xxh_round(0, acc)) * prime1 + prime4;
}

std::string sha256_hex(std::span<const std::byte> bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> md{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), md.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw Error(ErrorCode::internal, "SHA-256 is not available in this OpenSSL; install a complete OpenSSL 3");
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (unsigned int i = 0; i < size; ++i) {
    out += digits[md[i] >> 4];
    out += digits[md[i] & 15];
  }
  return out;
}

/// Takes bytes in pieces and gives the checksum of each chunk of them.
class ChunkSums {
 public:
  void add(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const std::size_t part = std::min(bytes.size(), ChunkChecks::chunk_bytes - m_chunk.size());
      m_chunk.insert(m_chunk.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(part));
      bytes = bytes.subspan(part);
      if (m_chunk.size() == ChunkChecks::chunk_bytes) close();
    }
  }
  std::vector<std::uint64_t> take() {
    if (!m_chunk.empty()) close();
    return std::move(m_sums);
  }

 private:
  void close() {
    m_sums.push_back(checksum(m_chunk));
    m_chunk.clear();
  }
  std::vector<std::byte> m_chunk;
  std::vector<std::uint64_t> m_sums;
};

std::size_t chunk_count(std::size_t bytes) {
  return (bytes + ChunkChecks::chunk_bytes - 1) / ChunkChecks::chunk_bytes;
}

/// A file descriptor that closes itself, and removes its file unless told to keep it.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& beside) : m_path(beside.string() + ".XXXXXX") {
    m_fd = mkostemp(m_path.data(), O_CLOEXEC);
    if (m_fd < 0) throw_errno("write " + beside.string());
    fchmod(m_fd, 0644);
  }
  ~TemporaryFile() {
    if (m_fd >= 0) close(m_fd);
    if (!m_kept) unlink(m_path.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(m_fd, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw_errno("write " + m_path);
      bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
  }
  void replace(const std::filesystem::path& target) {
    if (fsync(m_fd) != 0) throw_errno("write " + m_path);
    if (std::rename(m_path.c_str(), target.c_str()) != 0) throw_errno("write " + target.string());
    m_kept = true;
    const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
    if (const int dir = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); dir >= 0) {
      fsync(dir);
      close(dir);
    }
  }

 private:
  std::string m_path;
  int m_fd = -1;
  bool m_kept = false;
};

}  // namespace

struct LibraryFile::Entry {
  std::array<char, name_bytes> name;  ///< zero-terminated
  std::uint64_t offset;
  std::uint64_t bytes;
  std::uint64_t reserved;
  std::uint8_t trust;
  std::array<std::uint8_t, 15> padding;

  std::string_view name_text() const { return {name.data(), strnlen(name.data(), name.size())}; }
};

std::uint64_t checksum(std::span<const std::byte> bytes) {
  const std::byte* p = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t hash = prime5;
  if (left >= 32) {
    std::array<std::uint64_t, 4> acc = {prime1 + prime2, prime2, 0, 0 - prime1};
    for (; left >= 32; left -= 32, p += 32) {
      for (std::size_t lane = 0; lane < 4; ++lane) acc[lane] = xxh_round(acc[lane], read64(p + 8 * lane));
    }
    hash = std::rotl(acc[0], 1) + std::rotl(acc[1], 7) + std::rotl(acc[2], 12) + std::rotl(acc[3], 18);
    for (const std::uint64_t a : acc) hash = xxh_merge(hash, a);
  }
  hash += bytes.size();
  for (; left >= 8; left -= 8, p += 8) hash = std::rotl(hash ^ xxh_round(0, read64(p)), 27) * prime1 + prime4;
  if (left >= 4) {
    hash = std::rotl(hash ^ (read32(p) * prime1), 23) * prime2 + prime3;
    left -= 4;
    p += 4;
  }
  for (; left > 0; --left, ++p) hash = std::rotl(hash ^ (std::to_integer<std::uint64_t>(*p) * prime5), 11) * prime1;
  hash = (hash ^ (hash >> 33)) * prime2;
  hash = (hash ^ (hash >> 29)) * prime3;
  return hash ^ (hash >> 32);
}

void LibraryFileWriter::add(std::string_view name, std::vector<std::byte> bytes, SectionTrust trust) {
  MENPAI_ASSERT(!name.empty() && name.size() < name_bytes, "a section name has 1 to 23 bytes");
  const std::size_t size = bytes.size();
  bytes.resize(aligned(size));
  m_sections.push_back({std::string(name), std::move(bytes), size, trust});
}

void LibraryFileWriter::add_text(std::string_view name, std::string_view text, SectionTrust trust) {
  add_array(name, std::span<const char>(text), trust);
}

std::vector<std::byte> LibraryFileWriter::head() const {
  using Entry = LibraryFile::Entry;
  static_assert(sizeof(Header) % alignment == 0 && sizeof(Entry) == alignment);
  ChunkSums summer;
  for (const Section& s : m_sections) summer.add(s.bytes);
  const std::vector<std::uint64_t> sums = summer.take();
  const std::size_t directory_end = sizeof(Header) + sizeof(Entry) * m_sections.size();
  std::vector<std::byte> head(aligned(directory_end + sums.size() * sizeof(std::uint64_t)));
  std::size_t offset = head.size();
  for (std::size_t i = 0; i < m_sections.size(); ++i) {
    const Section& s = m_sections[i];
    Entry e{};
    std::memcpy(e.name.data(), s.name.data(), s.name.size());
    e.offset = offset;
    e.bytes = s.size;
    e.trust = static_cast<std::uint8_t>(s.trust);
    std::memcpy(head.data() + sizeof(Header) + i * sizeof(Entry), &e, sizeof e);
    offset += s.bytes.size();
  }
  if (!sums.empty()) std::memcpy(head.data() + directory_end, sums.data(), sums.size() * sizeof(std::uint64_t));
  Header header{magic,
                byte_order_mark,
                LibraryFile::version,
                offset,
                static_cast<std::uint32_t>(m_sections.size()),
                static_cast<std::uint32_t>(sums.size()),
                0,
                {}};
  std::memcpy(head.data(), &header, sizeof header);
  header.checksum = checksum(head);
  std::memcpy(head.data(), &header, sizeof header);
  return head;
}

void LibraryFileWriter::write(const std::filesystem::path& file) const {
  TemporaryFile out(file);
  out.write(head());
  for (const Section& s : m_sections) out.write(s.bytes);
  out.replace(file);
}

std::vector<std::byte> LibraryFileWriter::bytes() const {
  std::vector<std::byte> out = head();
  for (const Section& s : m_sections) out.insert(out.end(), s.bytes.begin(), s.bytes.end());
  return out;
}

std::shared_ptr<const LibraryFile> LibraryFile::from_bytes(std::vector<std::byte> bytes, std::string name) {
  std::shared_ptr<LibraryFile> library(new LibraryFile);
  library->m_name = std::move(name);
  // Sections are read in place, aligned.
  library->m_owned.resize(bytes.size() + alignment);
  void* start = library->m_owned.data();
  std::size_t space = library->m_owned.size();
  std::align(alignment, bytes.size(), start, space);
  std::memcpy(start, bytes.data(), bytes.size());
  library->m_bytes = {static_cast<const std::byte*>(start), bytes.size()};
  library->read_head();
  library->m_checks.reset();
  return library;
}

std::shared_ptr<const LibraryFile> LibraryFile::over(std::span<const std::byte> bytes, std::string name) {
  MENPAI_ASSERT(reinterpret_cast<std::uintptr_t>(bytes.data()) % alignment == 0, "sections are read aligned");
  std::shared_ptr<LibraryFile> library(new LibraryFile);
  library->m_name = std::move(name);
  library->m_bytes = bytes;
  library->read_head();
  library->m_checks->trust();
  return library;
}

std::shared_ptr<const LibraryFile> LibraryFile::open(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw_errno("open the library " + file.string());
  struct stat status {};
  const bool regular = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  const std::size_t size = regular ? static_cast<std::size_t>(status.st_size) : 0;
  void* const map = size == 0 ? nullptr : mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  std::shared_ptr<LibraryFile> library(new LibraryFile);
  library->m_name = file.string();
  if (map == MAP_FAILED) throw_errno("map the library " + file.string());
  if (map != nullptr) library->m_bytes = {static_cast<const std::byte*>(map), size};
  library->m_mapped = map != nullptr;
  // The kernel would read megabytes around each place that is looked at; ChunkChecks tells it what is needed.
  if (size > small_file) madvise(map, size, MADV_RANDOM);
  library->read_head();
  for (const Entry& e : library->m_entries) {
    if (size <= small_file || e.trust != static_cast<std::uint8_t>(SectionTrust::checked_in_use)) continue;
    // Nobody asks ahead for this one: it is read as files usually are.
    const std::size_t first = e.offset / page_bytes * page_bytes;
    madvise(static_cast<std::byte*>(map) + first, e.offset + e.bytes - first, MADV_NORMAL);
  }
  if (size <= small_file) library->verify();
  return library;
}

LibraryFile::~LibraryFile() {
  if (m_mapped) munmap(const_cast<std::byte*>(m_bytes.data()), m_bytes.size());
}

void LibraryFile::read_head() {
  Header header{};
  const std::string not_a_library = m_name + " is not a Menpai library; build one with `menpai library build`";
  if (m_bytes.size() < magic.size() || std::memcmp(m_bytes.data(), magic.data(), magic.size()) != 0) {
    throw Error(ErrorCode::unsupported, not_a_library);
  }
  if (m_bytes.size() < sizeof header) throw_damaged("its header is cut");
  std::memcpy(&header, m_bytes.data(), sizeof header);
  if (header.byte_order_mark != byte_order_mark) {
    throw Error(ErrorCode::unsupported, m_name +
                                            " was written on a machine of another byte order, or is damaged; "
                                            "build it anew with `menpai library build`");
  }
  if (header.version != version) {
    throw Error(ErrorCode::unsupported, m_name + " has library format " + std::to_string(header.version) +
                                            ", this program reads " + std::to_string(version) +
                                            "; build it anew with `menpai library build`");
  }
  if (header.file_bytes != m_bytes.size()) throw_damaged("it is not complete");
  const std::uint64_t directory_end = sizeof header + std::uint64_t{header.section_count} * sizeof(Entry);
  const std::uint64_t head_bytes = aligned(directory_end + std::uint64_t{header.sum_count} * sizeof(std::uint64_t));
  if (head_bytes > m_bytes.size()) throw_damaged("its head is cut");
  std::vector<std::byte> head(m_bytes.begin(), m_bytes.begin() + static_cast<std::ptrdiff_t>(head_bytes));
  const std::uint64_t expected = std::exchange(header.checksum, 0);
  std::memcpy(head.data(), &header, sizeof header);
  if (checksum(head) != expected) throw_damaged("the checksum of its head does not hold");
  const std::span<const std::byte> body = m_bytes.subspan(head_bytes);
  if (header.sum_count != chunk_count(body.size())) throw_damaged("its checksums are not complete");
  m_entries = {reinterpret_cast<const Entry*>(m_bytes.data() + sizeof header), header.section_count};
  for (const Entry& e : m_entries) {
    if (e.offset % alignment != 0 || e.offset < head_bytes || e.offset > m_bytes.size() || e.bytes > m_bytes.size() ||
        aligned(e.bytes) > m_bytes.size() - e.offset) {
      throw_damaged("a section lies outside of it");
    }
  }
  const auto* const sums = reinterpret_cast<const std::uint64_t*>(m_bytes.data() + directory_end);
  m_checks = std::make_unique<ChunkChecks>(body, std::span(sums, header.sum_count), m_name);
  m_digest = sha256_hex(m_bytes.first(head_bytes));
}

void LibraryFile::verify() const {
  if (m_mapped) madvise(const_cast<std::byte*>(m_bytes.data()), m_bytes.size(), MADV_WILLNEED);
  if (m_checks) m_checks->verify();
}

void LibraryFile::verify_before_use() const {
  for (const Entry& e : m_entries) {
    if (m_checks && e.trust == static_cast<std::uint8_t>(SectionTrust::before_use)) {
      m_checks->touch_all(m_bytes.subspan(e.offset, e.bytes));
    }
  }
}

std::vector<std::string_view> LibraryFile::section_names() const {
  std::vector<std::string_view> names;
  for (const Entry& e : m_entries) names.push_back(e.name_text());
  return names;
}

std::span<const std::byte> LibraryFile::section(std::string_view name) const {
  for (const Entry& e : m_entries) {
    if (e.name_text() == name) return m_bytes.subspan(e.offset, e.bytes);
  }
  return {};
}

std::string_view LibraryFile::text(std::string_view name) const {
  const std::span<const char> chars = array<char>(name);
  return {chars.data(), chars.size()};
}

void LibraryFile::throw_damaged(std::string_view what) const {
  throw Error(ErrorCode::damaged, m_name + " is damaged (" + std::string(what) +
                                      "); copy it again or build it anew with `menpai library build`");
}

}  // namespace menpai::address
