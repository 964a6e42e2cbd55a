// SPDX-License-Identifier: Apache-2.0
// Authenticated encryption with associated data, in the two suites that a deployment may choose from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "access/crypto.hpp"

namespace menpai::access {

/// The number stands in every envelope; it never changes meaning.
enum class Suite : std::uint8_t {
  aes_256_gcm = 1,       ///< NIST SP 800-38D, random 96-bit nonce
  sm4_ctr_hmac_sm3 = 2,  ///< GB/T 32907 in counter mode, then HMAC with GB/T 32905 over nonce, associated data and text
};
/// "aes-256-gcm", "sm4-ctr-hmac-sm3"; nothing else.
std::optional<Suite> parse_suite(std::string_view name);
std::string_view suite_name(Suite suite);

/// The working keys of one data key (32 random bytes): derived once, used often, by any thread.
class CipherKey {
 public:
  CipherKey(Suite suite, std::string_view data_key);

  /// nonce | ciphertext | tag, appended to `out`.
  void seal(std::string_view plain, std::string_view associated, std::string& out) const;
  /// The plain text appended to `out`; false if anything was changed, and then `out` is as before.
  bool open(std::string_view sealed, std::string_view associated, std::string& out) const;

  Suite suite() const { return m_suite; }
  /// What seal() adds to the length.
  std::size_t overhead_bytes() const;

 private:
  Suite m_suite;
  Secret m_cipher_key;
  Secret m_mac_key;  // suite 2
};

}  // namespace menpai::access
