// SPDX-License-Identifier: Apache-2.0
#include "base/id.hpp"

#include <chrono>
#include <cstring>
#include <mutex>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include "base/error.hpp"

namespace menpai {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

void set_version(Uuid& id, int version) {
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | (version << 4));
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Uuid Uuid::make() {
  // The 12 bits after the time count within a millisecond (RFC 9562, 6.2, method 1), so ids of one process ascend.
  static std::mutex mutex;
  static std::uint64_t last_ms = 0;
  static std::uint32_t count = 0;

  Uuid id;
  MENPAI_ASSERT(RAND_bytes(id.bytes.data(), 16) == 1, "no random bytes");
  std::uint64_t ms = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count());
  std::uint32_t number;
  {
    const std::lock_guard lock(mutex);
    if (ms <= last_ms) {
      ms = last_ms;
      if (++count > 0xfff) {
        ms = ++last_ms;
        count = 0;
      }
    } else {
      last_ms = ms;
      count = 0;
    }
    number = count;
  }
  for (int i = 0; i < 6; ++i) id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  id.bytes[6] = static_cast<std::uint8_t>(number >> 8);
  id.bytes[7] = static_cast<std::uint8_t>(number);
  set_version(id, 7);
  return id;
}

Uuid Uuid::named(std::string_view text) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  const std::string spaced = "menpai:" + std::string(text);
  SHA256(reinterpret_cast<const unsigned char*>(spaced.data()), spaced.size(), digest);
  Uuid id;
  std::memcpy(id.bytes.data(), digest, 16);
  set_version(id, 8);
  return id;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid id;
  std::size_t out = 0;
  for (std::size_t i = 0; i < 36;) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return std::nullopt;
      ++i;
      continue;
    }
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    id.bytes[out++] = static_cast<std::uint8_t>(high * 16 + low);
    i += 2;
  }
  return id;
}

std::string Uuid::text() const {
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += hex_digits[bytes[i] >> 4];
    out += hex_digits[bytes[i] & 15];
  }
  return out;
}

}  // namespace menpai
