// SPDX-License-Identifier: Apache-2.0
// Giving out codes inside a transaction.
#include "app/code_issuing.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "base/error.hpp"
#include "store/queries.hpp"
#include "store/sqlstate.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

constexpr std::size_t codes_a_query = 20'000;
constexpr std::size_t county_digits = 6;

/// The county where a scope's counter is kept: its own six digits, so that objects first registered elsewhere count on
/// with it; 0 where a scheme does not begin with a division.
int county_of(const spine::CodeScheme& scheme, std::string_view scope) {
  int county = 0;
  const bool has_county = scheme.segments.size() > 2 && scheme.segments[2].from == spine::SegmentFrom::division;
  if (has_county) std::from_chars(scope.data(), scope.data() + county_digits, county);
  return county;
}

}  // namespace

struct CodeIssuer::Scope {
  const CodeRequest* request = nullptr;
  std::string counter;
  int county_code = 0;
  std::uint64_t last = 0;  ///< the last number that is used
  std::uint64_t tried = 0;
  std::vector<std::string> codes;
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> candidates;

  std::size_t missing() const { return request->count - codes.size(); }
};

CodeIssuer::CodeIssuer(store::Transaction& transaction, const spine::CodeSchemes& schemes, store::Timestamp at)
    : m_transaction(transaction), m_schemes(schemes), m_at(at) {}

void CodeIssuer::lock(std::vector<Scope>& scopes) {
  std::vector<std::int32_t> counties;
  std::vector<std::string_view> names;
  std::unordered_map<std::string_view, Scope*> by_name;
  for (Scope& scope : scopes) {
    MENPAI_ASSERT(by_name.emplace(scope.counter, &scope).second, "a scope stands in one call once");
    counties.push_back(scope.county_code);
    names.push_back(scope.counter);
  }
  for (const store::Row row : m_transaction.run(query::code::lock_counters, counties, names)) {
    Scope& scope = *by_name.at(row.get<std::string_view>(0));
    scope.last = scope.tried = static_cast<std::uint64_t>(row.get<std::int64_t>(1));
  }
}

/// Goes on from each counter past the numbers whose codes are given already.
void CodeIssuer::fill(std::vector<Scope>& scopes) {
  for (std::vector<Scope*> open;; open.clear()) {
    std::vector<std::string_view> asked;
    for (Scope& scope : scopes) {
      if (scope.missing() == 0) continue;
      const std::size_t wanted = std::min(scope.missing(), codes_a_query);
      if (asked.size() + wanted > codes_a_query) break;
      open.push_back(&scope);
      scope.candidates.clear();
      for (std::size_t i = 0; i < wanted; ++i) {
        scope.candidates.push_back(spine::code_in_scope(*scope.request->scheme, scope.request->scope, ++scope.tried));
      }
      asked.insert(asked.end(), scope.candidates.begin(), scope.candidates.end());
    }
    if (open.empty()) return;
    std::unordered_set<std::string> taken;
    for (const store::Row row : m_transaction.run(query::change::find_codes, asked)) {
      taken.insert(row.get<std::string>(0));
    }
    for (Scope* scope : open) {
      for (std::string& code : scope->candidates) {
        if (taken.count(code) == 0) scope->codes.push_back(std::move(code));
      }
      scope->last = scope->tried;
    }
  }
}

