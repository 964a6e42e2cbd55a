// SPDX-License-Identifier: Apache-2.0
#include "access/sealed_stream.hpp"

#include <openssl/crypto.h>

#include "base/error.hpp"

namespace menpai::access {
namespace {

constexpr std::string_view magic = "MPSF\x01";
constexpr std::size_t head_bytes = 5 + 1 + 4 + 16;

void append_number(std::string& out, std::uint64_t number, int bytes) {
  for (int shift = bytes * 8 - 8; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 255);
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = at; i < at + 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

std::string associated_of(std::string_view head, std::uint64_t number, bool is_last) {
  std::string out(head);
  append_number(out, number, 8);
  out += is_last ? '\1' : '\0';
  return out;
}

[[noreturn]] void throw_damaged(const char* how) {
  throw Error(ErrorCode::damaged, "A sealed file does not open: it was changed or cut off. Restore it from a backup.",
              how);
}

}  // namespace

StreamSealer::StreamSealer(KeyRing& keys, std::string_view table, std::string_view column)
    : m_key(keys.current(table, column)), m_head(magic) {
  m_head += static_cast<char>(m_key.cipher->suite());
  append_number(m_head, static_cast<std::uint64_t>(m_key.epoch), 4);
  m_head += random_bytes(16);
}

void StreamSealer::frame(bool is_last, std::string& out) {
  if (!m_is_head_out) out += m_head;
  m_is_head_out = true;
  const std::string_view plain = std::string_view(m_held).substr(0, std::min(m_held.size(), stream_frame_bytes));
  append_number(out, plain.size() + m_key.cipher->overhead_bytes(), 4);
  m_key.cipher->seal(plain, associated_of(m_head, m_number++, is_last), out);
  OPENSSL_cleanse(m_held.data(), plain.size());
  m_held.erase(0, plain.size());
}

void StreamSealer::write(std::string_view plain, std::string& out) {
  while (!plain.empty()) {
    const std::size_t count = std::min(plain.size(), stream_frame_bytes - m_held.size());
    m_held += plain.substr(0, count);
    plain.remove_prefix(count);
    if (m_held.size() == stream_frame_bytes) frame(false, out);
  }
}

void StreamSealer::finish(std::string& out) {
  frame(true, out);
}

StreamOpener::StreamOpener(KeyRing& keys, std::string_view table, std::string_view column)
    : m_keys(keys), m_table(table), m_column(column) {}

bool StreamOpener::take_head() {
  if (!m_head.empty()) return true;
  if (m_held.size() < head_bytes) return false;
  m_head = m_held.substr(0, head_bytes);
  m_held.erase(0, head_bytes);
  if (!m_head.starts_with(magic)) throw_damaged("no head");
  const std::uint32_t epoch = number_at(m_head, magic.size() + 1);
  if (epoch == 0 || epoch > 1'000'000) throw_damaged("no such epoch");
  m_key = m_keys.of_epoch(m_table, m_column, static_cast<int>(epoch));
  if (static_cast<char>(m_key.cipher->suite()) != m_head[magic.size()]) throw_damaged("another suite");
  return true;
}

void StreamOpener::write(std::string_view sealed, std::string& out) {
  m_held += sealed;
  if (!take_head()) return;
  std::size_t at = 0;
  while (m_held.size() - at >= 4) {
    const std::size_t length = number_at(m_held, at);
    if (m_is_ended || length > stream_frame_bytes + m_key.cipher->overhead_bytes() ||
        length < m_key.cipher->overhead_bytes()) {
      throw_damaged(m_is_ended ? "bytes behind the end" : "no frame");
    }
    if (m_held.size() - at - 4 < length) break;
    const std::string_view frame = std::string_view(m_held).substr(at + 4, length);
    m_is_ended = length < stream_frame_bytes + m_key.cipher->overhead_bytes();
    if (!m_key.cipher->open(frame, associated_of(m_head, m_number++, m_is_ended), out))
      throw_damaged("frame not authentic");
    at += 4 + length;
  }
  m_held.erase(0, at);
}

void StreamOpener::finish() const {
  if (!m_is_ended || !m_held.empty()) throw_damaged("cut off");
}

}  // namespace menpai::access
