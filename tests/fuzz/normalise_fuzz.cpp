// SPDX-License-Identifier: Apache-2.0
// Any bytes as text: the normalised form keeps its way back to the original.
#include <cstddef>
#include <cstdint>

#include "address/text/normalise.hpp"
#include "address/text/pinyin_keys.hpp"
#include "base/error.hpp"

using namespace menpai;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static address::NormalText normal;
  static std::u32string folded, key;
  static address::PinyinKeys spellings;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  address::normalise(text, normal);
  MENPAI_ASSERT(normal.origin.size() == normal.chars.size() + 1, "an origin for every character and the end");
  MENPAI_ASSERT(normal.byte_at.size() == std::size_t{normal.length} + 1, "a byte for every code point and the end");
  MENPAI_ASSERT(normal.byte_at.back() <= text.size(), "no byte beyond the text");
  for (std::size_t i = 0; i < normal.chars.size(); ++i) {
    MENPAI_ASSERT(normal.origin[i] < normal.origin[i + 1], "the way back goes on");
    MENPAI_ASSERT(normal.chars[i] != 0, "no character is zero");
  }
  std::uint32_t end = 0;
  for (const address::Removed& removed : normal.removed) {
    MENPAI_ASSERT(removed.start >= end && removed.start < removed.end && removed.end <= normal.length,
                  "removed stretches");
    end = removed.end;
  }
  address::fold_text(text, folded);
  key.clear();
  address::append_name_key(folded, key);
  address::make_pinyin_keys(folded, spellings);
  MENPAI_ASSERT(spellings.full.size() <= 8, "at most eight spellings");
  return 0;
}
