// SPDX-License-Identifier: Apache-2.0
// What stands in a plate's QR code: an HTTPS address with the code of what the plate names, which plate of it this is,
// the signing key's number and the signature. No personal data. Whoever has the published key can check it offline.
//
//   HTTPS://MP.EXAMPLE.GOV.CN/P/4420001080010000019/0010001<155 digits>
//   base                        code                | |   signature: 64 bytes as one decimal number
//                                                   | key, 4 digits
//                                                   copy, 3 digits: the how-manieth plate of that code
//
// Capitals and digits, because QR codes hold them in half the room: with a code of 25 digits and a base of 32
// characters it is version 6 at level M, 41 modules. There is exactly one way to write a plate's text; everything else
// is refused, and the signature covers all that stands before it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "access/signature.hpp"

namespace menpai::share {

struct PlateText {
  std::string base;       ///< "HTTPS://MP.EXAMPLE.GOV.CN/P/"
  std::string code;       ///< of the address or place: 1 to 32 capitals and digits
  int copy = 0;           ///< 1 to 999
  int key_id = 0;         ///< 1 to 9999
  std::string signature;  ///< 64 bytes

  /// Whatever the signature covers.
  std::string signed_text() const;
  /// "/P/<code>/<digits>": what a browser asks the server for.
  std::string path() const;
  std::string text() const;
};

inline constexpr int plate_copy_max = 999;
inline constexpr int plate_key_max = 9999;

/// "https://mp.example.gov.cn" → "HTTPS://MP.EXAMPLE.GOV.CN/P/". Throws bad_request unless it is https, a host name of
/// letters, digits, dots and hyphens, and maybe a port.
std::string plate_base(std::string_view url);
bool is_plate_code(std::string_view code);

/// Throws bad_request for a code or numbers beyond their limits.
PlateText make_plate_text(std::string_view base, std::string_view code, int copy, int key_id,
                          const access::SigningKey& key);
/// Nothing unless it is written exactly so.
std::optional<PlateText> parse_plate_text(std::string_view text);

/// A published key.
struct PlateKey {
  access::PublicKey key;
  bool is_revoked = false;  ///< nothing that it signed counts any more
};
using PlateKeys = std::map<int, PlateKey>;  ///< by key id

enum class PlateVerdict : std::uint8_t {
  genuine,      ///< signed by a key that holds
  not_a_plate,  ///< not written as a plate's text
  foreign,      ///< a plate's text of another base
  unknown_key,  ///< none of the keys that were given
  revoked_key,  ///< signed, but its key was revoked
  forged,       ///< the signature is not that of this text
};
/// "genuine", "not_a_plate" …
std::string_view plate_verdict_name(PlateVerdict verdict);

/// Needs no network and no database. `base` empty: any base is taken, as somebody does who checks with a key he
/// trusts. Whether a single plate was revoked or replaced only the register knows.
PlateVerdict verify_plate_text(std::string_view text, std::string_view base, const PlateKeys& keys);

}  // namespace menpai::share
