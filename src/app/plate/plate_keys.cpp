// SPDX-License-Identifier: Apache-2.0
#include "app/plate/plate_keys.hpp"

#include <simdjson.h>
#include <sstream>

#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::plate_key;

constexpr std::size_t reason_max = 500;
constexpr std::size_t keys_max = std::size_t{1} << 20;

access::FieldPlace place_of(int id) {
  return {"plate_key", "private_key", std::to_string(id), 1};
}

std::string padded(int id) {
  const std::string text = std::to_string(id);
  return std::string(4 - std::min<std::size_t>(4, text.size()), '0') + text;
}

std::string time_text(const store::Row& row, int column) {
  const auto at = row.get<std::optional<store::Timestamp>>(column);
  return at ? store::iso_text(*at) : std::string();
}

access::PublicKey public_of(const store::Row& row) {
  return {static_cast<access::SignatureScheme>(row.get<std::int32_t>(1)), row.get<store::Bytes>(2).value};
}

PlateKeyView view_of(const store::Row& row) {
  const access::PublicKey key = public_of(row);
  PlateKeyView view;
  view.id = row.get<std::int32_t>(0);
  view.scheme = access::signature_scheme_name(key.scheme);
  view.pem = access::public_key_pem(key);
  view.jwk = access::public_key_jwk(key, padded(view.id));
  view.created_at = time_text(row, 3);
  view.created_by = row.get<std::string>(4);
  view.retired_at = time_text(row, 5);
  view.revoked_at = time_text(row, 6);
  view.revoked_reason = row.get<std::string>(7);
  return view;
}

PlateKeyView find_view(Application& app, int id) {
  const store::Result result = app.parts().store->run(query::list);
  for (const store::Row row : result) {
    if (row.get<std::int32_t>(0) == id) return view_of(row);
  }
  throw Error(ErrorCode::not_found, "There is no signing key " + std::to_string(id) + ".");
}

int add_key(Application& app, const Caller& caller) {
  Application::Parts& parts = app.parts();
  const auto scheme = access::parse_signature_scheme(parts.settings.plate_signature);
  MENPAI_ASSERT(scheme.has_value(), "the setting was checked");
  const access::SigningKey key = access::make_signing_key(*scheme);
  for (int attempt = 0; attempt < 10; ++attempt) {
    const auto id = parts.store->run(query::next_id).only().get<std::int32_t>(0);
    if (id > share::plate_key_max) throw Error(ErrorCode::too_large, "All 9999 numbers of signing keys are used.");
    const std::string sealed = parts.keys->seal(place_of(id), key.private_der.view());
    if (parts.store
            ->run(query::add, id, static_cast<std::int32_t>(*scheme), store::BytesView{key.public_key.der},
                  store::BytesView{sealed}, store::now(), caller.name)
            .affected() == 1) {
      return id;
    }
  }
  throw Error(ErrorCode::busy, "Others make signing keys at this moment. Try again.");
}

access::SigningKey unseal(Application& app, const store::Row& row) {
  const auto [id, scheme, sealed] = row.as<std::int32_t, std::int32_t, store::Bytes>();
  return access::open_signing_key(static_cast<access::SignatureScheme>(scheme),
                                  access::Secret(app.parts().keys->open(place_of(id), sealed.value)));
}

/// Keys of the JSON that /api/v1/plate-keys gives.
share::PlateKeys keys_of_json(std::string_view text) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  simdjson::dom::array items;
  const simdjson::padded_string padded_text(text);
  if (parser.parse(padded_text).get(root) != simdjson::SUCCESS || root["items"].get(items) != simdjson::SUCCESS) {
    throw Error(ErrorCode::bad_request, "The file of keys is neither PEM nor what /api/v1/plate-keys gives.");
  }
  share::PlateKeys keys;
  for (const simdjson::dom::element item : items) {
    std::int64_t id = 0;
    std::string_view pem;
    std::string_view revoked;
    const bool is_read = item["id"].get(id) == simdjson::SUCCESS && item["pem"].get(pem) == simdjson::SUCCESS &&
                         item["revoked_at"].get(revoked) == simdjson::SUCCESS;
    const auto key = is_read ? access::parse_public_key_pem(pem) : std::nullopt;
    if (!key || id < 1 || id > share::plate_key_max) {
      throw Error(ErrorCode::bad_request, "One of the keys cannot be read.");
    }
    keys[static_cast<int>(id)] = {*key, !revoked.empty()};
  }
  return keys;
}

}  // namespace

