// SPDX-License-Identifier: Apache-2.0
#include "app/accounts.hpp"

#include <algorithm>

#include "access/password.hpp"
#include "app/account_name.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/utf8.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using store::Timestamp;

constexpr minutes session_idle{30};
constexpr hours session_life{12};
constexpr seconds seen_step{60};  // last_seen_at is written at most this often
constexpr hours one_time_password_life{72};
constexpr hours failure_memory{24};           // an older series of failures is forgotten
constexpr int failures_free = 5;              // of one name before the delay begins
constexpr int failures_of_origin_free = 100;  // a whole office may sit behind one address
constexpr int failures_until_lock = 50;
constexpr seconds delay_max{900};

constexpr const char* sign_in_refused = "The name or the password is wrong, or the account is locked.";

struct StoredAccount {
  Account account;
  std::string password_hash;
  bool is_password_expired = false;
};

Role role_of(const std::string& name) {
  return name == "administrator" ? Role::administrator : Role::clerk;
}

Account account_of(const store::Row& row) {
  Account account;
  account.id = row.get<Uuid>(0);
  account.name = row.get<std::string>(1);
  account.role = role_of(row.get<std::string>(2));
  account.locked = row.get<bool>(3);
  account.must_change_password = row.get<bool>(4);
  account.created_at = store::iso_text(row.get<Timestamp>(5));
  return account;
}

std::optional<StoredAccount> stored_of(const store::Result& result) {
  if (result.empty()) return std::nullopt;
  const store::Row row = result.only();
  return StoredAccount{account_of(row), row.get<std::string>(6), row.get<bool>(7)};
}

std::string token_digest(std::string_view token) {
  return access::digest(access::Hash::sha256, token);
}

/// Failures are counted under a keyed digest: people type passwords into the name field.
store::Bytes failure_subject(Application& app, std::string_view kind, std::string_view text) {
  const access::Secret key = app.parts().key_provider->derive_key("sign-in failure");
  return {access::hmac(access::Hash::sha256, key.view(), std::string(kind) + "|" + std::string(text))};
}

seconds delay_after(int failures, int free) {
  if (failures < free) return seconds(0);
  return std::min(delay_max, seconds(1L << std::min(failures - free, 20)));
}

/// Refuses while a delay runs, for names that exist and names that do not.
void check_delay(Application& app, const store::Bytes& name, const store::Bytes& origin) {
  const Timestamp now = store::now();
  Timestamp until{};
  for (const store::Row row :
       app.parts().store->run(store::query::account::failures, std::vector<store::Bytes>{name, origin})) {
    until = std::max(until, row.get<Timestamp>(3));
  }
  if (until <= now) return;
  const auto left = std::chrono::ceil<seconds>(until - now).count();
  throw Error(ErrorCode::busy, "Too many failed attempts. Wait " + std::to_string(left) + " seconds and try again.");
}

void note_failure(Application& app, const store::Bytes& name, const store::Bytes& origin,
                  const std::optional<StoredAccount>& stored) {
  const Timestamp now = store::now();
  app.parts().store->transact([&](store::Transaction& transaction) {
    const auto add = [&](const store::Bytes& subject, int free) {
      const int failures =
          transaction.run(store::query::account::add_failure, subject, now, now - failure_memory).only().get<int>(0);
      transaction.run(store::query::account::set_not_before, subject, now + delay_after(failures, free));
      return failures;
    };
    const int failures = add(name, failures_free);
    if (failures >= failures_until_lock && stored) {
      transaction.run(store::query::account::set_locked, stored->account.name, true, now);
    }
    add(origin, failures_of_origin_free);
  });
}

/// What became of an attempt. Failures are counted: they come as fast as somebody guesses.
void record_sign_in(Application& app, const Caller& caller, const std::optional<Account>& account) {
  access::AuditRecord record{caller, Action::sign_in, "account", {}, account.has_value(), "password", 1};
  if (!account) {
    app.parts().audit->count(record);
    return;
  }
  record.caller.account = account->id;
  record.caller.name = account->name;
  record.caller.role = account->role;
  record.object_id = account->id.text();
  app.parts().audit->write(record);
}

