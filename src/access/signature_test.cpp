// SPDX-License-Identifier: Apache-2.0
// Tests of the two signature schemes: made, checked, published, and refused when anything was changed.
#include "access/signature.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace menpai::access {
namespace {

class EachScheme : public ::testing::TestWithParam<SignatureScheme> {};

TEST_P(EachScheme, signs_what_its_public_key_verifies) {
  const SigningKey key = make_signing_key(GetParam());
  for (const std::string& text : {std::string(), std::string("兴港中路8号"), std::string(100'000, 'x')}) {
    const std::string signature = sign(key, text);
    EXPECT_EQ(signature.size(), signature_bytes);
    EXPECT_TRUE(verify(key.public_key, text, signature));
    EXPECT_FALSE(verify(key.public_key, text + "1", signature));
  }
}

TEST_P(EachScheme, refuses_a_signature_with_any_bit_changed) {
  const SigningKey key = make_signing_key(GetParam());
  const std::string signature = sign(key, "text");
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    std::string changed = signature;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(verify(key.public_key, "text", changed)) << "bit " << bit;
  }
}

TEST_P(EachScheme, refuses_signatures_of_another_length_and_of_another_key) {
  const SigningKey key = make_signing_key(GetParam());
  const std::string signature = sign(key, "text");
  EXPECT_FALSE(verify(key.public_key, "text", ""));
  EXPECT_FALSE(verify(key.public_key, "text", signature.substr(1)));
  EXPECT_FALSE(verify(key.public_key, "text", signature + "x"));
  EXPECT_FALSE(verify(key.public_key, "text", std::string(signature_bytes, '\0')));
  EXPECT_FALSE(verify(make_signing_key(GetParam()).public_key, "text", signature));
  EXPECT_FALSE(verify({GetParam(), "no key"}, "text", signature));
}

TEST_P(EachScheme, opens_a_stored_private_key_again) {
  const SigningKey key = make_signing_key(GetParam());
  const SigningKey again = open_signing_key(GetParam(), key.private_der.clone());
  EXPECT_EQ(again.public_key.der, key.public_key.der);
  EXPECT_TRUE(verify(key.public_key, "text", sign(again, "text")));
  EXPECT_THROW(open_signing_key(GetParam(), Secret("nonsense")), Error);
}

TEST_P(EachScheme, publishes_its_key_as_pem_that_reads_back) {
  const PublicKey key = make_signing_key(GetParam()).public_key;
  const std::string pem = public_key_pem(key);
  EXPECT_TRUE(pem.starts_with("-----BEGIN PUBLIC KEY-----\n"));
  const std::optional<PublicKey> read = parse_public_key_pem(pem);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->scheme, key.scheme);
  EXPECT_EQ(read->der, key.der);
  EXPECT_FALSE(parse_public_key_pem("no key").has_value());
}

INSTANTIATE_TEST_SUITE_P(, EachScheme, ::testing::Values(SignatureScheme::ed25519, SignatureScheme::sm2),
                         [](const auto& scheme) { return std::string(signature_scheme_name(scheme.param)); });

TEST(signature, a_key_of_one_scheme_is_none_of_the_other) {
  const SigningKey edwards = make_signing_key(SignatureScheme::ed25519);
  EXPECT_FALSE(verify({SignatureScheme::sm2, edwards.public_key.der}, "text", sign(edwards, "text")));
  EXPECT_THROW(open_signing_key(SignatureScheme::sm2, edwards.private_der.clone()), Error);
}

// RFC 8032, section 7.1, test 2.
TEST(signature, ed25519_is_that_of_the_rfc) {
  const std::string pem =
      "-----BEGIN PUBLIC KEY-----\n"
      "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
      "-----END PUBLIC KEY-----\n";
  const std::optional<PublicKey> key = parse_public_key_pem(pem);
  ASSERT_TRUE(key.has_value());
  const std::string signature =
      from_base64url("kqAJqfDUyrhyDoILX2QlQKKye1QWUD-Ps3YiI-vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA");
  EXPECT_TRUE(verify(*key, "r", signature));
  EXPECT_FALSE(verify(*key, "s", signature));
}

TEST(signature, shows_keys_as_json_web_keys) {
  const std::string edwards = public_key_jwk(make_signing_key(SignatureScheme::ed25519).public_key, "0001");
  EXPECT_TRUE(edwards.starts_with("{\"kid\":\"0001\",\"use\":\"sig\",\"kty\":\"OKP\",\"crv\":\"Ed25519\"")) << edwards;
  const std::string sm2 = public_key_jwk(make_signing_key(SignatureScheme::sm2).public_key, "0002");
  EXPECT_TRUE(sm2.starts_with("{\"kid\":\"0002\",\"use\":\"sig\",\"kty\":\"EC\",\"crv\":\"SM2\"")) << sm2;
}

}  // namespace
}  // namespace menpai::access
