// SPDX-License-Identifier: Apache-2.0
#include "app/place/scope.hpp"

#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {

Scope scope_of(store::Connection& connection, std::string_view division) {
  const bool is_code = division.empty() || (division.size() >= 2 && division.size() <= 12 &&
                                            division.find_first_not_of("0123456789") == std::string_view::npos);
  if (!is_code) throw Error(ErrorCode::bad_request, "A division is named by its code of 2 to 12 digits.");
  Scope scope;
  for (const store::Row row : connection.run(store::query::map::counties)) {
    scope.counties.push_back(row.get<std::int32_t>(0));
  }
  scope.pattern = std::string(division) + "%";
  return scope;
}

}  // namespace menpai::app
