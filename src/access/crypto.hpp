// SPDX-License-Identifier: Apache-2.0
// The few cryptographic primitives that this program uses, all from OpenSSL. Nothing here is our own construction.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace menpai::access {

/// Bytes that are wiped when they die. Moved, never copied by accident.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string bytes) : m_bytes(std::move(bytes)) {}
  ~Secret();
  Secret(Secret&& other) noexcept : m_bytes(std::move(other.m_bytes)) {}
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  std::string_view view() const { return m_bytes; }
  Secret clone() const { return Secret(m_bytes); }

 private:
  std::string m_bytes;
};

/// From the operating system's generator.
std::string random_bytes(std::size_t count);

enum class Hash { sha256, sm3 };  ///< 32 bytes both

std::string digest(Hash hash, std::string_view text);
std::string hmac(Hash hash, std::string_view key, std::string_view text);
/// HKDF (RFC 5869) with an empty salt: `count` bytes for one purpose.
Secret derive(Hash hash, std::string_view key, std::string_view purpose, std::size_t count);

std::string hex(std::string_view bytes);
/// Without padding (RFC 4648, section 5).
std::string base64url(std::string_view bytes);
/// Empty if `text` is not that.
std::string from_base64url(std::string_view text);

/// Takes the same time wherever two texts of one length differ.
bool equal_constant_time(std::string_view a, std::string_view b);

/// SHA-256 of something that comes in pieces.
class Digester {
 public:
  Digester();
  ~Digester();
  Digester(const Digester&) = delete;
  Digester& operator=(const Digester&) = delete;
  void add(std::string_view bytes);
  std::string finish();

 private:
  void* m_context;
};

}  // namespace menpai::access
