// SPDX-License-Identifier: Apache-2.0
// The keys that sign plates: made here, their private half sealed, their public half for everybody.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/application.hpp"
#include "share/plate_text.hpp"

namespace menpai::app {

struct PlateKeyView {
  int id = 0;
  std::string scheme;  ///< "ed25519", "sm2"
  std::string pem, jwk;
  std::string created_at, created_by;
  std::string retired_at;  ///< signs no more; what it signed counts
  std::string revoked_at;  ///< what it signed counts no more
  std::string revoked_reason;
};
/// The published keys, also of plates of long ago; for everybody.
std::vector<PlateKeyView> list_plate_keys(Application& app, const Caller& caller);
/// Makes the key that signs plates from now on, of the scheme of the setting plate.signature; those before it retire.
PlateKeyView make_plate_key(Application& app, const Caller& caller);
/// Nothing that this key signed counts any more. Throws not_found, conflict if it was revoked before, bad_request
/// without a reason.
PlateKeyView revoke_plate_key(Application& app, const Caller& caller, int id, const std::string& reason);

/// For checking plates here.
share::PlateKeys load_plate_keys(Application& app);
/// The key of plates ordered from now on; made at its first use.
std::pair<int, access::SigningKey> signing_plate_key(Application& app, const Caller& caller);
/// An older key, to print again what it signed. Throws not_found.
access::SigningKey open_plate_key(Application& app, int id);

/// Of the setting plate.url: the first, which new plates have. Throws bad_request that says what to set.
std::string plate_base_in_use(const Application& app);
/// All of them: plates of any are ours.
std::vector<std::string> plate_bases(const Application& app);

/// What a scanned text is worth, by the keys and addresses of this installation. Throws nothing for a bad text.
share::PlateVerdict check_plate_text(Application& app, const Caller& caller, std::string_view text);
/// The same with published keys in place of a database; `keys` is one key as PEM, or all of them as /api/v1/plate-keys
/// gives them. Throws bad_request if it is neither.
share::PlateVerdict check_plate_text_offline(std::string_view text, std::string_view keys);

}  // namespace menpai::app