std::vector<PlateKeyView> list_plate_keys(Application& app, const Caller& caller) {
  require(app, caller, Action::visit_plate, "plate_key");
  std::vector<PlateKeyView> keys;
  const store::Result result = app.parts().store->run(query::list);
  for (const store::Row row : result) keys.push_back(view_of(row));
  return keys;
}

PlateKeyView make_plate_key(Application& app, const Caller& caller) {
  require(app, caller, Action::manage_plate_key, "plate_key");
  const std::vector<PlateKeyView> before = list_plate_keys(app, caller);
  const int id = add_key(app, caller);
  for (const PlateKeyView& key : before) {
    if (key.retired_at.empty()) app.parts().store->run(query::retire, std::int32_t{key.id}, store::now());
  }
  return find_view(app, id);
}

PlateKeyView revoke_plate_key(Application& app, const Caller& caller, int id, const std::string& reason) {
  require(app, caller, Action::manage_plate_key, "plate_key", std::to_string(id));
  if (reason.empty() || reason.size() > reason_max) {
    throw Error(ErrorCode::bad_request, "Give a reason for revoking the key, at most 500 bytes.");
  }
  (void)find_view(app, id);
  if (app.parts().store->run(query::revoke, std::int32_t{id}, store::now(), reason).affected() == 0) {
    throw Error(ErrorCode::conflict, "This key was revoked before.");
  }
  return find_view(app, id);
}

share::PlateKeys load_plate_keys(Application& app) {
  share::PlateKeys keys;
  const store::Result result = app.parts().store->run(query::list);
  for (const store::Row row : result) {
    keys[row.get<std::int32_t>(0)] = {public_of(row), !row.is_null(6)};
  }
  return keys;
}

std::pair<int, access::SigningKey> signing_plate_key(Application& app, const Caller& caller) {
  Application::Parts& parts = app.parts();
  const auto scheme = access::parse_signature_scheme(parts.settings.plate_signature);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const store::Result result = parts.store->run(query::signing, static_cast<std::int32_t>(*scheme));
    if (!result.empty()) return {result[0].get<std::int32_t>(0), unseal(app, result[0])};
    add_key(app, caller);
  }
  throw Error(ErrorCode::internal, "No signing key could be made.");
}

access::SigningKey open_plate_key(Application& app, int id) {
  const store::Result result = app.parts().store->run(query::get, std::int32_t{id});
  if (result.empty()) throw Error(ErrorCode::not_found, "There is no signing key " + std::to_string(id) + ".");
  return unseal(app, result[0]);
}

std::vector<std::string> plate_bases(const Application& app) {
  std::vector<std::string> bases;
  std::istringstream words(app.settings().plate_url);
  for (std::string url; words >> url;) bases.push_back(share::plate_base(url));
  return bases;
}

std::string plate_base_in_use(const Application& app) {
  const std::vector<std::string> bases = plate_bases(app);
  if (bases.empty()) {
    throw Error(ErrorCode::bad_request,
                "Say first which address the QR codes of plates have: setting plate.url, for example "
                "https://mp.example.gov.cn.");
  }
  return bases.front();
}

share::PlateVerdict check_plate_text(Application& app, const Caller& caller, std::string_view text) {
  require(app, caller, Action::read_plate, "plate");
  const share::PlateKeys keys = load_plate_keys(app);
  share::PlateVerdict verdict = share::PlateVerdict::foreign;
  for (const std::string& base : plate_bases(app)) {
    verdict = share::verify_plate_text(text, base, keys);
    if (verdict != share::PlateVerdict::foreign) return verdict;
  }
  return share::parse_plate_text(text) ? verdict : share::PlateVerdict::not_a_plate;
}

share::PlateVerdict check_plate_text_offline(std::string_view text, std::string_view keys) {
  if (keys.size() > keys_max) throw Error(ErrorCode::too_large, "A file of keys has at most 1 MiB.");
  if (keys.find("-----BEGIN") != 0) return share::verify_plate_text(text, {}, keys_of_json(keys));
  const auto key = access::parse_public_key_pem(keys);
  if (!key) throw Error(ErrorCode::bad_request, "The file holds no public key of a kind that signs plates.");
  const auto plate = share::parse_plate_text(text);
  // A key in PEM has no number: it is whichever the plate names.
  return share::verify_plate_text(text, {}, {{plate ? plate->key_id : 0, {*key}}});
}

}  // namespace menpai::app
