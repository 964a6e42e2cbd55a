// SPDX-License-Identifier: Apache-2.0
#include "app/service_tokens.hpp"

#include "access/crypto.hpp"
#include "app/account_name.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::token;
using store::Timestamp;

constexpr std::string_view prefix = "mpt_";  // so that a search for leaked secrets finds them
constexpr std::size_t token_bytes_max = 128;
constexpr std::chrono::seconds used_step{60};  // last_used_at is written at most this often

store::Bytes digest_of(std::string_view token) {
  return {access::digest(access::Hash::sha256, token)};
}

std::string time_text(const std::optional<Timestamp>& at) {
  return at ? store::iso_text(*at) : std::string();
}

}  // namespace

std::string add_service_token(Application& app, const Caller& caller, std::string_view name, int days) {
  require(app, caller, Action::manage_account, "service_token");
  check_account_name(name);
  if (days < 1 || days > token_days_max) {
    throw Error(ErrorCode::bad_request,
                "A service token is good for 1 to " + std::to_string(token_days_max) + " days. Give another number.");
  }
  const std::string token = std::string(prefix) + access::base64url(access::random_bytes(32));
  const Timestamp now = store::now();
  try {
    app.parts().store->run(query::add, Uuid::make(), name, digest_of(token), caller.name, now,
                           now + std::chrono::hours(24) * days);
  } catch (const store::DatabaseError& error) {
    if (error.code() != ErrorCode::conflict) throw;
    throw Error(ErrorCode::conflict, "A service token of that name was given before. Choose another name.");
  }
  return token;
}

std::vector<ServiceToken> list_service_tokens(Application& app, const Caller& caller) {
  require(app, caller, Action::manage_account, "service_token");
  std::vector<ServiceToken> tokens;
  const store::Result result = app.parts().store->run(query::list);
  for (const store::Row row : result) {
    tokens.push_back({row.get<Uuid>(0), row.get<std::string>(1), row.get<std::string>(2),
                      store::iso_text(row.get<Timestamp>(3)), store::iso_text(row.get<Timestamp>(4)),
                      row.get<std::string>(5), time_text(row.get<std::optional<Timestamp>>(6)),
                      time_text(row.get<std::optional<Timestamp>>(7))});
  }
  return tokens;
}

void revoke_service_token(Application& app, const Caller& caller, std::string_view name) {
  require(app, caller, Action::manage_account, "service_token");
  if (app.parts().store->run(query::revoke, name, caller.name, store::now()).affected() == 0) {
    throw Error(ErrorCode::not_found, "There is no service token of that name that is still good.");
  }
}

std::optional<Caller> caller_of_service_token(Application& app, std::string_view token) {
  if (!token.starts_with(prefix) || token.size() > token_bytes_max) return std::nullopt;
  const Timestamp now = store::now();
  const store::Result result = app.parts().store->run(query::find_by_digest, digest_of(token), now);
  if (result.empty()) return std::nullopt;
  auto [id, name, used_at] = result.only().as<Uuid, std::string, std::optional<Timestamp>>();
  if (!used_at || now - *used_at > used_step) app.parts().store->run(query::touch, id, now);
  Caller caller;
  caller.role = Role::program;
  caller.account = id;
  caller.name = std::move(name);
  return caller;
}

}  // namespace menpai::app
