// SPDX-License-Identifier: Apache-2.0
#include "address/library/text_column.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "address/library/number_runs.hpp"
#include "base/error.hpp"

namespace menpai::address {
namespace {

// Column: u64 count, u32 start of each block and of the end (from the column's start, in words of four bytes), blocks,
// 16 zero bytes so that 64 bits can always be read.
// Block: u8 form, u8 prefix length, prefix, then by form:
//   same     nothing
//   numbers  number_runs.hpp
//   uuids    16 bytes each
//   texts    u16 ends, text
enum class Form : std::uint8_t { same, numbers, uuids, texts };

constexpr std::size_t max_prefix = 255;
constexpr std::size_t word = 4;
constexpr std::size_t padding = 16;
constexpr std::size_t max_text = 1000;  // 64 of them stay below 65,536
constexpr std::array<std::size_t, 4> uuid_hyphens = {8, 13, 18, 23};

template <class T>
void put(std::vector<std::byte>& out, T value) {
  const auto* p = reinterpret_cast<const std::byte*>(&value);
  out.insert(out.end(), p, p + sizeof value);
}

template <class T>
std::optional<T> take(std::span<const std::byte> bytes, std::size_t at) {
  if (at > bytes.size() || bytes.size() - at < sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<std::array<std::uint8_t, 16>> parse_lower_uuid(std::string_view s) {
  if (s.size() != 36) return std::nullopt;
  std::array<std::uint8_t, 16> out{};
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (std::find(uuid_hyphens.begin(), uuid_hyphens.end(), i) != uuid_hyphens.end()) {
      if (s[i] != '-') return std::nullopt;
      continue;
    }
    const int v = hex_value(s[i]);
    if (v < 0) return std::nullopt;
    out[nibble / 2] = static_cast<std::uint8_t>(out[nibble / 2] << 4 | v);
    ++nibble;
  }
  return out;
}

void append_uuid(std::span<const std::byte> bytes, std::string& out) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<char, 36> text;
  char* at = text.data();
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *at++ = '-';
    const auto b = std::to_integer<unsigned>(bytes[i]);
    *at++ = digits[b >> 4];
    *at++ = digits[b & 15];
  }
  out.append(text.data(), text.size());
}

std::size_t common_prefix(std::span<const std::string_view> block) {
  std::size_t n = std::min(block.front().size(), max_prefix);
  for (const std::string_view v : block) {
    n = std::min(n, v.size());
    n = static_cast<std::size_t>(
        std::mismatch(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(n), block.front().begin()).first - v.begin());
  }
  return n;
}

void pack_block(std::span<const std::string_view> block, std::vector<std::byte>& out) {
  std::vector<std::string_view> cut;
  for (const std::string_view v : block) cut.push_back(v.substr(0, max_text));
  const std::size_t prefix = common_prefix(cut);
  const auto head = [&](Form form, std::size_t length) {
    out.push_back(static_cast<std::byte>(form));
    out.push_back(static_cast<std::byte>(length));
    const auto* p = reinterpret_cast<const std::byte*>(cut.front().data());
    out.insert(out.end(), p, p + length);
  };
  if (std::all_of(cut.begin(), cut.end(), [&](const std::string_view v) { return v.size() == prefix; })) {
    return head(Form::same, prefix);
  }
  // Digits that all values share belong to the number, or a block could not count past them.
  std::size_t text_prefix = prefix;
  while (text_prefix > 0 && cut.front()[text_prefix - 1] >= '0' && cut.front()[text_prefix - 1] <= '9') --text_prefix;
  std::vector<std::string_view> digits;
  for (const std::string_view v : cut) digits.push_back(v.substr(text_prefix));
  std::vector<std::byte> numbers;
  if (pack_number_runs(digits, numbers)) {
    head(Form::numbers, text_prefix);
    out.insert(out.end(), numbers.begin(), numbers.end());
    return;
  }
  if (std::all_of(cut.begin(), cut.end(), [](const std::string_view v) { return parse_lower_uuid(v).has_value(); })) {
    head(Form::uuids, 0);
    for (const std::string_view v : cut) put(out, *parse_lower_uuid(v));
    return;
  }
  head(Form::texts, prefix);
  std::size_t end = 0;
  for (const std::string_view v : cut) put(out, static_cast<std::uint16_t>(end += v.size() - prefix));
  for (const std::string_view v : cut) {
    const auto* p = reinterpret_cast<const std::byte*>(v.data());
    out.insert(out.end(), p + prefix, p + v.size());
  }
}

void append_text(std::span<const std::byte> body, std::size_t index, std::size_t count, std::string& out) {
  const auto begin = index == 0 ? std::uint16_t{0} : take<std::uint16_t>(body, 2 * (index - 1));
  const auto end = take<std::uint16_t>(body, 2 * index);
  if (!begin || !end || *begin > *end || 2 * count + *end > body.size()) return;
  const auto* p = reinterpret_cast<const char*>(body.data()) + 2 * count;
  out.append(p + *begin, p + *end);
}

}  // namespace

