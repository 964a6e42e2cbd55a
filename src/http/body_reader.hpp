// SPDX-License-Identifier: Apache-2.0
// Takes a request's body out of the byte stream, by Content-Length or by chunks (RFC 9112, section 7.1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace menpai::http {

class BodyReader {
 public:
  enum class State : std::uint8_t { more, done, broken };

  explicit BodyReader(const RequestHead& head);

  /// Takes what belongs to the body from the front of `bytes`, appends it decoded to `out` and returns how many bytes
  /// it took. Stops behind the body. Chunk extensions and trailers are read and dropped, at most 4 KiB a line and in
  /// all.
  std::size_t feed(std::string_view bytes, std::string& out);
  State state() const { return m_state; }

 private:
  enum class Part : std::uint8_t { size, data, data_end, trailer };

  std::size_t feed_chunked(std::string_view bytes, std::string& out);
  void take_line();
  void begin_chunk();

  State m_state = State::more;
  bool m_chunked = false;
  Part m_part = Part::size;
  std::uint64_t m_left = 0;    ///< of the body or of the chunk
  std::string m_line;          ///< chunk size or trailer line under way
  std::size_t m_overhead = 0;  ///< bytes of extensions and trailers so far
};

}  // namespace menpai::http
