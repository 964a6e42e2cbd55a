// SPDX-License-Identifier: Apache-2.0
// Decoding to UTF-8: simdjson's validation for the common case, glibc's iconv for the others.
#include "intake/charset.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <iconv.h>
#include <simdjson.h>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace menpai::intake {
namespace {

constexpr std::size_t block_bytes = std::size_t{256} << 10;
constexpr std::size_t evidence_bytes = std::size_t{1} << 20;
constexpr std::string_view replacement_text = "\xEF\xBF\xBD";

bool is_ascii(std::string_view text) {
  std::uint64_t high = 0;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + i, 8);
    high |= word;
  }
  for (; i < text.size(); ++i) high |= static_cast<unsigned char>(text[i]);
  return (high & 0x8080808080808080U) == 0;
}

struct Fit {
  std::uint64_t good = 0;
  std::uint64_t bad = 0;
  double bad_share() const {
    return static_cast<double>(bad) / static_cast<double>(std::max<std::uint64_t>(good + bad, 1));
  }
};

Fit fit_utf8(std::string_view text) {
  Fit fit;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t before = pos;
    const bool high = (static_cast<unsigned char>(text[pos]) & 0x80) != 0;
    utf8::next(text, pos);
    if (!high) continue;
    if (pos - before > 1)
      ++fit.good;
    else
      ++fit.bad;
  }
  return fit;
}

// The structure of GB 18030-2022, clause 5: two bytes 81-FE 40-7E|80-FE, four bytes 81-FE 30-39 81-FE 30-39.
Fit fit_gb18030(std::string_view text) {
  Fit fit;
  auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned lead = at(i);
    const unsigned trail = at(i + 1);
    if (lead < 0x80) {
      ++i;
    } else if (lead >= 0x81 && lead <= 0xFE && trail >= 0x40 && trail <= 0xFE && trail != 0x7F) {
      ++fit.good;
      i += 2;
    } else if (lead >= 0x81 && lead <= 0xFE && trail >= 0x30 && trail <= 0x39 && at(i + 2) >= 0x81 &&
               at(i + 3) >= 0x30 && at(i + 3) <= 0x39) {
      ++fit.good;
      i += 4;
    } else {
      ++fit.bad;
      ++i;
    }
  }
  return fit;
}

/// UTF-16 without a mark: text with an ASCII delimiter or digit has a zero in every second byte, always the same one.
Charset guess_utf16(std::string_view head) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i)
    if (head[i] == 0) ++zeros[i % 2];
  const std::size_t many = 3 + head.size() / 20;
  if (zeros[1] > many && zeros[0] * 10 < zeros[1]) return Charset::utf16le;
  if (zeros[0] > many && zeros[1] * 10 < zeros[0]) return Charset::utf16be;
  return Charset::detect;
}

/// The length of the longest beginning of `text` that does not cut a UTF-8 sequence.
std::size_t whole_utf8(std::string_view text) {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto c = static_cast<unsigned char>(text[text.size() - back]);
    if ((c & 0xC0) == 0x80) continue;
    const std::size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
    return length > back ? text.size() - back : text.size();
  }
  return text.size();
}

}  // namespace

std::optional<Charset> parse_charset(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (c != '-' && c != '_' && c != ' ') plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (plain == "utf8" || plain == "utf8sig") return Charset::utf8;
  if (plain == "gb18030" || plain == "gbk" || plain == "gb2312" || plain == "cp936") return Charset::gb18030;
  if (plain == "utf16" || plain == "utf16le") return Charset::utf16le;
  if (plain == "utf16be") return Charset::utf16be;
  return std::nullopt;
}

Charset guess_charset(std::string_view piece) {
  const Fit as_utf8 = fit_utf8(piece);
  if (as_utf8.bad_share() <= 0.2) return Charset::utf8;
  return fit_gb18030(piece).bad_share() <= 0.2 ? Charset::gb18030 : Charset::utf8;
}

TextDecoder::TextDecoder(std::unique_ptr<ByteSource> bytes, Charset charset)
    : m_bytes(std::move(bytes)), m_charset(charset) {}

TextDecoder::~TextDecoder() {
  if (m_iconv != nullptr) iconv_close(m_iconv);
}

bool TextDecoder::read_block(std::size_t size) {
  const std::size_t before = m_raw.size();
  m_raw.resize(before + size);
  const std::size_t got = m_bytes->read(m_raw.data() + before, size);
  m_raw.resize(before + got);
  if (got == 0) m_ended = true;
  return got > 0;
}

