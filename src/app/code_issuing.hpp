// SPDX-License-Identifier: Apache-2.0
// Giving out codes inside a transaction: no gap within a scope, no number twice, whoever else asks at the same time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/change_set.hpp"
#include "spine/code_scheme_file.hpp"
#include "store/connection.hpp"

namespace menpai::app {

/// `count` codes of one scheme in one scope (spine::code_scope). A scheme without a serial gives the one code that the
/// scope is.
struct CodeRequest {
  const spine::CodeScheme* scheme = nullptr;
  std::string scope;
  std::uint32_t count = 1;
};

/// A code and the object that has it from now on.
struct GivenCode {
  std::string code;
  std::string_view object_kind;  ///< lives longer than the issuer
  Uuid object_id;
  std::string_view scheme;  ///< lives longer than the issuer
};

/// A code that another takes the place of. The kinds stand in the table code_succession.
struct CodeStep {
  std::string old_code, new_code;
  std::string_view kind;  ///< "renamed", "moved", "merged", "split", "regridded", "redivided", "corrected"
  std::string_view object_kind;
  Uuid change_id;
};

/// One transaction's codes. The counters of its scopes are held until the transaction ends: who rolls back gives his
/// numbers back, and nobody else has taken later ones meanwhile.
class CodeIssuer {
 public:
  CodeIssuer(store::Transaction& transaction, const spine::CodeSchemes& schemes, store::Timestamp at);

  const spine::CodeSchemes& schemes() const { return m_schemes; }

  /// The codes of every request, in its order. A number whose code came from elsewhere (an import) counts as used.
  /// Requests of one scope may not stand in one call twice. Throws bad_request if a scope's numbers are used up,
  /// conflict if a code without serial was given before. Cost: a few statements for any number of requests, and one key
  /// lookup a code.
  std::vector<std::vector<std::string>> allocate(const std::vector<CodeRequest>& requests);
  std::string allocate_one(const spine::CodeScheme& scheme, const std::string& scope);

  /// Enters codes as given: unique over all counties from now on. Throws conflict if one is taken.
  void give(int county_code, const std::vector<GivenCode>& codes);
  /// The old codes are retired and lead to the new ones for ever.
  void succeed(int county_code, const std::vector<CodeStep>& steps);
  /// What a change said of succession holds no more: the old codes are in use again, the new ones are not.
  void take_back(const Uuid& change_id);

 private:
  struct Scope;
  void lock(std::vector<Scope>& scopes);
  void fill(std::vector<Scope>& scopes);

  store::Transaction& m_transaction;
  const spine::CodeSchemes& m_schemes;
  store::Timestamp m_at;
};

/// Gives the codes that a plan wishes for its edits: allocates, enters them for the objects and puts each into its
/// edit's fields as "code". The parts of a wish: "division" (2 to 12 digits), "parent" (a code), "parent_edit" (the
/// number of an edit of the same plan whose code is wished for as well), "class", "unit", "floor", "room"; or only
/// "same_edit": the code that another edit gets, and not entered twice. Throws bad_request that names the part.
void issue_wished_codes(CodeIssuer& issuer, int county_code, ChangePlan& plan);

}  // namespace menpai::app
