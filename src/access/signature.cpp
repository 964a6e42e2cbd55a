// SPDX-License-Identifier: Apache-2.0
#include "access/signature.hpp"

#include <memory>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/error.hpp"

namespace menpai::access {
namespace {

constexpr std::size_t half_bytes = signature_bytes / 2;
constexpr char sm2_signer[] = "1234567812345678";

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(ECDSA_SIG* pair) const { ECDSA_SIG_free(pair); }
  void operator()(PKCS8_PRIV_KEY_INFO* info) const { PKCS8_PRIV_KEY_INFO_free(info); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;
using Pair = std::unique_ptr<ECDSA_SIG, Free>;

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

void require(bool done, const char* what) {
  if (done) return;
  ERR_clear_error();
  throw Error(ErrorCode::internal, "A cryptographic operation failed.", what);
}

bool is_of(const EVP_PKEY* key, SignatureScheme scheme) {
  return EVP_PKEY_is_a(key, scheme == SignatureScheme::ed25519 ? "ED25519" : "SM2") == 1;
}

template <class Encode>
std::string der_of(Encode encode, const char* what) {
  unsigned char* bytes = nullptr;
  const int length = encode(&bytes);
  require(length > 0, what);
  std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(length));
  OPENSSL_clear_free(bytes, static_cast<std::size_t>(length));
  return der;
}

PublicKey public_of(EVP_PKEY* key, SignatureScheme scheme) {
  return {scheme, der_of([key](unsigned char** out) { return i2d_PUBKEY(key, out); }, "public key")};
}

Key public_key_of(const PublicKey& key) {
  const unsigned char* at = raw(key.der);
  Key read(d2i_PUBKEY(nullptr, &at, static_cast<long>(key.der.size())));
  ERR_clear_error();
  if (!read || at != raw(key.der) + key.der.size() || !is_of(read.get(), key.scheme)) return nullptr;
  return read;
}

Key private_key_of(const SigningKey& key) {
  const std::string_view der = key.private_der.view();
  const unsigned char* at = raw(der);
  Key read(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!read || !is_of(read.get(), key.public_key.scheme)) {
    throw Error(ErrorCode::damaged, "A stored signing key is not what it should be.");
  }
  return read;
}

/// The two numbers of an SM2 signature, out of and into the form in which OpenSSL has them.
std::string pair_of_der(const std::string& der) {
  const unsigned char* at = raw(der);
  const Pair pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  require(pair != nullptr, "signature form");
  std::string out(signature_bytes, '\0');
  require(
      BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), raw(out), half_bytes) == static_cast<int>(half_bytes) &&
          BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), raw(out) + half_bytes, half_bytes) == static_cast<int>(half_bytes),
      "signature numbers");
  return out;
}

std::string der_of_pair(std::string_view signature) {
  const Pair pair(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(raw(signature), half_bytes, nullptr);
  BIGNUM* s = BN_bin2bn(raw(signature) + half_bytes, half_bytes, nullptr);
  require(pair != nullptr && r != nullptr && s != nullptr && ECDSA_SIG_set0(pair.get(), r, s) == 1, "signature form");
  return der_of([&pair](unsigned char** out) { return i2d_ECDSA_SIG(pair.get(), out); }, "signature form");
}

/// Ed25519 takes neither a digest nor parameters.
const char* digest_of(SignatureScheme scheme) {
  return scheme == SignatureScheme::sm2 ? "SM3" : nullptr;
}

struct Parameters {
  explicit Parameters(SignatureScheme scheme)
      : list{scheme == SignatureScheme::sm2
                 ? OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_DIST_ID, const_cast<char*>(sm2_signer),
                                                     sizeof sm2_signer - 1)
                 : OSSL_PARAM_construct_end(),
             OSSL_PARAM_construct_end()} {}
  OSSL_PARAM list[2];
};

}  // namespace

std::optional<SignatureScheme> parse_signature_scheme(std::string_view name) {
  if (name == "ed25519") return SignatureScheme::ed25519;
  if (name == "sm2") return SignatureScheme::sm2;
  return std::nullopt;
}

std::string_view signature_scheme_name(SignatureScheme scheme) {
  return scheme == SignatureScheme::ed25519 ? "ed25519" : "sm2";
}

