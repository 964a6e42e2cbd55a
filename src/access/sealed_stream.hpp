// SPDX-License-Identifier: Apache-2.0
// Sealing of files of any length: frames of 64 KiB, each authenticated with its number and whether it is the last, so
// that frames that are missing, repeated or in another order are found.
//
// Form: "MPSF" 0x01 | suite | epoch (4 bytes) | file id (16 bytes) | frames; a frame is its sealed length (4 bytes) and
// the sealed bytes; the last frame holds less than 64 KiB, maybe nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "access/key_ring.hpp"

namespace menpai::access {

inline constexpr std::size_t stream_frame_bytes = 64 * 1024;

class StreamSealer {
 public:
  StreamSealer(KeyRing& keys, std::string_view table, std::string_view column);
  /// Appends to `out` what is ready of the sealed form.
  void write(std::string_view plain, std::string& out);
  /// Appends the rest; nothing may be written afterwards.
  void finish(std::string& out);

 private:
  void frame(bool is_last, std::string& out);
  KeyRing::Key m_key;
  std::string m_head;
  std::string m_held;  // plain text of the frame that is being filled
  std::uint64_t m_number = 0;
  bool m_is_head_out = false;
};

class StreamOpener {
 public:
  StreamOpener(KeyRing& keys, std::string_view table, std::string_view column);
  /// Takes the next bytes of the sealed form and appends what they open to `out`. Throws damaged, unsupported.
  void write(std::string_view sealed, std::string& out);
  /// Throws damaged if the file ended too early.
  void finish() const;

 private:
  bool take_head();
  KeyRing& m_keys;
  std::string m_table, m_column;
  KeyRing::Key m_key;
  std::string m_head;
  std::string m_held;
  std::uint64_t m_number = 0;
  bool m_is_ended = false;
};

}  // namespace menpai::access
