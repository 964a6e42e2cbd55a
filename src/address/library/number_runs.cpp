// SPDX-License-Identifier: Apache-2.0
#include "address/library/number_runs.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/check_digit.hpp"

namespace menpai::address {
namespace {

// Block: u8 flags and number of lengths (upper half), u8 bits of a head, u8 bits of a tail, u8 a length, u64 starts of
// runs (bit i: value i begins one), u64 least head, u64 least tail where flagged, then a record a run: length index,
// head, tail.
constexpr unsigned checked_flag = 1;
constexpr unsigned tail_flag = 2;
constexpr std::size_t head_digits = 18;
constexpr std::size_t lengths_max = 4;

struct Parts {
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  std::uint8_t digits = 0;
  bool follows(const Parts& before) const {
    if (digits != before.digits || digits == 0) return digits == before.digits;
    return digits <= head_digits ? head == before.head + 1 : head == before.head && tail == before.tail + 1;
  }
};

std::optional<Parts> split(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() > run_digits_max || !std::all_of(text.begin(), text.end(), is_digit)) {
    return std::nullopt;
  }
  Parts parts{.digits = static_cast<std::uint8_t>(text.size())};
  const std::size_t cut = std::min(text.size(), head_digits);
  std::from_chars(text.data(), text.data() + cut, parts.head);
  if (cut < text.size()) std::from_chars(text.data() + cut, text.data() + text.size(), parts.tail);
  return parts;
}

bool ends_in_check_digit(std::string_view text) {
  return text.size() >= 2 && check_digit(text.substr(0, text.size() - 1)) == text.back();
}

std::uint64_t load(std::span<const std::byte> bytes, std::size_t at) {
  std::uint64_t value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

constexpr auto two_digits = [] {
  std::array<char, 200> table{};
  for (std::size_t i = 0; i < 100; ++i) {
    table[2 * i] = static_cast<char>('0' + i / 10);
    table[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return table;
}();

/// Writes the last `digits` digits of `value`, zeros before it.
void write_digits(char* at, std::size_t digits, std::uint64_t value) {
  for (; digits >= 2; digits -= 2, value /= 100) std::memcpy(at + digits - 2, &two_digits[value % 100 * 2], 2);
  if (digits == 1) *at = static_cast<char>('0' + value % 10);
}

struct Block {
  std::vector<Parts> runs;
  std::vector<std::uint8_t> lengths;
  std::uint64_t starts = 0;
};

std::optional<Block> make_block(std::span<const std::string_view> values, bool checked) {
  Block block;
  Parts before;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto parts = split(values[i].substr(0, values[i].size() - (checked && !values[i].empty() ? 1 : 0)));
    if (!parts) return std::nullopt;
    if (i == 0 || !parts->follows(before)) {
      block.starts |= std::uint64_t{1} << i;
      block.runs.push_back(*parts);
      if (std::find(block.lengths.begin(), block.lengths.end(), parts->digits) == block.lengths.end()) {
        block.lengths.push_back(parts->digits);
      }
    }
    before = *parts;
  }
  if (block.lengths.size() > lengths_max) return std::nullopt;
  return block;
}

unsigned length_bits(std::size_t lengths) {
  return lengths > 2 ? 2 : static_cast<unsigned>(lengths) - 1;
}

void put64(std::vector<std::byte>& out, std::uint64_t value) {
  const auto* p = reinterpret_cast<const std::byte*>(&value);
  out.insert(out.end(), p, p + sizeof value);
}

}  // namespace

std::uint64_t read_bits(std::span<const std::byte> bytes, std::size_t at, unsigned n) {
  const std::size_t byte = at / 8;
  const unsigned shift = at % 8;
  if (n == 0 || n > 64 || byte > bytes.size() || bytes.size() - byte < 9) return 0;
  std::uint64_t value = load(bytes, byte) >> shift;
  if (shift + n > 64) value |= std::to_integer<std::uint64_t>(bytes[byte + 8]) << (64 - shift);
  return n == 64 ? value : value & ((std::uint64_t{1} << n) - 1);
}

void write_bits(std::span<std::byte> bytes, std::size_t at, unsigned n, std::uint64_t value) {
  if (n == 0) return;
  const std::size_t byte = at / 8;
  const unsigned shift = at % 8;
  const std::uint64_t word = load(bytes, byte) | value << shift;
  std::memcpy(bytes.data() + byte, &word, sizeof word);
  if (shift + n > 64) bytes[byte + 8] |= static_cast<std::byte>(value >> (64 - shift));
}

bool pack_number_runs(std::span<const std::string_view> values, std::vector<std::byte>& out) {
  const bool checked = std::all_of(values.begin(), values.end(),
                                   [](std::string_view v) { return split(v).has_value() && ends_in_check_digit(v); });
  const std::optional<Block> block = make_block(values, checked);
  if (!block) return false;
  const auto least = [&](std::uint64_t Parts::*part) {
    std::uint64_t value = ~std::uint64_t{0};
    for (const Parts& run : block->runs) {
      if (run.digits > 0) value = std::min(value, run.*part);
    }
    return value == ~std::uint64_t{0} ? 0 : value;
  };
  const auto width = [&](std::uint64_t Parts::*part, std::uint64_t base) {
    std::uint64_t bits = 0;
    for (const Parts& run : block->runs) {
      if (run.digits > 0) bits |= run.*part - base;
    }
    return static_cast<unsigned>(std::bit_width(bits));
  };
  const std::uint64_t head_base = least(&Parts::head);
  std::uint64_t tail_base = least(&Parts::tail);
  const unsigned saved = width(&Parts::tail, 0) - width(&Parts::tail, tail_base);
  if (saved * block->runs.size() <= 64) tail_base = 0;
  const unsigned head_bits = width(&Parts::head, head_base);
  const unsigned tail_bits = width(&Parts::tail, tail_base);
  const unsigned flags = (checked ? checked_flag : 0) | (tail_base != 0 ? tail_flag : 0);
  out.push_back(static_cast<std::byte>(flags | block->lengths.size() << 4));
  out.push_back(static_cast<std::byte>(head_bits));
  out.push_back(static_cast<std::byte>(tail_bits));
  for (const std::uint8_t length : block->lengths) out.push_back(static_cast<std::byte>(length));
  put64(out, block->starts);
  put64(out, head_base);
  if (tail_base != 0) put64(out, tail_base);
  const unsigned class_bits = length_bits(block->lengths.size());
  const std::size_t first = out.size();
  const std::size_t record = class_bits + head_bits + tail_bits;
  out.resize(first + (record * block->runs.size() + 7) / 8 + 9);
  std::size_t at = 8 * first;
  for (const Parts& run : block->runs) {
    const auto length = std::find(block->lengths.begin(), block->lengths.end(), run.digits) - block->lengths.begin();
    write_bits(out, at, class_bits, static_cast<std::uint64_t>(length));
    write_bits(out, at + class_bits, head_bits, run.digits == 0 ? 0 : run.head - head_base);
    write_bits(out, at + class_bits + head_bits, tail_bits, run.digits == 0 ? 0 : run.tail - tail_base);
    at += record;
  }
  out.resize(out.size() - 9);
  return true;
}

void append_number_run(std::span<const std::byte> body, std::size_t index, std::string& out) {
  if (body.size() < 3 || index >= 64) return;
  const auto flags = std::to_integer<unsigned>(body[0]);
  const std::size_t lengths = flags >> 4;
  const auto head_bits = std::to_integer<unsigned>(body[1]);
  const auto tail_bits = std::to_integer<unsigned>(body[2]);
  const std::size_t fixed = 3 + lengths + ((flags & tail_flag) != 0 ? 24 : 16);
  if (lengths < 1 || lengths > lengths_max || head_bits > 64 || tail_bits > 64 || body.size() < fixed) return;
  const std::uint64_t below = load(body, 3 + lengths) & (~std::uint64_t{0} >> (63 - index));
  if (below == 0) return;
  const auto run = static_cast<std::size_t>(std::popcount(below)) - 1;
  const std::uint64_t within = index - (static_cast<std::size_t>(std::bit_width(below)) - 1);
  const unsigned class_bits = length_bits(lengths);
  const std::size_t at = 8 * fixed + run * (class_bits + head_bits + tail_bits);
  const std::size_t which = read_bits(body, at, class_bits);
  if (which >= lengths) return;
  std::uint64_t head = load(body, 3 + lengths + 8) + read_bits(body, at + class_bits, head_bits);
  std::uint64_t tail = read_bits(body, at + class_bits + head_bits, tail_bits);
  if ((flags & tail_flag) != 0) tail += load(body, 3 + lengths + 16);
  const std::size_t digits = std::min<std::size_t>(std::to_integer<std::size_t>(body[3 + which]), run_digits_max);
  const std::size_t cut = std::min(digits, head_digits);
  (digits > cut ? tail : head) += within;
  std::array<char, run_digits_max + 1> text{};
  write_digits(text.data(), cut, head);
  write_digits(text.data() + cut, digits - cut, tail);
  std::size_t length = digits;
  if ((flags & checked_flag) != 0 && digits > 0) {
    text[length] = check_digit({text.data(), digits});
    ++length;
  }
  out.append(text.data(), length);
}

}  // namespace menpai::address
