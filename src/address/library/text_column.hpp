// SPDX-License-Identifier: Apache-2.0
// A column of short texts (ids, codes), packed so that runs of like values cost a few bits each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "address/library/checked_array.hpp"

namespace menpai::address {

/// Packs `values` in blocks of 64. A block keeps its common prefix once and then nothing (all equal), numbers as runs
/// that count up (see number_runs.hpp), UUIDs in lower case as 16 bytes, or plain text. Codes that count up cost about
/// a byte each, right check digits nothing. A value is cut at 1,000 bytes.
std::vector<std::byte> pack_text_column(std::span<const std::string_view> values);

/// Reads a packed column in place. Every reference is checked: damaged bytes that are not verified give wrong or empty
/// texts, never a crash.
class TextColumn {
 public:
  static constexpr std::size_t block_size = 64;

  TextColumn() = default;
  /// An empty span is a column of no values.
  explicit TextColumn(std::span<const std::byte> bytes) : TextColumn(CheckedBytes{bytes, nullptr}) {}
  explicit TextColumn(const CheckedBytes& bytes);

  std::size_t size() const { return m_size; }
  /// Appends value `index` to `out`; nothing if there is no such value. Constant time.
  void append(std::size_t index, std::string& out) const;
  std::string get(std::size_t index) const;

 private:
  CheckedBytes m_bytes;
  std::size_t m_size = 0;
};

}  // namespace menpai::address