SignedIn open_session(Application& app, const Caller& caller, const Account& account, const store::Bytes& name) {
  SignedIn signed_in;
  signed_in.token = access::base64url(access::random_bytes(32));
  signed_in.account = account;
  const Timestamp now = store::now();
  signed_in.expires_at = store::iso_text(now + session_life);
  app.parts().store->transact([&](store::Transaction& transaction) {
    transaction.run(store::query::session::remove_expired, now, now - session_idle);
    transaction.run(store::query::session::add, store::Bytes{token_digest(signed_in.token)}, Uuid::make(), account.id,
                    caller.origin, now, now + session_life);
    transaction.run(store::query::account::clear_failures, name);
  });
  return signed_in;
}

/// Stores a password and ends the account's sessions, but for one.
void store_password(Application& app, const Uuid& account, const std::string& hash, bool is_one_time,
                    const Uuid& keep) {
  const Timestamp now = store::now();
  const auto expires = is_one_time ? std::optional<Timestamp>(now + one_time_password_life) : std::nullopt;
  app.parts().store->transact([&](store::Transaction& transaction) {
    transaction.run(store::query::account::set_password, account, hash, is_one_time, expires, now);
    transaction.run(store::query::session::remove_of_account, account, keep);
  });
}

StoredAccount get_by_name(Application& app, std::string_view name) {
  auto stored = stored_of(app.parts().store->run(store::query::account::find_by_name, name, store::now()));
  if (!stored) throw Error(ErrorCode::not_found, "There is no account of that name.");
  return *stored;
}

}  // namespace

std::string add_account(Application& app, const Caller& caller, std::string_view name, Role role,
                        const std::optional<std::string>& password) {
  require(app, caller, Action::manage_account, "account");
  check_account_name(name);
  if (role != Role::clerk && role != Role::administrator) {
    throw Error(ErrorCode::bad_request, "The role of an account is clerk or administrator.");
  }
  const std::string one_time = password ? std::string() : access::make_one_time_password();
  if (password) access::check_password_acceptable(*password, name);
  const Timestamp now = store::now();
  const auto expires = password ? std::nullopt : std::optional<Timestamp>(now + one_time_password_life);
  try {
    app.parts().store->run(store::query::account::add, Uuid::make(), name, role_name(role),
                           access::hash_password(password ? *password : one_time, app.parts().password_cost),
                           !password.has_value(), expires, now);
  } catch (const store::DatabaseError& error) {
    if (error.code() != ErrorCode::conflict) throw;
    throw Error(ErrorCode::conflict, "There is an account of that name already. Choose another name.");
  }
  return one_time;
}

std::vector<Account> list_accounts(Application& app, const Caller& caller) {
  require(app, caller, Action::manage_account, "account");
  std::vector<Account> accounts;
  for (const store::Row row : app.parts().store->run(store::query::account::list)) accounts.push_back(account_of(row));
  return accounts;
}

void set_account_locked(Application& app, const Caller& caller, std::string_view name, bool locked) {
  require(app, caller, Action::manage_account, "account");
  const StoredAccount stored = get_by_name(app, name);
  if (locked && stored.account.id == caller.account) {
    throw Error(ErrorCode::bad_request, "You cannot lock your own account.");
  }
  const store::Bytes subject = failure_subject(app, "name", name);
  app.parts().store->transact([&](store::Transaction& transaction) {
    transaction.run(store::query::account::set_locked, name, locked, store::now());
    if (locked) {
      transaction.run(store::query::session::remove_of_account, stored.account.id, Uuid());
    } else {
      transaction.run(store::query::account::clear_failures, subject);
    }
  });
}

std::string reset_password(Application& app, const Caller& caller, std::string_view name) {
  require(app, caller, Action::manage_account, "account");
  const StoredAccount stored = get_by_name(app, name);
  const std::string one_time = access::make_one_time_password();
  store_password(app, stored.account.id, access::hash_password(one_time, app.parts().password_cost), true, Uuid());
  return one_time;
}

