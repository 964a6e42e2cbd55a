// SPDX-License-Identifier: Apache-2.0
#include "address/text_column.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <limits>
#include <optional>

namespace menpai::address {
namespace {

// Column: u64 count, u64 start of each block and of the end (from the column's start), blocks.
// Block: u8 form, u8 prefix length, prefix, then by form:
//   same     nothing
//   numbers  u8 digits, u8 bits, u64 least, packed differences, then 8 zero bytes so that 64 bits can always be read
//   uuids    16 bytes each
//   texts    u16 ends, text
enum class Form : std::uint8_t { same, numbers, uuids, texts };

constexpr std::size_t max_prefix = 255;
constexpr std::size_t max_digits = 18;
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

bool all_digits(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
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
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    const auto b = std::to_integer<unsigned>(bytes[i]);
    out += digits[b >> 4];
    out += digits[b & 15];
  }
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

bool pack_numbers(std::span<const std::string_view> block, std::size_t prefix, std::vector<std::byte>& out) {
  const std::size_t digits = block.front().size() - prefix;
  if (digits == 0 || digits > max_digits) return false;
  std::vector<std::uint64_t> numbers;
  for (const std::string_view v : block) {
    if (v.size() - prefix != digits || !all_digits(v.substr(prefix))) return false;
    std::uint64_t number = 0;
    std::from_chars(v.data() + prefix, v.data() + v.size(), number);
    numbers.push_back(number);
  }
  const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  const auto bits = static_cast<std::size_t>(std::bit_width(*most - *least));
  if (bits > 56) return false;
  out.push_back(static_cast<std::byte>(digits));
  out.push_back(static_cast<std::byte>(bits));
  put(out, *least);
  const std::size_t start = out.size();
  out.resize(start + (numbers.size() * bits + 7) / 8 + 8);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    std::byte* const p = out.data() + start + i * bits / 8;
    std::uint64_t word;
    std::memcpy(&word, p, sizeof word);
    word |= (numbers[i] - *least) << (i * bits % 8);
    std::memcpy(p, &word, sizeof word);
  }
  return true;
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
  while (text_prefix > 0 && cut.front()[text_prefix - 1] >= '0' && cut.front()[text_prefix - 1] <= '9' &&
         cut.front().size() - text_prefix < max_digits) {
    --text_prefix;
  }
  std::vector<std::byte> numbers;
  if (pack_numbers(cut, text_prefix, numbers)) {
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

void append_number(std::span<const std::byte> body, std::size_t index, std::string& out) {
  const auto least = take<std::uint64_t>(body, 2);
  if (!least) return;
  const auto digits = std::to_integer<std::size_t>(body[0]);
  const auto bits = std::to_integer<std::size_t>(body[1]);
  const auto word = take<std::uint64_t>(body, 10 + index * bits / 8);
  if (!word || bits > 56 || digits > max_digits) return;
  const std::uint64_t value = *least + (*word >> (index * bits % 8) & ((std::uint64_t{1} << bits) - 1));
  const std::string text = std::to_string(value);
  if (text.size() < digits) out.append(digits - text.size(), '0');
  out += text;
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
  out.resize(out.size() + (blocks + 1) * sizeof(std::uint64_t));
  const auto note = [&](std::size_t block) {
    const auto start = static_cast<std::uint64_t>(out.size());
    std::memcpy(out.data() + (1 + block) * sizeof start, &start, sizeof start);
  };
  for (std::size_t b = 0; b < blocks; ++b) {
    note(b);
    const std::size_t first = b * TextColumn::block_size;
    pack_block(values.subspan(first, std::min(TextColumn::block_size, values.size() - first)), out);
  }
  note(blocks);
  return out;
}

TextColumn::TextColumn(std::span<const std::byte> bytes) : m_bytes(bytes) {
  const auto size = take<std::uint64_t>(bytes, 0);
  if (size && *size / block_size < bytes.size() / sizeof(std::uint64_t)) m_size = *size;
}

void TextColumn::append(std::size_t index, std::string& out) const {
  if (index >= m_size) return;
  const std::size_t block = index / block_size;
  const auto start = take<std::uint64_t>(m_bytes, (1 + block) * sizeof(std::uint64_t));
  const auto end = take<std::uint64_t>(m_bytes, (2 + block) * sizeof(std::uint64_t));
  if (!start || !end || *start > *end || *end > m_bytes.size() || *end - *start < 2) return;
  const std::span<const std::byte> bytes = m_bytes.subspan(*start, *end - *start);
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
      return append_number(body, within, out);
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
