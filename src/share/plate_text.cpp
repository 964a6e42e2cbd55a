// SPDX-License-Identifier: Apache-2.0
#include "share/plate_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/error.hpp"

namespace menpai::share {
namespace {

constexpr std::size_t code_max = 32;
constexpr std::size_t base_max = 80;
constexpr std::size_t copy_digits = 3;
constexpr std::size_t key_digits = 4;
constexpr std::size_t signature_digits = 155;  // 2^512 < 10^155
constexpr std::string_view domain = "menpai plate 1\n";
constexpr std::string_view scheme = "HTTPS://";
constexpr std::string_view tail = "/P/";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

std::string padded(int number, std::size_t digits) {
  std::string text = std::to_string(number);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

/// Schoolbook, base 10^9 in words of 32 bits: 64 bytes are 16 words.
std::string decimal_of(std::string_view bytes) {
  std::vector<std::uint32_t> words;
  for (std::size_t i = 0; i < bytes.size(); i += 4) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 4; ++k) word = word << 8 | static_cast<unsigned char>(bytes[i + k]);
    words.push_back(word);
  }
  std::string text(signature_digits, '0');
  for (std::size_t at = signature_digits; at > 0; --at) {
    std::uint64_t rest = 0;
    for (std::uint32_t& word : words) {
      const std::uint64_t value = rest << 32 | word;
      word = static_cast<std::uint32_t>(value / 10);
      rest = value % 10;
    }
    text[at - 1] = static_cast<char>('0' + rest);
  }
  return text;
}

/// Nothing for a number that does not fit 64 bytes.
std::optional<std::string> bytes_of(std::string_view decimal) {
  std::array<std::uint32_t, access::signature_bytes / 4> words{};
  for (const char c : decimal) {
    auto carry = static_cast<std::uint64_t>(c - '0');
    for (std::size_t i = words.size(); i > 0; --i) {
      const std::uint64_t value = std::uint64_t{words[i - 1]} * 10 + carry;
      words[i - 1] = static_cast<std::uint32_t>(value);
      carry = value >> 32;
    }
    if (carry != 0) return std::nullopt;
  }
  std::string bytes;
  for (const std::uint32_t word : words) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(word >> shift & 255);
  }
  return bytes;
}

/// Host and maybe a port, in capitals or not.
bool is_authority(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string_view host = text.substr(0, colon);
  if (host.empty() || host.front() == '.' || host.back() == '.' || host.front() == '-') return false;
  const bool is_host = std::all_of(host.begin(), host.end(), [](char c) {
    return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z') || c == '.' || c == '-';
  });
  if (!is_host || host.find("..") != std::string_view::npos) return false;
  if (colon == text.size()) return true;
  const std::string_view port = text.substr(colon + 1);
  return !port.empty() && port.size() <= 5 && port.front() != '0' && std::all_of(port.begin(), port.end(), is_digit);
}

bool is_base(std::string_view base) {
  if (base.size() > base_max || !base.starts_with(scheme) || !base.ends_with(tail)) return false;
  if (base.size() < scheme.size() + tail.size()) return false;
  const std::string_view authority = base.substr(scheme.size(), base.size() - scheme.size() - tail.size());
  return is_authority(authority) &&
         std::none_of(authority.begin(), authority.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::string PlateText::signed_text() const {
  return std::string(domain) + base + code + "/" + padded(copy, copy_digits) + padded(key_id, key_digits);
}

std::string PlateText::path() const {
  return std::string(tail) + code + "/" + padded(copy, copy_digits) + padded(key_id, key_digits) +
         decimal_of(signature);
}

std::string PlateText::text() const {
  return base.substr(0, base.size() - tail.size()) + path();
}

std::string plate_base(std::string_view url) {
  if (url.ends_with('/')) url.remove_suffix(1);
  std::string base(url);
  for (char& c : base) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  base += tail;
  if (!is_base(base)) {
    throw Error(ErrorCode::bad_request,
                "The address of plates must be https:// and a host name, for example https://mp.example.gov.cn.");
  }
  return base;
}

bool is_plate_code(std::string_view code) {
  return !code.empty() && code.size() <= code_max &&
         std::all_of(code.begin(), code.end(), [](char c) { return is_digit(c) || is_capital(c); });
}

PlateText make_plate_text(std::string_view base, std::string_view code, int copy, int key_id,
                          const access::SigningKey& key) {
  if (!is_base(base)) throw Error(ErrorCode::bad_request, "The address of plates is not set.");
  if (!is_plate_code(code)) {
    throw Error(ErrorCode::bad_request, "A plate's code has 1 to 32 capitals and digits; this one has not: " +
                                            std::string(code.substr(0, code_max)) + ".");
  }
  if (copy < 1 || copy > plate_copy_max || key_id < 1 || key_id > plate_key_max) {
    throw Error(ErrorCode::bad_request, "There are at most 999 plates of one code and 9999 keys.");
  }
  PlateText text{std::string(base), std::string(code), copy, key_id, {}};
  text.signature = access::sign(key, text.signed_text());
  return text;
}

std::optional<PlateText> parse_plate_text(std::string_view text) {
  constexpr std::size_t number_digits = copy_digits + key_digits + signature_digits;
  if (text.size() > base_max + code_max + 1 + number_digits) return std::nullopt;
  const std::size_t begin = text.find(tail, scheme.size());
  if (begin == std::string_view::npos) return std::nullopt;
  PlateText read;
  read.base = text.substr(0, begin + tail.size());
  if (!is_base(read.base)) return std::nullopt;
  std::string_view rest = text.substr(read.base.size());
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos || !is_plate_code(rest.substr(0, slash))) return std::nullopt;
  read.code = rest.substr(0, slash);
  rest.remove_prefix(slash + 1);
  if (rest.size() != number_digits || !std::all_of(rest.begin(), rest.end(), is_digit)) return std::nullopt;
  for (const char c : rest.substr(0, copy_digits)) read.copy = read.copy * 10 + (c - '0');
  for (const char c : rest.substr(copy_digits, key_digits)) read.key_id = read.key_id * 10 + (c - '0');
  std::optional<std::string> signature = bytes_of(rest.substr(copy_digits + key_digits));
  if (read.copy == 0 || read.key_id == 0 || !signature) return std::nullopt;
  read.signature = std::move(*signature);
  return read;
}

std::string_view plate_verdict_name(PlateVerdict verdict) {
  static constexpr std::string_view names[] = {"genuine",     "not_a_plate", "foreign",
                                               "unknown_key", "revoked_key", "forged"};
  return names[static_cast<std::size_t>(verdict)];
}

PlateVerdict verify_plate_text(std::string_view text, std::string_view base, const PlateKeys& keys) {
  const std::optional<PlateText> read = parse_plate_text(text);
  if (!read) return PlateVerdict::not_a_plate;
  if (!base.empty() && read->base != base) return PlateVerdict::foreign;
  const auto found = keys.find(read->key_id);
  if (found == keys.end()) return PlateVerdict::unknown_key;
  if (!access::verify(found->second.key, read->signed_text(), read->signature)) return PlateVerdict::forged;
  return found->second.is_revoked ? PlateVerdict::revoked_key : PlateVerdict::genuine;
}

}  // namespace menpai::share
