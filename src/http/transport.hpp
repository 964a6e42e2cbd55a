// SPDX-License-Identifier: Apache-2.0
// A connection's bytes, plain or through TLS, behind one small interface, so that the session is written once and sees
// no Boost.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string_view>

namespace menpai::http {

/// All calls and all answers on the I/O thread. At most one read and one write are under way. An answer comes exactly
/// once, never from inside the call; after close() it still comes, with `ok` false.
class Transport {
 public:
  using OnBytes = std::function<void(bool ok, std::size_t bytes)>;
  using OnDone = std::function<void(bool ok)>;

  virtual ~Transport() = default;
  virtual void handshake(OnDone on_done) = 0;
  /// ok with at least one byte, or not ok: the peer has ended or the connection is broken.
  virtual void read_some(char* data, std::size_t size, OnBytes on_bytes) = 0;
  /// Writes some of the two pieces, first the first. They must stay until the answer.
  virtual void write_some(std::array<std::string_view, 2> pieces, OnBytes on_bytes) = 0;
  /// Says to the peer that nothing more comes. After the answer, what it still sends can be read (and dropped: it is
  /// not deciphered any more). No read may be under way.
  virtual void end_writing(OnDone on_done) = 0;
  virtual void close() = 0;
};

}  // namespace menpai::http