std::vector<std::vector<std::string>> CodeIssuer::allocate(const std::vector<CodeRequest>& requests) {
  std::vector<std::vector<std::string>> codes(requests.size());
  std::vector<Scope> scopes;
  std::vector<std::size_t> at;
  std::vector<std::string> single;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const CodeRequest& request = requests[i];
    if (!request.scheme->has_serial()) {
      MENPAI_ASSERT(request.count == 1, "a code without a serial is one");
      codes[i].push_back(spine::code_in_scope(*request.scheme, request.scope, 0));
      single.push_back(codes[i].front());
      continue;
    }
    Scope scope;
    scope.request = &request;
    scope.counter = "code/" + request.scheme->name + "/" + request.scope;
    scope.county_code = county_of(*request.scheme, request.scope);
    scopes.push_back(std::move(scope));
    at.push_back(i);
  }
  for (std::size_t from = 0; from < single.size(); from += codes_a_query) {
    const std::vector<std::string> part(
        single.begin() + static_cast<std::ptrdiff_t>(from),
        single.begin() + static_cast<std::ptrdiff_t>(std::min(single.size(), from + codes_a_query)));
    const store::Result taken = m_transaction.run(query::change::find_codes, part);
    if (!taken.empty()) {
      throw Error(ErrorCode::conflict, "The code " + taken[0].get<std::string>(0) +
                                           " was given before and is never given twice. Number the door otherwise.");
    }
  }
  if (scopes.empty()) return codes;
  lock(scopes);
  fill(scopes);
  std::vector<std::int32_t> counties;
  std::vector<std::string_view> names;
  std::vector<std::int64_t> values;
  for (std::size_t i = 0; i < scopes.size(); ++i) {
    codes[at[i]] = std::move(scopes[i].codes);
    counties.push_back(scopes[i].county_code);
    names.push_back(scopes[i].counter);
    values.push_back(static_cast<std::int64_t>(scopes[i].last));
  }
  m_transaction.run(query::code::set_counters, counties, names, values);
  return codes;
}

std::string CodeIssuer::allocate_one(const spine::CodeScheme& scheme, const std::string& scope) {
  return allocate({{&scheme, scope, 1}}).front().front();
}

void CodeIssuer::give(int county_code, const std::vector<GivenCode>& codes) {
  if (codes.empty()) return;
  try {
    store::CopyIn copy(m_transaction.connection(), query::change::copy_codes);
    for (const GivenCode& given : codes) {
      copy.row(given.code, county_code, given.object_kind, given.object_id, given.scheme, m_at);
    }
    copy.finish();
  } catch (const store::DatabaseError& error) {
    if (error.sqlstate() != "23505") throw;
    throw Error(ErrorCode::conflict, "One of these codes was given to something else at the same moment. Try again.",
                error.detail());
  }
}

void CodeIssuer::succeed(int county_code, const std::vector<CodeStep>& steps) {
  if (steps.empty()) return;
  std::vector<std::string_view> from, to, kinds, objects;
  std::vector<Uuid> changes;
  for (const CodeStep& step : steps) {
    from.push_back(step.old_code);
    to.push_back(step.new_code);
    kinds.push_back(step.kind);
    objects.push_back(step.object_kind);
    changes.push_back(step.change_id);
  }
  m_transaction.run(query::code::add_successions, std::int32_t{county_code}, m_at, from, to, kinds, objects, changes);
  m_transaction.run(query::code::retire, from, m_at);
}

void CodeIssuer::take_back(const Uuid& change_id) {
  std::vector<std::string> old_codes, new_codes;
  for (const store::Row row : m_transaction.run(query::code::take_back, std::vector<Uuid>{change_id}, m_at)) {
    old_codes.push_back(row.get<std::string>(0));
    new_codes.push_back(row.get<std::string>(1));
  }
  if (old_codes.empty()) return;
  m_transaction.run(query::code::revive, old_codes);
  m_transaction.run(query::code::retire, new_codes, m_at);
}

namespace {

/// A wish's parts as the scheme takes them.
spine::CodeParts parts_of(const CodeWish& wish, const std::vector<std::string>& code_of_edit) {
  spine::CodeParts parts;
  const auto number = [](const std::string& key, const std::string& text, int least) {
    int value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size() || value < least) {
      throw Error(ErrorCode::bad_request,
                  "The part \"" + key + "\" of a code must be a whole number, not \"" + text + "\".");
    }
    return value;
  };
  for (const auto& [key, text] : wish.parts) {
    if (key == "division") {
      parts.division_code = text;
    } else if (key == "parent") {
      parts.parent_code = text;
    } else if (key == "parent_edit") {
      const auto edit = static_cast<std::size_t>(number(key, text, 0));
      MENPAI_ASSERT(edit < code_of_edit.size() && !code_of_edit[edit].empty(), "the parent's code comes first");
      parts.parent_code = code_of_edit[edit];
    } else if (key == "class") {
      parts.object_class = text;
    } else if (key == "unit") {
      parts.unit = static_cast<std::uint32_t>(number(key, text, 0));
    } else if (key == "floor") {
      parts.floor = number(key, text, -99);
    } else if (key == "room") {
      parts.room = static_cast<std::uint32_t>(number(key, text, 0));
    } else {
      throw Error(ErrorCode::bad_request, "A code has no part \"" + key + "\".");
    }
  }
  return parts;
}

