// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"

namespace menpai::utf8 {
namespace {

/// Decodes at `pos`; `ok` says whether the sequence was well-formed.
char32_t decode_one(std::string_view text, std::size_t& pos, bool& ok) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  ok = true;
  const unsigned char lead = byte(pos);
  if (lead < 0x80) {
    ++pos;
    return lead;
  }
  std::size_t count = 0;
  char32_t c = 0;
  char32_t least = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    count = 1, c = lead & 0x1Fu, least = 0x80;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    count = 2, c = lead & 0x0Fu, least = 0x800;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    count = 3, c = lead & 0x07u, least = 0x10000;
  }
  if (count == 0 || pos + count >= text.size()) {
    ok = false;
    ++pos;
    return replacement;
  }
  for (std::size_t i = 1; i <= count; ++i) {
    if ((byte(pos + i) & 0xC0) != 0x80) {
      ok = false;
      ++pos;
      return replacement;
    }
    c = (c << 6) | (byte(pos + i) & 0x3Fu);
  }
  if (c < least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
    ok = false;
    ++pos;
    return replacement;
  }
  pos += count + 1;
  return c;
}

}  // namespace

char32_t next(std::string_view text, std::size_t& pos) {
  bool ok;
  return decode_one(text, pos, ok);
}

void append(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::u32string decode(std::string_view text) {
  std::u32string out;
  out.reserve(text.size() / 2);
  for (std::size_t pos = 0; pos < text.size();) out += next(text, pos);
  return out;
}

std::string encode(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (const char32_t c : text) append(out, c);
  return out;
}

bool valid(std::string_view text) {
  bool ok = true;
  for (std::size_t pos = 0; pos < text.size() && ok;) decode_one(text, pos, ok);
  return ok;
}

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t pos = 0; pos < text.size(); ++count) next(text, pos);
  return count;
}

}  // namespace menpai::utf8