std::vector<std::byte> pack_text_column(std::span<const std::string_view> values) {
  const std::size_t blocks = (values.size() + TextColumn::block_size - 1) / TextColumn::block_size;
  std::vector<std::byte> out;
  put(out, static_cast<std::uint64_t>(values.size()));
  out.resize(out.size() + (blocks + 1) * sizeof(std::uint32_t));
  const auto note = [&](std::size_t block) {
    out.resize((out.size() + word - 1) / word * word);
    MENPAI_ASSERT(out.size() / word <= 0xFFFFFFFF, "a column of texts has at most 16 GB");
    const auto start = static_cast<std::uint32_t>(out.size() / word);
    std::memcpy(out.data() + sizeof(std::uint64_t) + block * sizeof start, &start, sizeof start);
  };
  for (std::size_t b = 0; b < blocks; ++b) {
    note(b);
    const std::size_t first = b * TextColumn::block_size;
    pack_block(values.subspan(first, std::min(TextColumn::block_size, values.size() - first)), out);
  }
  note(blocks);
  out.resize(out.size() + padding);
  return out;
}

TextColumn::TextColumn(const CheckedBytes& bytes) : m_bytes(bytes) {
  const auto size = take<std::uint64_t>(bytes.part(0, sizeof(std::uint64_t)), 0);
  if (size && *size / block_size < bytes.bytes.size() / sizeof(std::uint32_t)) m_size = *size;
}

void TextColumn::append(std::size_t index, std::string& out) const {
  if (index >= m_size) return;
  const std::size_t block = index / block_size;
  const auto bounds = take<std::uint64_t>(
      m_bytes.part(sizeof(std::uint64_t) + block * sizeof(std::uint32_t), sizeof(std::uint64_t)), 0);
  if (!bounds) return;
  const std::size_t start = (*bounds & 0xFFFFFFFF) * word;
  const std::size_t end = (*bounds >> 32) * word;
  if (start > end || end - start < 2 || m_bytes.bytes.size() < padding || end > m_bytes.bytes.size() - padding) return;
  const std::span<const std::byte> padded = m_bytes.part(start, end - start + padding);
  const std::span<const std::byte> bytes = padded.first(end - start);
  const auto form = static_cast<Form>(bytes[0]);
  const auto prefix = std::to_integer<std::size_t>(bytes[1]);
  if (prefix > bytes.size() - 2) return;
  out.append(reinterpret_cast<const char*>(bytes.data()) + 2, prefix);
  const std::span<const std::byte> body = bytes.subspan(2 + prefix);
  const std::size_t within = index % block_size;
  switch (form) {
    case Form::same:
      return;
    case Form::numbers:
      return append_number_run(padded.subspan(2 + prefix), within, out);
    case Form::uuids:
      if (body.size() / 16 > within) append_uuid(body.subspan(16 * within, 16), out);
      return;
    case Form::texts:
      return append_text(body, within, std::min(block_size, m_size - block * block_size), out);
  }
}

std::string TextColumn::get(std::size_t index) const {
  std::string out;
  append(index, out);
  return out;
}

}  // namespace menpai::address
