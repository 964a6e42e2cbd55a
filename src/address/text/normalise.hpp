// SPDX-License-Identifier: Apache-2.0
// Text as typed → one comparable form, code point by code point, with the way back to the original.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace menpai::address {

/// The most code points of a text that are read; what lies behind is residue.
inline constexpr std::uint32_t text_length_max = 4096;

/// Why a stretch of the original is not in the normalised text.
enum class RemovedKind : std::uint8_t {
  phone,    ///< a telephone number, with the words around it
  person,   ///< the name of a recipient with 先生, 女士 …
  courier,  ///< instructions to a courier: 到了打电话, 电联, 自取
  note,     ///< a remark in brackets that is not part of the address: (茶山镇附近)
  filler,   ///< words without content: null, 其它区
};
/// "phone", "person" …
std::string_view removed_kind_name(RemovedKind kind);

/// A removed stretch, in code points of the original.
struct Removed {
  RemovedKind kind = RemovedKind::filler;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  bool operator==(const Removed&) const = default;
};

/// A text made comparable. Used again for the next text it keeps its memory.
struct NormalText {
  /// Half width, simplified, upper case Latin, one kind of dash, no spaces but one ' ' where two words stood apart.
  std::u32string chars;
  /// origin[i]: the code point of the original that chars[i] stands for; one entry more than chars, the number of code
  /// points read. Strictly increasing.
  std::vector<std::uint32_t> origin;
  /// byte_at[i]: where code point i of the original begins in its bytes; one entry more than code points read.
  std::vector<std::uint32_t> byte_at;
  std::vector<Removed> removed;  ///< ordered, not overlapping
  std::uint32_t length = 0;      ///< code points of the original that were read
  bool well_formed = true;       ///< the code points read are well-formed UTF-8, none of them U+FFFD
  bool truncated = false;        ///< the original is longer than text_length_max

  /// The original's bytes of the code points [start, end).
  std::string_view original(std::string_view text, std::uint32_t start, std::uint32_t end) const {
    return text.substr(byte_at[start], byte_at[end] - byte_at[start]);
  }
};

/// The form of one code point in every normalised text; 0 if it is dropped. Table look-up.
char32_t fold(char32_t c);

/// Normalises `text` (UTF-8 of any content; ill-formed bytes become U+FFFD). Linear; no allocation once `out` is warm.
void normalise(std::string_view text, NormalText& out);

/// Folds every code point and nothing else (no removal), as names are folded before they are stored in an index.
std::u32string fold_text(std::string_view text);
void fold_text(std::string_view text, std::u32string& out);

/// Appends the form in which two spellings of one name are equal: Chinese numerals become Arabic digits (二马路 and
/// 2马路; 第十五大街 and 第15大街), separators go. `name` is already folded. For look-up only, never for showing.
void append_name_key(std::u32string_view name, std::u32string& out);

}  // namespace menpai::address