void TextDecoder::begin() {
  m_begun = true;
  while (m_raw.size() < 4096 && read_block(block_bytes)) continue;
  auto starts_with = [&](std::string_view mark) { return m_raw.compare(0, mark.size(), mark) == 0; };
  if (starts_with("\xEF\xBB\xBF")) {
    m_raw.erase(0, 3);
    if (m_charset == Charset::detect) m_charset = Charset::utf8;
  } else if (starts_with("\xFF\xFE")) {
    m_raw.erase(0, 2);
    m_charset = Charset::utf16le;
  } else if (starts_with("\xFE\xFF")) {
    m_raw.erase(0, 2);
    m_charset = Charset::utf16be;
  } else if (m_charset == Charset::detect) {
    m_charset = guess_utf16(std::string_view(m_raw).substr(0, 4096));
  }
}

// Everything before was ASCII, the same in both character sets.
void TextDecoder::decide() {
  if (m_charset == Charset::detect && !is_ascii(m_raw)) {
    while (m_raw.size() < evidence_bytes && read_block(block_bytes)) continue;
    m_charset = guess_charset(m_raw);
  }
  if (m_charset == Charset::detect || m_charset == Charset::utf8 || m_iconv != nullptr) return;
  const char* from = m_charset == Charset::gb18030   ? "GB18030"
                     : m_charset == Charset::utf16le ? "UTF-16LE"
                                                     : "UTF-16BE";
  const iconv_t opened = iconv_open("UTF-8", from);
  if (opened == reinterpret_cast<iconv_t>(-1))
    throw Error(ErrorCode::unavailable, std::string("This system cannot decode ") + from +
                                            ". Install the package libc-bin with its gconv modules.");
  m_iconv = opened;
}

bool TextDecoder::fill(std::string& out) {
  if (!m_begun) begin();
  while (true) {
    if (m_raw.empty() && m_ended) return false;
    decide();
    const std::size_t before = out.size();
    if (m_iconv == nullptr)
      append_utf8(out);
    else
      append_converted(out);
    if (out.size() > before) {
      if (!m_ended && m_raw.size() < block_bytes) read_block(block_bytes);
      return true;
    }
    if (!m_ended) read_block(block_bytes);
  }
}

void TextDecoder::append_utf8(std::string& out) {
  const std::string_view whole = std::string_view(m_raw).substr(0, m_ended ? m_raw.size() : whole_utf8(m_raw));
  if (std::memchr(whole.data(), 0, whole.size()) == nullptr && simdjson::validate_utf8(whole.data(), whole.size())) {
    out.append(whole);
  } else {
    for (std::size_t pos = 0; pos < whole.size();) {
      const std::size_t before = pos;
      const char32_t c = utf8::next(whole, pos);
      if (c == 0 || (c == utf8::replacement && pos - before == 1)) {
        ++m_bad_bytes;
        out.append(replacement_text);
      } else {
        out.append(whole.substr(before, pos - before));
      }
    }
  }
  m_raw.erase(0, whole.size());
}

void TextDecoder::append_converted(std::string& out) {
  char* in = m_raw.data();
  std::size_t in_left = m_raw.size();
  std::array<char, std::size_t{32} << 10> piece;
  while (in_left > 0) {
    char* to = piece.data();
    std::size_t to_left = piece.size();
    const std::size_t result = iconv(m_iconv, &in, &in_left, &to, &to_left);
    const int problem = result == static_cast<std::size_t>(-1) ? errno : 0;
    append_without_nul(out, std::string_view(piece.data(), piece.size() - to_left));
    if (problem == EINVAL && !m_ended) break;
    if (problem == EILSEQ || problem == EINVAL) {
      const std::size_t skip = std::min<std::size_t>(in_left, m_charset == Charset::gb18030 ? 1 : 2);
      m_bad_bytes += skip;
      out.append(replacement_text);
      in += skip;
      in_left -= skip;
    }
  }
  m_raw.erase(0, m_raw.size() - in_left);
}

void TextDecoder::append_without_nul(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const auto* nul = static_cast<const char*>(std::memchr(text.data(), 0, text.size()));
    const std::size_t plain = nul == nullptr ? text.size() : static_cast<std::size_t>(nul - text.data());
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (nul == nullptr) return;
    ++m_bad_bytes;
    out.append(replacement_text);
    text.remove_prefix(1);
  }
}

}  // namespace menpai::intake
