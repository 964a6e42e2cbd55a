// SPDX-License-Identifier: Apache-2.0
// Tests of what stands in a plate's QR code: it reads back, it is small enough, and nothing that was changed passes.
#include "share/plate_text.hpp"

#include <gtest/gtest.h>
#include <random>

#include "base/error.hpp"
#include "share/qr.hpp"

namespace menpai::share {
namespace {

const std::string url = "https://mp.example.gov.cn";
const std::string code = "4420001080010000019";

class EachScheme : public ::testing::TestWithParam<access::SignatureScheme> {
 protected:
  const access::SigningKey m_key = access::make_signing_key(GetParam());
  const access::SigningKey m_other = access::make_signing_key(GetParam());
  const PlateKeys m_keys = {{1, {m_key.public_key}}, {2, {m_other.public_key}}};
  const std::string m_base = plate_base(url);
};

TEST_P(EachScheme, a_plate_reads_back_and_is_genuine) {
  const PlateText made = make_plate_text(m_base, code, 2, 1, m_key);
  const std::optional<PlateText> read = parse_plate_text(made.text());
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->base, "HTTPS://MP.EXAMPLE.GOV.CN/P/");
  EXPECT_EQ(read->code, code);
  EXPECT_EQ(read->copy, 2);
  EXPECT_EQ(read->key_id, 1);
  EXPECT_EQ(read->signature, made.signature);
  EXPECT_EQ(read->text(), made.text());
  EXPECT_EQ(verify_plate_text(made.text(), m_base, m_keys), PlateVerdict::genuine);
  EXPECT_EQ(verify_plate_text(made.text(), "", m_keys), PlateVerdict::genuine);
}

TEST_P(EachScheme, says_why_a_plate_is_not_genuine) {
  const std::string text = make_plate_text(m_base, code, 2, 1, m_key).text();
  EXPECT_EQ(verify_plate_text(text, plate_base("https://mp.example.com"), m_keys), PlateVerdict::foreign);
  EXPECT_EQ(verify_plate_text(text, m_base, {{2, {m_other.public_key}}}), PlateVerdict::unknown_key);
  EXPECT_EQ(verify_plate_text(text, m_base, {{1, {m_key.public_key, true}}}), PlateVerdict::revoked_key);
  EXPECT_EQ(verify_plate_text(text, m_base, {{1, {m_other.public_key}}}), PlateVerdict::forged);
  EXPECT_EQ(verify_plate_text("https://mp.example.gov.cn", m_base, m_keys), PlateVerdict::not_a_plate);
  EXPECT_EQ(verify_plate_text("", m_base, m_keys), PlateVerdict::not_a_plate);
}

/// One change of a text, of one of the kinds that happen by accident or on purpose.
std::string mutated(const std::string& text, std::mt19937& random) {
  const auto below = [&random](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  std::string out = text;
  const std::size_t at = below(out.size());
  switch (below(12)) {
    case 0:  // a bit
      out[at] = static_cast<char>(out[at] ^ (1 << below(8)));
      break;
    case 1:  // two neighbours
      std::swap(out[at], out[(at + 1) % out.size()]);
      break;
    case 2:  // any two
      std::swap(out[at], out[below(out.size())]);
      break;
    case 3:
      out.resize(at);
      break;
    case 4:
      out += out.substr(at);
      break;
    case 5:
      out.insert(at, 1, static_cast<char>(below(256)));
      break;
    case 6:
      out.erase(at, 1 + below(3));
      break;
    case 7:  // case
      for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' && below(2) == 0 ? c + 32 : c);
      break;
    case 8: {  // percent-encoding of one character
      static constexpr char hex[] = "0123456789ABCDEF";
      const auto c = static_cast<unsigned char>(out[at]);
      out.replace(at, 1, std::string("%") + hex[c >> 4] + hex[c & 15]);
      break;
    }
    case 9: {  // the same digit or letter of another script
      static const std::string wide[] = {"０", "１", "２", "Ｐ", "А", "٣", "о", "／"};
      out.replace(at, 1, wide[below(8)]);
      break;
    }
    case 10:  // another digit
      out[at] = static_cast<char>('0' + below(10));
      break;
    default: {  // another key, or another copy
      const std::size_t number = text.rfind('/') + 1 + below(7);
      out[number] = static_cast<char>('0' + below(10));
    }
  }
  return out;
}

TEST_P(EachScheme, ten_thousand_changed_texts_are_all_refused) {
  std::mt19937 random(20181128);
  const std::string text = make_plate_text(m_base, code, 2, 1, m_key).text();
  int tried = 0;
  while (tried < 10'000) {
    std::string changed = mutated(text, random);
    if (random() % 4 == 0) changed = mutated(changed.empty() ? text : changed, random);
    if (changed == text) continue;
    ++tried;
    ASSERT_NE(verify_plate_text(changed, m_base, m_keys), PlateVerdict::genuine) << changed;
    ASSERT_NE(verify_plate_text(changed, "", m_keys), PlateVerdict::genuine) << changed;
  }
}

TEST_P(EachScheme, a_signature_written_as_a_larger_number_is_refused) {
  const std::string text = make_plate_text(m_base, code, 2, 1, m_key).text();
  std::string larger = text;
  larger[larger.size() - 155] = '9';
  EXPECT_EQ(verify_plate_text(larger, m_base, m_keys), PlateVerdict::not_a_plate);
}

TEST_P(EachScheme, the_longest_code_fits_version_six) {
  const std::string room = "4420001080010000010000019";
  const std::string base = plate_base("https://plates.example.gov.cn");
  EXPECT_EQ(make_qr(make_plate_text(base, room, 999, 9999, m_key).text()).version, 6);
  EXPECT_EQ(make_qr(make_plate_text(m_base, code, 1, 1, m_key).text()).version, 6);
}

INSTANTIATE_TEST_SUITE_P(, EachScheme,
                         ::testing::Values(access::SignatureScheme::ed25519, access::SignatureScheme::sm2),
                         [](const auto& scheme) { return std::string(access::signature_scheme_name(scheme.param)); });

TEST(plate_text, takes_only_https_and_a_host_as_address_of_plates) {
  EXPECT_EQ(plate_base("https://mp.example.gov.cn/"), "HTTPS://MP.EXAMPLE.GOV.CN/P/");
  EXPECT_EQ(plate_base("https://mp.example.gov.cn:8443"), "HTTPS://MP.EXAMPLE.GOV.CN:8443/P/");
  for (const char* wrong :
       {"", "http://mp.example.gov.cn", "https://", "https://a b.cn", "https://a.cn/x", "https://user@a.cn",
        "https://a..cn", "https://a.cn:0", "https://a.cn:", "https://门牌.cn"}) {
    EXPECT_THROW(plate_base(wrong), Error) << wrong;
  }
}

TEST(plate_text, refuses_codes_and_numbers_beyond_their_limits) {
  const access::SigningKey key = access::make_signing_key(access::SignatureScheme::ed25519);
  const std::string base = plate_base(url);
  for (const char* wrong : {"", "44-1", "4a", "门", "123456789012345678901234567890123"}) {
    EXPECT_THROW(make_plate_text(base, wrong, 1, 1, key), Error) << wrong;
  }
  EXPECT_THROW(make_plate_text(base, code, 0, 1, key), Error);
  EXPECT_THROW(make_plate_text(base, code, 1000, 1, key), Error);
  EXPECT_THROW(make_plate_text(base, code, 1, 0, key), Error);
  EXPECT_THROW(make_plate_text(base, code, 1, 10000, key), Error);
  EXPECT_THROW(make_plate_text("", code, 1, 1, key), Error);
}

TEST(qr, takes_any_text_and_refuses_what_is_too_long) {
  EXPECT_EQ(make_qr("https://example.cn/中文").size % 4, 1);
  EXPECT_THROW(make_qr(std::string(5000, 'x')), Error);
  EXPECT_THROW(make_qr(std::string(500, 'x'), 10), Error);
}

}  // namespace
}  // namespace menpai::share
