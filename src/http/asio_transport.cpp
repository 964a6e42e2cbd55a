// SPDX-License-Identifier: Apache-2.0
// GCC 12 sees null pointers in Asio's own headers when it optimises.
#pragma GCC diagnostic ignored "-Wnull-dereference"
#include "http/asio_transport.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509err.h>

#include "base/error.hpp"

namespace menpai::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

std::array<asio::const_buffer, 2> buffers_of(const std::array<std::string_view, 2>& pieces) {
  return {asio::const_buffer(pieces[0].data(), pieces[0].size()),
          asio::const_buffer(pieces[1].data(), pieces[1].size())};
}

void close_socket(tcp::socket& socket) {
  error_code ignored;
  socket.shutdown(tcp::socket::shutdown_both, ignored);
  socket.close(ignored);
}

class PlainTransport final : public Transport {
 public:
  explicit PlainTransport(tcp::socket socket) : m_socket(std::move(socket)) {}

  void handshake(OnDone on_done) override {
    asio::post(m_socket.get_executor(), [on_done = std::move(on_done)] { on_done(true); });
  }
  void read_some(char* data, std::size_t size, OnBytes on_bytes) override {
    m_socket.async_read_some(
        asio::buffer(data, size),
        [on_bytes = std::move(on_bytes)](error_code error, std::size_t n) { on_bytes(!error && n > 0, n); });
  }
  void write_some(std::array<std::string_view, 2> pieces, OnBytes on_bytes) override {
    m_socket.async_write_some(
        buffers_of(pieces), [on_bytes = std::move(on_bytes)](error_code error, std::size_t n) { on_bytes(!error, n); });
  }
  void end_writing(OnDone on_done) override {
    error_code ignored;
    m_socket.shutdown(tcp::socket::shutdown_send, ignored);
    asio::post(m_socket.get_executor(), [on_done = std::move(on_done)] { on_done(true); });
  }
  void close() override { close_socket(m_socket); }

 private:
  tcp::socket m_socket;
};

class TlsTransport final : public Transport {
 public:
  TlsTransport(tcp::socket socket, asio::ssl::context& context) : m_stream(std::move(socket), context) {}

  void handshake(OnDone on_done) override {
    m_stream.async_handshake(asio::ssl::stream_base::server,
                             [on_done = std::move(on_done)](error_code error) { on_done(!error); });
  }
  void read_some(char* data, std::size_t size, OnBytes on_bytes) override {
    auto answer = [on_bytes = std::move(on_bytes)](error_code error, std::size_t n) { on_bytes(!error && n > 0, n); };
    if (m_ended) {
      m_stream.next_layer().async_read_some(asio::buffer(data, size), std::move(answer));
    } else {
      m_stream.async_read_some(asio::buffer(data, size), std::move(answer));
    }
  }
  void write_some(std::array<std::string_view, 2> pieces, OnBytes on_bytes) override {
    m_stream.async_write_some(
        buffers_of(pieces), [on_bytes = std::move(on_bytes)](error_code error, std::size_t n) { on_bytes(!error, n); });
  }
  /// Sends the closing alert and waits for the peer's, or for whatever it sends instead.
  void end_writing(OnDone on_done) override {
    m_stream.async_shutdown([this, on_done = std::move(on_done)](error_code) {
      error_code ignored;
      m_stream.next_layer().shutdown(tcp::socket::shutdown_send, ignored);
      m_ended = true;
      on_done(true);
    });
  }
  void close() override { close_socket(m_stream.next_layer()); }

 private:
  asio::ssl::stream<tcp::socket> m_stream;
  bool m_ended = false;
};

[[noreturn]] void refuse_tls(const std::string& what, const std::filesystem::path& file) {
  char reason[256] = "";
  if (const unsigned long code = ERR_get_error(); code != 0) ERR_error_string_n(code, reason, sizeof reason);
  ERR_clear_error();
  throw Error(ErrorCode::bad_request, what + " " + file.string() + ". It must be a readable file in PEM form.", reason);
}

int choose_http_1_1(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
                    unsigned int in_size, void*) {
  static constexpr unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_size, ours, sizeof ours, in, in_size) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

asio::ssl::context make_tls_context(const std::filesystem::path& cert, const std::filesystem::path& key) {
  asio::ssl::context context(asio::ssl::context::tls_server);
  SSL_CTX* native = context.native_handle();
  ERR_clear_error();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  if (SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1) {
    throw Error(ErrorCode::internal, "OpenSSL knows none of the ciphers asked for.");
  }
  SSL_CTX_set_alpn_select_cb(native, choose_http_1_1, nullptr);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  if (SSL_CTX_use_certificate_chain_file(native, cert.c_str()) != 1) refuse_tls("Could not use the certificate", cert);
  if (SSL_CTX_use_PrivateKey_file(native, key.c_str(), SSL_FILETYPE_PEM) != 1) {
    if (ERR_GET_REASON(ERR_peek_error()) == X509_R_KEY_VALUES_MISMATCH) {
      ERR_clear_error();
      throw Error(ErrorCode::bad_request,
                  "The key " + key.string() + " does not belong to the certificate " + cert.string() + ".");
    }
    refuse_tls("Could not use the key", key);
  }
  return context;
}

std::unique_ptr<Transport> make_plain_transport(tcp::socket socket) {
  return std::make_unique<PlainTransport>(std::move(socket));
}

std::unique_ptr<Transport> make_tls_transport(tcp::socket socket, asio::ssl::context& context) {
  return std::make_unique<TlsTransport>(std::move(socket), context);
}

}  // namespace menpai::http
