// SPDX-License-Identifier: Apache-2.0
// Chunked decoding by hand and strictly: no bare LF, no sign or "0x", no space, sizes of at most 15 digits.
#include "http/body_reader.hpp"

#include <algorithm>
#include <charconv>

namespace menpai::http {
namespace {

constexpr std::size_t line_max = 4096;
constexpr std::size_t overhead_max = 4096;

}  // namespace

BodyReader::BodyReader(const RequestHead& head) : m_chunked(head.chunked), m_left(head.content_length.value_or(0)) {
  if (!m_chunked && m_left == 0) m_state = State::done;
}

std::size_t BodyReader::feed(std::string_view bytes, std::string& out) {
  if (m_state != State::more) return 0;
  if (m_chunked) return feed_chunked(bytes, out);
  const std::size_t take = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, bytes.size()));
  out.append(bytes.substr(0, take));
  m_left -= take;
  if (m_left == 0) m_state = State::done;
  return take;
}

std::size_t BodyReader::feed_chunked(std::string_view bytes, std::string& out) {
  std::size_t pos = 0;
  while (pos < bytes.size() && m_state == State::more) {
    if (m_part == Part::data) {
      const std::size_t take = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, bytes.size() - pos));
      out.append(bytes.substr(pos, take));
      pos += take;
      m_left -= take;
      if (m_left == 0) m_part = Part::data_end;
      continue;
    }
    const char c = bytes[pos++];
    m_line += c;
    if (c == '\n') {
      take_line();
    } else if (m_line.size() > line_max || (m_part == Part::data_end && m_line != "\r")) {
      m_state = State::broken;
    }
  }
  return pos;
}

void BodyReader::take_line() {
  const bool ends_well = m_line.size() >= 2 && m_line[m_line.size() - 2] == '\r';
  m_line.resize(m_line.size() - std::min<std::size_t>(m_line.size(), 2));
  if (!ends_well || m_line.find('\r') != std::string::npos || m_line.find('\0') != std::string::npos) {
    m_state = State::broken;
    return;
  }
  if (m_part == Part::data_end) {
    m_part = Part::size;
  } else if (m_part == Part::size) {
    begin_chunk();
  } else if (m_line.empty()) {
    m_state = State::done;
  } else {
    m_overhead += m_line.size();
    const std::size_t colon = m_line.find(':');
    const bool well_formed = colon != std::string::npos && colon > 0 && m_line[0] != ' ' && m_line[0] != '\t';
    if (!well_formed || m_overhead > overhead_max) m_state = State::broken;
  }
  m_line.clear();
}

void BodyReader::begin_chunk() {
  const std::size_t digits = std::min(m_line.find(';'), m_line.size());
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(m_line.data(), m_line.data() + digits, size, 16);
  m_overhead += m_line.size() - digits;
  if (digits == 0 || digits > 15 || error != std::errc() || end != m_line.data() + digits ||
      m_overhead > overhead_max) {
    m_state = State::broken;
    return;
  }
  m_left = size;
  m_part = size == 0 ? Part::trailer : Part::data;
}

}  // namespace menpai::http
