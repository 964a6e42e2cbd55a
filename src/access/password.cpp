// SPDX-License-Identifier: Apache-2.0
#include "access/password.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <openssl/evp.h>
#include <semaphore>
#include <set>
#include <vector>

#include "access/crypto.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"

namespace menpai::access {
namespace {

constexpr int block_size = 8;
constexpr int parallel = 1;
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
constexpr std::ptrdiff_t at_once = 2;

std::counting_semaphore<at_once>& memory_gate() {
  static std::counting_semaphore<at_once> gate(at_once);
  return gate;
}

std::string scrypt(std::string_view password, std::string_view salt, int cost) {
  if (!memory_gate().try_acquire_for(std::chrono::seconds(10))) {
    throw Error(ErrorCode::busy, "Too many people are signing in at once. Try again in a moment.");
  }
  std::string out(hash_bytes, '\0');
  const int done = EVP_PBE_scrypt(password.data(), password.size(), reinterpret_cast<const unsigned char*>(salt.data()),
                                  salt.size(), std::uint64_t{1} << cost, block_size, parallel, std::uint64_t{1} << 30,
                                  reinterpret_cast<unsigned char*>(out.data()), out.size());
  memory_gate().release();
  if (done != 1) throw Error(ErrorCode::unavailable, "There is not enough memory to check a password.", "scrypt");
  return out;
}

std::vector<std::string_view> fields_of(std::string_view text) {
  std::vector<std::string_view> fields;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('$', begin), text.size());
    fields.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return fields;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

/// Openings of the passwords that guessers try first; with twelve characters few others of that list are long enough.
constexpr std::array<std::string_view, 14> common = {"password", "123456",   "qwerty",  "1q2w3e", "abc123",
                                                     "iloveyou", "admin",    "letmein", "woaini", "zhongguo",
                                                     "menpai",   "passw0rd", "111111",  "000000"};

}  // namespace

std::string hash_password(std::string_view password, int cost) {
  const std::string salt = random_bytes(salt_bytes);
  return "scrypt$" + std::to_string(cost) + "$" + std::to_string(block_size) + "$" + std::to_string(parallel) + "$" +
         base64url(salt) + "$" + base64url(scrypt(password, salt, cost));
}

bool verify_password(std::string_view password, std::string_view hash) {
  const std::vector<std::string_view> fields = fields_of(hash);
  if (fields.size() != 6 || fields[0] != "scrypt" || fields[2] != "8" || fields[3] != "1") return false;
  int cost = 0;
  std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), cost);
  if (cost < 10 || cost > 20) return false;
  return equal_constant_time(scrypt(password, from_base64url(fields[4]), cost), from_base64url(fields[5]));
}

void verify_nothing(std::string_view password, int cost) {
  static const std::string salt = random_bytes(salt_bytes);
  scrypt(password, salt, cost);
}

std::string make_one_time_password() {
  static constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";  // without i, l, o, 0, 1
  std::string out;
  while (out.size() < 23) {
    if (out.size() % 6 == 5) out += '-';
    const auto value = static_cast<unsigned char>(random_bytes(1)[0]);
    // Only whole multiples, so that every letter is as likely as any other.
    if (value < 256 / letters.size() * letters.size()) out += letters[value % letters.size()];
  }
  return out;
}

void check_password_acceptable(std::string_view password, std::string_view account_name) {
  const std::size_t length = utf8::length(password);
  if (!utf8::valid(password) || length < 12 || length > 128) {
    throw Error(ErrorCode::bad_request,
                "The password must have 12 to 128 characters. Three or four words that do not "
                "belong together are easy to remember.");
  }
  const std::string text = lower(password);
  const std::set<char32_t> distinct = [&] {
    const std::u32string all = utf8::decode(text);
    return std::set<char32_t>(all.begin(), all.end());
  }();
  const bool is_common = std::any_of(common.begin(), common.end(), [&](std::string_view one) {
    return text.starts_with(one) && text.size() < one.size() + 8;
  });
  const bool is_name = account_name.size() >= 3 && text.find(lower(account_name)) != std::string::npos;
  if (is_common || is_name || distinct.size() < 5) {
    throw Error(ErrorCode::bad_request,
                "The password is too easy to guess: it is a common one, holds the account's name, "
                "or repeats few characters. Choose another.");
  }
}

}  // namespace menpai::access