SignedIn sign_in(Application& app, const Caller& caller, std::string_view name, std::string_view password) {
  require(app, caller, Action::sign_in, "account");
  const store::Bytes by_name = failure_subject(app, "name", name);
  const store::Bytes by_origin = failure_subject(app, "origin", caller.origin);
  check_delay(app, by_name, by_origin);
  std::optional<StoredAccount> stored;
  // A name that cannot be stored belongs to nobody; it costs the same time as any other.
  if (utf8::valid(name) && name.find('\0') == std::string_view::npos && name.size() <= 1024) {
    stored = stored_of(app.parts().store->run(store::query::account::find_by_name, name, store::now()));
  }
  bool is_right = false;
  if (stored) {
    is_right = access::verify_password(password.substr(0, 4096), stored->password_hash);
  } else {
    access::verify_nothing(password.substr(0, 4096), app.parts().password_cost);
  }
  if (!is_right || stored->account.locked || stored->is_password_expired) {
    note_failure(app, by_name, by_origin, stored);
    record_sign_in(app, caller, std::nullopt);
    throw Error(ErrorCode::unauthenticated, sign_in_refused);
  }
  record_sign_in(app, caller, stored->account);
  return open_session(app, caller, stored->account, by_name);
}

void sign_out(Application& app, const Caller& caller) {
  require(app, caller, Action::sign_out, "session", caller.session.text());
  app.parts().store->run(store::query::session::remove, caller.session);
}

void change_password(Application& app, const Caller& caller, std::string_view old_password,
                     std::string_view new_password) {
  require(app, caller, Action::change_password, "account", caller.account.text());
  const store::Bytes by_name = failure_subject(app, "name", caller.name);
  const store::Bytes by_origin = failure_subject(app, "origin", caller.origin);
  check_delay(app, by_name, by_origin);
  const auto stored = stored_of(app.parts().store->run(store::query::account::get, caller.account, store::now()));
  if (!stored) throw Error(ErrorCode::unauthenticated, "Sign in first.");
  if (!access::verify_password(old_password.substr(0, 4096), stored->password_hash)) {
    note_failure(app, by_name, by_origin, stored);
    throw Error(ErrorCode::bad_request, "The old password is wrong.");
  }
  access::check_password_acceptable(new_password, stored->account.name);
  if (old_password == new_password) {
    throw Error(ErrorCode::bad_request, "The new password is the old one. Choose another.");
  }
  store_password(app, caller.account, access::hash_password(new_password, app.parts().password_cost), false,
                 caller.session);
}

std::optional<Caller> caller_of_session(Application& app, std::string_view token) {
  if (token.empty() || token.size() > 128) return std::nullopt;
  const Timestamp now = store::now();
  const store::Bytes digest{token_digest(token)};
  const store::Result result = app.parts().store->run(store::query::session::get, digest, now, now - session_idle);
  if (result.empty()) return std::nullopt;
  auto [session, account, last_seen, name, role, must_change] =
      result.only().as<Uuid, Uuid, Timestamp, std::string, std::string, bool>();
  if (now - last_seen > seen_step) app.parts().store->run(store::query::session::touch, digest, now);
  Caller caller;
  caller.role = role_of(role);
  caller.account = account;
  caller.name = std::move(name);
  caller.session = session;
  caller.must_change_password = must_change;
  return caller;
}

bool is_still_signed_in(Application& app, const Caller& caller) {
  switch (caller.role) {
    case Role::nobody:
      return false;
    case Role::system:
      return true;
    case Role::program:
      return !app.parts().store->run(store::query::token::is_good, caller.account, store::now()).empty();
    case Role::clerk:
    case Role::administrator:
      return !app.parts().store->run(store::query::session::is_open, caller.session, store::now()).empty();
  }
  return false;
}

Account self(Application& app, const Caller& caller) {
  require(app, caller, Action::read_self);
  const auto stored = stored_of(app.parts().store->run(store::query::account::get, caller.account, store::now()));
  if (!stored) throw Error(ErrorCode::unauthenticated, "Sign in first.");
  return stored->account;
}

}  // namespace menpai::app