/// The edit that a wish names under `key`.
std::optional<std::size_t> edit_named(const CodeWish& wish, std::string_view key) {
  for (const auto& [name, text] : wish.parts) {
    if (name != key) continue;
    std::size_t edit = 0;
    std::from_chars(text.data(), text.data() + text.size(), edit);
    return edit;
  }
  return std::nullopt;
}

/// Puts "code" into a JSON object of fields, in front of what stands there.
void put_code(std::string& fields, const std::string& code) {
  MENPAI_ASSERT(fields.size() >= 2 && fields.front() == '{', "fields are a JSON object");
  fields.insert(1, "\"code\":\"" + code + "\"" + (fields == "{}" ? "" : ","));
}

/// Fulfils the wishes of one plan, those on which others wait first.
class WishGranter {
 public:
  WishGranter(CodeIssuer& issuer, int county_code, ChangePlan& plan)
      : m_issuer(issuer), m_county_code(county_code), m_plan(plan), m_code_of_edit(plan.edits.size()) {}

  void grant() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < m_plan.codes.size(); ++i) open.push_back(i);
    while (!open.empty()) {
      const std::size_t before = open.size();
      std::map<Scope, std::vector<std::size_t>> ready;
      std::erase_if(open, [&](std::size_t wish) { return take(wish, ready); });
      MENPAI_ASSERT(open.size() < before, "a wish waits for a code that nobody asked for");
      allocate(ready);
    }
  }

 private:
  using Scope = std::pair<std::string, std::string>;  // scheme, scope

  bool has_code(std::size_t edit) const { return edit < m_code_of_edit.size() && !m_code_of_edit[edit].empty(); }

  /// True if the wish is fulfilled, or is ready to be.
  bool take(std::size_t number, std::map<Scope, std::vector<std::size_t>>& ready) {
    const CodeWish& wish = m_plan.codes[number];
    MENPAI_ASSERT(wish.edit < m_plan.edits.size(), "a wish is for an edit of its plan");
    if (const auto same = edit_named(wish, "same_edit")) {
      if (!has_code(*same)) return false;
      m_code_of_edit[wish.edit] = m_code_of_edit[*same];
      put_code(m_plan.edits[wish.edit].fields, m_code_of_edit[*same]);
      return true;
    }
    const auto parent = edit_named(wish, "parent_edit");
    if (parent && !has_code(*parent)) return false;
    const spine::CodeScheme& scheme = m_issuer.schemes().get(wish.scheme);
    ready[{wish.scheme, m_issuer.schemes().scope(scheme, parts_of(wish, m_code_of_edit))}].push_back(number);
    return true;
  }

  void allocate(const std::map<Scope, std::vector<std::size_t>>& ready) {
    std::vector<CodeRequest> requests;
    for (const auto& [scope, of] : ready) {
      const spine::CodeScheme& scheme = m_issuer.schemes().get(scope.first);
      if (!scheme.has_serial() && of.size() > 1) {
        throw Error(ErrorCode::conflict, "Two objects of this change would have the same code " + scope.second + ".");
      }
      requests.push_back({&scheme, scope.second, static_cast<std::uint32_t>(of.size())});
    }
    const std::vector<std::vector<std::string>> codes = m_issuer.allocate(requests);
    std::vector<GivenCode> given;
    std::size_t request = 0;
    for (const auto& [scope, of] : ready) {
      for (std::size_t n = 0; n < of.size(); ++n) {
        const std::size_t number = m_plan.codes[of[n]].edit;
        ObjectEdit& edit = m_plan.edits[number];
        m_code_of_edit[number] = codes[request][n];
        put_code(edit.fields, codes[request][n]);
        given.push_back({codes[request][n], edit.object_kind, edit.id, requests[request].scheme->name});
      }
      ++request;
    }
    m_issuer.give(m_county_code, given);
  }

  CodeIssuer& m_issuer;
  int m_county_code;
  ChangePlan& m_plan;
  std::vector<std::string> m_code_of_edit;
};

}  // namespace

void issue_wished_codes(CodeIssuer& issuer, int county_code, ChangePlan& plan) {
  WishGranter(issuer, county_code, plan).grant();
}

}  // namespace menpai::app
