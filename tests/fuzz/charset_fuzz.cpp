// SPDX-License-Identifier: Apache-2.0
// Any bytes in any character set: what comes out is UTF-8 without zeros, in blocks of any size the same.
#include <cstddef>
#include <cstdint>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "intake/charset.hpp"

using namespace menpai;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto charset = static_cast<intake::Charset>(data[0] % 5);
  std::string text;
  intake::TextDecoder decoder(intake::bytes_of(bytes), charset);
  while (decoder.fill(text)) {
  }
  MENPAI_ASSERT(utf8::valid(text), "what is decoded is text");
  MENPAI_ASSERT(text.find('\0') == std::string::npos, "no zero is let through");
  intake::guess_charset(bytes);
  return 0;
}
