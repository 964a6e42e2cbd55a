// SPDX-License-Identifier: Apache-2.0
#include "access/cipher.hpp"

#include <memory>
#include <openssl/evp.h>

#include "base/error.hpp"

namespace menpai::access {
namespace {

constexpr std::size_t gcm_nonce_bytes = 12;
constexpr std::size_t gcm_tag_bytes = 16;
constexpr std::size_t ctr_nonce_bytes = 16;
constexpr std::size_t mac_bytes = 32;

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw_at(std::string& text, std::size_t at) {
  return reinterpret_cast<unsigned char*>(text.data()) + at;
}

void require(bool done) {
  if (!done) throw Error(ErrorCode::internal, "A cryptographic operation failed.", "cipher");
}

const EVP_CIPHER* cipher_of(Suite suite) {
  static EVP_CIPHER* const gcm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  static EVP_CIPHER* const sm4 = EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr);
  const EVP_CIPHER* cipher = suite == Suite::aes_256_gcm ? gcm : sm4;
  if (cipher == nullptr) throw Error(ErrorCode::unsupported, "This machine's OpenSSL lacks a cipher that is needed.");
  return cipher;
}

/// One context a thread, used again: making one costs more than sealing a field.
EVP_CIPHER_CTX* context() {
  thread_local const std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> own(EVP_CIPHER_CTX_new(),
                                                                                    EVP_CIPHER_CTX_free);
  EVP_CIPHER_CTX_reset(own.get());
  return own.get();
}

void append_length(std::string& out, std::uint64_t length) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(length >> shift & 255);
}

/// Encrypt-then-MAC: the lengths stand in it so that no byte can move from one part to another.
std::string mac_of(std::string_view key, std::string_view associated, std::string_view nonce_and_text) {
  std::string text;
  text.reserve(associated.size() + nonce_and_text.size() + 9);
  text += static_cast<char>(Suite::sm4_ctr_hmac_sm3);
  append_length(text, associated.size());
  text += associated;
  text += nonce_and_text;
  return hmac(Hash::sm3, key, text);
}

}  // namespace

std::optional<Suite> parse_suite(std::string_view name) {
  for (const Suite suite : {Suite::aes_256_gcm, Suite::sm4_ctr_hmac_sm3}) {
    if (suite_name(suite) == name) return suite;
  }
  return std::nullopt;
}

std::string_view suite_name(Suite suite) {
  return suite == Suite::aes_256_gcm ? "aes-256-gcm" : "sm4-ctr-hmac-sm3";
}

CipherKey::CipherKey(Suite suite, std::string_view data_key) : m_suite(suite) {
  if (suite == Suite::aes_256_gcm) {
    m_cipher_key = derive(Hash::sha256, data_key, "menpai aes-256-gcm", 32);
  } else {
    m_cipher_key = derive(Hash::sm3, data_key, "menpai sm4-ctr", 16);
    m_mac_key = derive(Hash::sm3, data_key, "menpai hmac-sm3", 32);
  }
}

std::size_t CipherKey::overhead_bytes() const {
  return m_suite == Suite::aes_256_gcm ? gcm_nonce_bytes + gcm_tag_bytes : ctr_nonce_bytes + mac_bytes;
}

void CipherKey::seal(std::string_view plain, std::string_view associated, std::string& out) const {
  const std::size_t begin = out.size();
  const bool is_gcm = m_suite == Suite::aes_256_gcm;
  const std::size_t nonce_bytes = is_gcm ? gcm_nonce_bytes : ctr_nonce_bytes;
  out += random_bytes(nonce_bytes);
  out.resize(begin + nonce_bytes + plain.size());
  EVP_CIPHER_CTX* ctx = context();
  int length = 0;
  require(EVP_EncryptInit_ex(ctx, cipher_of(m_suite), nullptr, raw(m_cipher_key.view()), raw_at(out, begin)) == 1);
  if (is_gcm) {
    require(EVP_EncryptUpdate(ctx, nullptr, &length, raw(associated), static_cast<int>(associated.size())) == 1);
  }
  require(EVP_EncryptUpdate(ctx, raw_at(out, begin + nonce_bytes), &length, raw(plain),
                            static_cast<int>(plain.size())) == 1);
  unsigned char none[32];
  require(EVP_EncryptFinal_ex(ctx, none, &length) == 1);
  if (is_gcm) {
    unsigned char tag[gcm_tag_bytes];
    require(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, gcm_tag_bytes, tag) == 1);
    out.append(reinterpret_cast<const char*>(tag), gcm_tag_bytes);
  } else {
    out += mac_of(m_mac_key.view(), associated, std::string_view(out).substr(begin));
  }
}

bool CipherKey::open(std::string_view sealed, std::string_view associated, std::string& out) const {
  if (sealed.size() < overhead_bytes()) return false;
  const bool is_gcm = m_suite == Suite::aes_256_gcm;
  const std::size_t nonce_bytes = is_gcm ? gcm_nonce_bytes : ctr_nonce_bytes;
  const std::size_t tag_bytes = overhead_bytes() - nonce_bytes;
  const std::string_view text = sealed.substr(nonce_bytes, sealed.size() - overhead_bytes());
  const std::string_view tag = sealed.substr(sealed.size() - tag_bytes);
  if (!is_gcm) {
    const std::string_view covered = sealed.substr(0, sealed.size() - tag_bytes);
    if (!equal_constant_time(mac_of(m_mac_key.view(), associated, covered), tag)) return false;
  }
  const std::size_t begin = out.size();
  out.resize(begin + text.size());
  EVP_CIPHER_CTX* ctx = context();
  int length = 0;
  require(EVP_DecryptInit_ex(ctx, cipher_of(m_suite), nullptr, raw(m_cipher_key.view()), raw(sealed)) == 1);
  if (is_gcm) {
    require(EVP_DecryptUpdate(ctx, nullptr, &length, raw(associated), static_cast<int>(associated.size())) == 1);
  }
  require(EVP_DecryptUpdate(ctx, raw_at(out, begin), &length, raw(text), static_cast<int>(text.size())) == 1);
  if (is_gcm) {
    std::string wanted(tag);
    require(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, gcm_tag_bytes, wanted.data()) == 1);
  }
  unsigned char none[32];
  if (EVP_DecryptFinal_ex(ctx, none, &length) == 1) return true;
  out.resize(begin);
  return false;
}

}  // namespace menpai::access
