// SPDX-License-Identifier: Apache-2.0
// Signatures that anybody can check without asking us: Ed25519 (RFC 8032), and SM2 with SM3 (GB/T 32918.2) where the
// national profile is wanted. Both are 64 bytes long. All from OpenSSL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "access/crypto.hpp"

namespace menpai::access {

/// The number stands in the database; it never changes meaning.
enum class SignatureScheme : std::uint8_t {
  ed25519 = 1,
  sm2 = 2,  ///< with SM3 and the usual signer's name 1234567812345678; r and s, 32 bytes each
};
/// "ed25519", "sm2"; nothing else.
std::optional<SignatureScheme> parse_signature_scheme(std::string_view name);
std::string_view signature_scheme_name(SignatureScheme scheme);

inline constexpr std::size_t signature_bytes = 64;

/// What checks signatures; fit for the public.
struct PublicKey {
  SignatureScheme scheme = SignatureScheme::ed25519;
  std::string der;  ///< SubjectPublicKeyInfo (RFC 5280)
};

/// What makes them. The private half lives in memory that is wiped.
struct SigningKey {
  PublicKey public_key;
  Secret private_der;  ///< PKCS #8 (RFC 5208), without a password: seal it before it is stored
};

SigningKey make_signing_key(SignatureScheme scheme);
/// The key again from what was stored. Throws damaged if it is no private key of that scheme.
SigningKey open_signing_key(SignatureScheme scheme, Secret private_der);

/// 64 bytes. Throws internal if OpenSSL does not.
std::string sign(const SigningKey& key, std::string_view text);
/// False for a signature of any other length, for a key that is none, and for whatever does not fit; never throws.
bool verify(const PublicKey& key, std::string_view text, std::string_view signature);

/// "-----BEGIN PUBLIC KEY-----" …
std::string public_key_pem(const PublicKey& key);
/// Nothing if the text holds no public key of a scheme that we know.
std::optional<PublicKey> parse_public_key_pem(std::string_view text);
/// A JSON Web Key: OKP with crv Ed25519 (RFC 8037); for SM2, EC with crv "SM2", which readers know by that name only.
std::string public_key_jwk(const PublicKey& key, std::string_view key_id);

}  // namespace menpai::access