SigningKey make_signing_key(SignatureScheme scheme) {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, scheme == SignatureScheme::ed25519 ? "ED25519" : "SM2"));
  require(key != nullptr, "no signing key");
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free> info(EVP_PKEY2PKCS8(key.get()));
  require(info != nullptr, "private key form");
  SigningKey made;
  made.public_key = public_of(key.get(), scheme);
  made.private_der = Secret(
      der_of([&info](unsigned char** out) { return i2d_PKCS8_PRIV_KEY_INFO(info.get(), out); }, "private key form"));
  return made;
}

SigningKey open_signing_key(SignatureScheme scheme, Secret private_der) {
  SigningKey key{{scheme, {}}, std::move(private_der)};
  const Key read = private_key_of(key);
  key.public_key = public_of(read.get(), scheme);
  return key;
}

std::string sign(const SigningKey& key, std::string_view text) {
  const SignatureScheme scheme = key.public_key.scheme;
  const Key read = private_key_of(key);
  const Context context(EVP_MD_CTX_new());
  const Parameters parameters(scheme);
  require(EVP_DigestSignInit_ex(context.get(), nullptr, digest_of(scheme), nullptr, nullptr, read.get(),
                                parameters.list) == 1,
          "signing");
  std::size_t length = 0;
  require(EVP_DigestSign(context.get(), nullptr, &length, raw(text), text.size()) == 1, "signature length");
  std::string signature(length, '\0');
  require(EVP_DigestSign(context.get(), raw(signature), &length, raw(text), text.size()) == 1, "signature");
  signature.resize(length);
  if (scheme == SignatureScheme::sm2) signature = pair_of_der(signature);
  require(signature.size() == signature_bytes, "signature size");
  return signature;
}

bool verify(const PublicKey& key, std::string_view text, std::string_view signature) {
  if (signature.size() != signature_bytes) return false;
  const Key read = public_key_of(key);
  if (!read) return false;
  const std::string form = key.scheme == SignatureScheme::sm2 ? der_of_pair(signature) : std::string(signature);
  const Context context(EVP_MD_CTX_new());
  const Parameters parameters(key.scheme);
  const bool fits = EVP_DigestVerifyInit_ex(context.get(), nullptr, digest_of(key.scheme), nullptr, nullptr, read.get(),
                                            parameters.list) == 1 &&
                    EVP_DigestVerify(context.get(), raw(form), form.size(), raw(text), text.size()) == 1;
  ERR_clear_error();
  return fits;
}

std::string public_key_pem(const PublicKey& key) {
  const Key read = public_key_of(key);
  const std::unique_ptr<BIO, Free> out(BIO_new(BIO_s_mem()));
  require(read && out && PEM_write_bio_PUBKEY(out.get(), read.get()) == 1, "public key");
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

std::optional<PublicKey> parse_public_key_pem(std::string_view text) {
  if (text.size() > 65536) return std::nullopt;
  const std::unique_ptr<BIO, Free> in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  const Key read(PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  if (!read) return std::nullopt;
  for (const SignatureScheme scheme : {SignatureScheme::ed25519, SignatureScheme::sm2}) {
    if (is_of(read.get(), scheme)) return public_of(read.get(), scheme);
  }
  return std::nullopt;
}

std::string public_key_jwk(const PublicKey& key, std::string_view key_id) {
  const Key read = public_key_of(key);
  require(read != nullptr, "public key");
  std::string out = "{\"kid\":\"" + std::string(key_id) + "\",\"use\":\"sig\",";
  std::string bytes(128, '\0');
  std::size_t length = bytes.size();
  if (key.scheme == SignatureScheme::ed25519) {
    require(EVP_PKEY_get_raw_public_key(read.get(), raw(bytes), &length) == 1, "public key");
    bytes.resize(length);
    return out + "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"x\":\"" + base64url(bytes) + "\"}";
  }
  // 0x04, then the two coordinates.
  require(EVP_PKEY_get_octet_string_param(read.get(), OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, raw(bytes), bytes.size(),
                                          &length) == 1 &&
              length == 65,
          "public key");
  return out + "\"kty\":\"EC\",\"crv\":\"SM2\",\"alg\":\"SM2\",\"x\":\"" +
         base64url(std::string_view(bytes).substr(1, 32)) + "\",\"y\":\"" +
         base64url(std::string_view(bytes).substr(33, 32)) + "\"}";
}

}  // namespace menpai::access
