// SPDX-License-Identifier: Apache-2.0
// Bytes of an unknown or named character set → valid UTF-8, block by block.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "intake/bytes.hpp"
#include "intake/table.hpp"

namespace menpai::intake {

/// What a piece of text that is not pure ASCII is written in: UTF-8, unless more than a fifth of its non-ASCII bytes
/// make no sense so, and make sense as GB18030. The piece may be cut anywhere.
Charset guess_charset(std::string_view piece);

/// Decodes a byte source. UTF-8 and UTF-16 byte order marks are obeyed and removed. Without a charset the decision
/// falls at the first byte that is not ASCII, on up to 1 MB from there: a list may begin with thousands of ASCII rows.
/// GB18030 is decoded by glibc's iconv, which has the 2022 revision's mapping. NUL and bytes that make no sense become
/// U+FFFD, one a byte, and are counted.
class TextDecoder {
 public:
  TextDecoder(std::unique_ptr<ByteSource> bytes, Charset charset);
  ~TextDecoder();
  TextDecoder(const TextDecoder&) = delete;
  TextDecoder& operator=(const TextDecoder&) = delete;

  /// Appends the next block of text to `out`; false at the end.
  bool fill(std::string& out);

  std::uint64_t bad_bytes() const { return m_bad_bytes; }
  /// As decided so far; `detect` while everything was ASCII.
  Charset charset() const { return m_charset; }
  const ByteSource& bytes() const { return *m_bytes; }

 private:
  bool read_block(std::size_t size);
  void begin();
  void decide();
  void append_utf8(std::string& out);
  void append_converted(std::string& out);
  void append_without_nul(std::string& out, std::string_view text);

  std::unique_ptr<ByteSource> m_bytes;
  Charset m_charset;
  std::string m_raw;        ///< read and not yet decoded
  void* m_iconv = nullptr;  ///< iconv_t, for everything but UTF-8
  std::uint64_t m_bad_bytes = 0;
  bool m_begun = false;
  bool m_ended = false;
};

}  // namespace menpai::intake
