// SPDX-License-Identifier: Apache-2.0
#include "app/sealed_source.hpp"

#include <algorithm>
#include <cstring>

#include "base/error.hpp"

namespace menpai::app {
namespace {

class SealedStream final : public intake::ByteSource {
 public:
  explicit SealedStream(std::unique_ptr<store::SealedFileReader> reader) : m_reader(std::move(reader)) {}

  std::size_t read(char* to, std::size_t size) override {
    while (m_at == m_plain.size()) {
      m_at = 0;
      m_plain.clear();
      if (!m_reader->read(m_plain)) return 0;
    }
    const std::size_t count = std::min(size, m_plain.size() - m_at);
    std::memcpy(to, m_plain.data() + m_at, count);
    m_at += count;
    return count;
  }
  /// Of the sealed file, which is longer than the plain one by a constant share: good for a progress bar.
  std::uint64_t bytes_read() const override { return m_reader->sealed_bytes_read(); }
  std::uint64_t bytes_total() const override { return m_reader->sealed_bytes(); }

 private:
  std::unique_ptr<store::SealedFileReader> m_reader;
  std::string m_plain;
  std::size_t m_at = 0;
};

class InMemory final : public intake::ByteSource {
 public:
  explicit InMemory(std::string bytes) : m_bytes(std::move(bytes)) {}
  std::size_t read(char* to, std::size_t size) override {
    const std::size_t count = std::min<std::uint64_t>(size, m_bytes.size() - m_at);
    std::memcpy(to, m_bytes.data() + m_at, count);
    m_at += count;
    m_read = std::max(m_read, m_at);
    return count;
  }
  std::uint64_t bytes_read() const override { return m_read; }
  std::uint64_t bytes_total() const override { return m_bytes.size(); }
  bool seekable() const override { return true; }
  void seek(std::uint64_t offset) override { m_at = std::min<std::uint64_t>(offset, m_bytes.size()); }

 private:
  std::string m_bytes;
  std::uint64_t m_at = 0;
  std::uint64_t m_read = 0;
};

}  // namespace

std::unique_ptr<intake::ByteSource> open_sealed(store::SealedFiles& files, std::string_view digest) {
  auto stream = std::make_unique<SealedStream>(files.open(digest));
  std::string head(64 * 1024, '\0');
  head.resize(stream->read(head.data(), head.size()));
  if (!head.starts_with("PK\x03\x04")) return intake::prepend(std::move(head), std::move(stream));

  std::string whole = std::move(head);
  std::string piece(256 * 1024, '\0');
  while (const std::size_t count = stream->read(piece.data(), piece.size())) {
    if (whole.size() + count > xlsx_bytes_max) {
      throw Error(ErrorCode::too_large, "The XLSX file is larger than 512 MB. Save it as CSV and upload that.");
    }
    whole.append(piece, 0, count);
  }
  return std::make_unique<InMemory>(std::move(whole));
}

}  // namespace menpai::app
