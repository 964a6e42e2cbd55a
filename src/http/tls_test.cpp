// SPDX-License-Identifier: Apache-2.0
// TLS with a certificate made on the spot: what is spoken, what is refused, what the files must be.
#include <cstdio>
#include <filesystem>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "http/test_routes.hpp"

namespace menpai::http::test {
namespace {

namespace fs = std::filesystem;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// A self-signed certificate for "localhost", for one day, with an EC key.
void make_certificate(const fs::path& cert_file, const fs::path& key_file) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* cert = X509_new();
  X509_set_version(cert, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
  X509_gmtime_adj(X509_getm_notBefore(cert), 0);
  X509_gmtime_adj(X509_getm_notAfter(cert), 24L * 3600);
  X509_set_pubkey(cert, key);
  X509_NAME* name = X509_get_subject_name(cert);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(cert, name);
  X509_sign(cert, key, EVP_sha256());
  const File cert_out(std::fopen(cert_file.c_str(), "w"));
  const File key_out(std::fopen(key_file.c_str(), "w"));
  PEM_write_X509(cert_out.get(), cert);
  PEM_write_PrivateKey(key_out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  X509_free(cert);
  EVP_PKEY_free(key);
}

/// A TLS client that trusts everybody.
class TlsClient {
 public:
  TlsClient(std::uint16_t port, int version_max) : m_context(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_max_proto_version(m_context, version_max);
    SSL_CTX_set_security_level(m_context, 0);
    SSL_CTX_set_alpn_protos(m_context, reinterpret_cast<const unsigned char*>("\x02h2\x08http/1.1"), 12);
    m_bio = BIO_new_ssl_connect(m_context);
    BIO_set_conn_hostname(m_bio, ("127.0.0.1:" + std::to_string(port)).c_str());
    m_connected = BIO_do_connect(m_bio) == 1 && BIO_do_handshake(m_bio) == 1;
  }
  ~TlsClient() {
    BIO_free_all(m_bio);
    SSL_CTX_free(m_context);
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool connected() const { return m_connected; }
  std::string alpn() const {
    SSL* ssl = nullptr;
    BIO_get_ssl(m_bio, &ssl);
    const unsigned char* chosen = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(ssl, &chosen, &size);
    return {reinterpret_cast<const char*>(chosen), size};
  }
  std::string talk(const std::string& bytes) {
    BIO_write(m_bio, bytes.data(), static_cast<int>(bytes.size()));
    std::string all;
    char buffer[16384];
    for (int got = 0; (got = BIO_read(m_bio, buffer, sizeof buffer)) > 0;)
      all.append(buffer, static_cast<std::size_t>(got));
    return all;
  }

 private:
  SSL_CTX* m_context;
  BIO* m_bio = nullptr;
  bool m_connected = false;
};

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() {
    std::string name = (fs::temp_directory_path() / "menpai-tls-XXXXXX").string();
    root = ::mkdtemp(name.data());
    make_certificate(root / "cert.pem", root / "key.pem");
    options.tls_cert = root / "cert.pem";
    options.tls_key = root / "key.pem";
  }
  ~TlsTest() override { fs::remove_all(root); }
  RunningServer& server() {
    if (!m_server) m_server = std::make_unique<RunningServer>(test_routes(seen), test_hooks(), options);
    return *m_server;
  }

  fs::path root;
  ServerOptions options = quick_options();
  std::shared_ptr<Seen> seen = std::make_shared<Seen>();

 private:
  std::unique_ptr<RunningServer> m_server;
};

TEST_F(TlsTest, answers_over_tls_and_tells_browsers_to_stay_with_it) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server().port(), version);
    ASSERT_TRUE(client.connected());
    EXPECT_EQ(client.alpn(), "http/1.1");
    const std::string answer =
        client.talk("GET /hello HTTP/1.1\r\nHost: menpai.example.org\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(body_of(answer), "hello");
    EXPECT_EQ(field_of(answer, "Strict-Transport-Security"), "max-age=31536000");
  }
}

TEST_F(TlsTest, knows_the_caller_by_the_host_bound_cookie_only) {
  const auto ask = [&](const std::string& cookie) {
    TlsClient client(server().port(), TLS1_3_VERSION);
    return status_of_text(
        client.talk("GET /api/mine HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: " + cookie + "\r\n\r\n"));
  };
  EXPECT_EQ(ask("__Host-menpai=clerk-token"), 200);
  EXPECT_EQ(ask("menpai=clerk-token"), 401);
}

TEST_F(TlsTest, refuses_old_versions_of_tls) {
  EXPECT_FALSE(TlsClient(server().port(), TLS1_1_VERSION).connected());
  EXPECT_FALSE(TlsClient(server().port(), TLS1_VERSION).connected());
}

TEST_F(TlsTest, closes_who_speaks_plain_http_or_nothing) {
  RawClient plain(server().port());
  plain.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(plain.receive_all().find("hello"), std::string::npos);
  EXPECT_TRUE(plain.ended());
  RawClient silent(server().port());
  EXPECT_EQ(silent.receive_all(), "");
  EXPECT_TRUE(silent.ended());
}

TEST_F(TlsTest, moves_big_bodies_both_ways) {
  TlsClient up(server().port(), TLS1_3_VERSION);
  const std::string head = "POST /api/upload HTTP/1.1\r\nHost: a\r\nX-Menpai: 1\r\nConnection: close\r\n";
  EXPECT_EQ(body_of(up.talk(head + "Content-Length: 3000000\r\n\r\n" + std::string(3'000'000, 'x'))),
            "{\"size\":3000000}");
  TlsClient down(server().port(), TLS1_3_VERSION);
  const std::string answer = down.talk("GET /pieces/30/-1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(unchunk(body_of(answer)).size(), 3'000'000U);
}

TEST_F(TlsTest, lets_a_refused_sender_read_why) {
  TlsClient client(server().port(), TLS1_3_VERSION);
  const std::string head = "POST /api/body HTTP/1.1\r\nHost: a\r\nX-Menpai: 1\r\nContent-Length: 100000\r\n\r\n";
  EXPECT_EQ(status_of_text(client.talk(head + std::string(100'000, 'x'))), 413);
}

TEST_F(TlsTest, says_what_is_wrong_with_the_files) {
  Door door(test_routes(seen), test_hooks(), {.proxy = "", .tls = true}, std::make_shared<Metrics>());
  const auto refusal = [&](const fs::path& cert, const fs::path& key) -> std::string {
    ServerOptions wrong = options;
    wrong.tls_cert = cert;
    wrong.tls_key = key;
    try {
      const Server other(wrong, door);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::bad_request);
      return error.what();
    }
    return "";
  };
  make_certificate(root / "other_cert.pem", root / "other_key.pem");
  EXPECT_EQ(refusal(root / "cert.pem", root / "key.pem"), "");
  EXPECT_NE(refusal(root / "none.pem", root / "key.pem").find("none.pem"), std::string::npos);
  EXPECT_NE(refusal(root / "key.pem", root / "key.pem").find("certificate"), std::string::npos);
  EXPECT_NE(refusal(root / "cert.pem", root / "cert.pem").find("key"), std::string::npos);
  EXPECT_NE(refusal(root / "cert.pem", root / "other_key.pem").find("does not belong"), std::string::npos);
}

}  // namespace
}  // namespace menpai::http::test
