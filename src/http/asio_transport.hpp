// SPDX-License-Identifier: Apache-2.0
// The two transports over Asio, and the TLS settings. Included by two files only: it draws in all of Asio.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <memory>

#include "http/transport.hpp"

namespace menpai::http {

/// TLS 1.2 and 1.3, forward secrecy and AEAD only. Throws bad_request that names the file if a file cannot be read, is
/// not PEM, or the key does not belong to the certificate.
boost::asio::ssl::context make_tls_context(const std::filesystem::path& cert, const std::filesystem::path& key);

std::unique_ptr<Transport> make_plain_transport(boost::asio::ip::tcp::socket socket);
std::unique_ptr<Transport> make_tls_transport(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& context);

}  // namespace menpai::http
