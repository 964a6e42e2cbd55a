// SPDX-License-Identifier: Apache-2.0
#include "access/crypto.hpp"

#include <memory>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include "base/error.hpp"

namespace menpai::access {
namespace {

constexpr std::size_t hash_bytes = 32;

const char* name_of(Hash hash) {
  return hash == Hash::sha256 ? "SHA256" : "SM3";
}

const EVP_MD* fetched(Hash hash) {
  static EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  static EVP_MD* const sm3 = EVP_MD_fetch(nullptr, "SM3", nullptr);
  const EVP_MD* md = hash == Hash::sha256 ? sha256 : sm3;
  if (md == nullptr) {
    throw Error(ErrorCode::unsupported, std::string("This machine's OpenSSL has no ") + name_of(hash) + ".");
  }
  return md;
}

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

void require(bool done, const char* what) {
  if (!done) throw Error(ErrorCode::internal, "A cryptographic operation failed.", what);
}

}  // namespace

Secret::~Secret() {
  OPENSSL_cleanse(m_bytes.data(), m_bytes.size());
}

Secret& Secret::operator=(Secret&& other) noexcept {
  OPENSSL_cleanse(m_bytes.data(), m_bytes.size());
  m_bytes = std::move(other.m_bytes);
  return *this;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  require(RAND_bytes(raw(bytes), static_cast<int>(count)) == 1, "no random bytes");
  return bytes;
}

std::string digest(Hash hash, std::string_view text) {
  std::string out(hash_bytes, '\0');
  require(EVP_Digest(text.data(), text.size(), raw(out), nullptr, fetched(hash), nullptr) == 1, "digest");
  return out;
}

std::string hmac(Hash hash, std::string_view key, std::string_view text) {
  static EVP_MAC* const method = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  const std::unique_ptr<EVP_MAC_CTX, void (*)(EVP_MAC_CTX*)> context(EVP_MAC_CTX_new(method), EVP_MAC_CTX_free);
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char*>(name_of(hash)), 0),
      OSSL_PARAM_construct_end()};
  std::string out(hash_bytes, '\0');
  std::size_t length = 0;
  require(EVP_MAC_init(context.get(), raw(key), key.size(), parameters) == 1 &&
              EVP_MAC_update(context.get(), raw(text), text.size()) == 1 &&
              EVP_MAC_final(context.get(), raw(out), &length, out.size()) == 1,
          "hmac");
  return out;
}

Secret derive(Hash hash, std::string_view key, std::string_view purpose, std::size_t count) {
  static EVP_KDF* const method = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  const std::unique_ptr<EVP_KDF_CTX, void (*)(EVP_KDF_CTX*)> context(EVP_KDF_CTX_new(method), EVP_KDF_CTX_free);
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, const_cast<char*>(name_of(hash)), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<char*>(key.data()), key.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, const_cast<char*>(purpose.data()), purpose.size()),
      OSSL_PARAM_construct_end()};
  std::string out(count, '\0');
  require(EVP_KDF_derive(context.get(), raw(out), count, parameters) == 1, "hkdf");
  return Secret(std::move(out));
}

std::string hex(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

std::string base64url(std::string_view bytes) {
  static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = held << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) out += digits[held >> (bits - 6) & 63];
  }
  if (bits > 0) out += digits[held << (6 - bits) & 63];
  return out;
}

std::string from_base64url(std::string_view text) {
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : text) {
    std::uint32_t value = 0;
    if (c >= 'A' && c <= 'Z') {
      value = static_cast<std::uint32_t>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      value = static_cast<std::uint32_t>(c - 'a' + 26);
    } else if (c >= '0' && c <= '9') {
      value = static_cast<std::uint32_t>(c - '0' + 52);
    } else if (c == '-' || c == '_') {
      value = c == '-' ? 62 : 63;
    } else {
      return {};
    }
    held = held << 6 | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(held >> bits & 255);
    }
  }
  return out;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Digester::Digester() : m_context(EVP_MD_CTX_new()) {
  require(EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(m_context), fetched(Hash::sha256), nullptr) == 1, "digest");
}

Digester::~Digester() {
  EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(m_context));
}

void Digester::add(std::string_view bytes) {
  require(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(m_context), bytes.data(), bytes.size()) == 1, "digest");
}

std::string Digester::finish() {
  std::string out(hash_bytes, '\0');
  require(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(m_context), raw(out), nullptr) == 1, "digest");
  return out;
}

}  // namespace menpai::access
