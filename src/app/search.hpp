// SPDX-License-Identifier: Apache-2.0
// Finding addresses: by text, by a few characters, by id; the divisions they lie in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "model/answer.hpp"
#include "model/division.hpp"

namespace menpai::app {

struct Suggestion {
  std::string id;
  std::string address;
  std::string division_code;
  Level level = Level::none;
  std::optional<geo::LonLat> point;
};

/// One answer for one text, against the library in use. `region` empty: the installation's own.
Answer find_address(Application& app, const Caller& caller, std::string_view text, std::string_view region);
std::vector<Suggestion> suggest_addresses(Application& app, const Caller& caller, std::string_view text, int limit);

inline constexpr int match_top_max = 50;
/// The addresses of the library in use that `text` may mean, best first, at most `top`. `region` empty: the
/// installation's own. Throws bad_request for a region that is no division code or a `top` outside 1 … match_top_max.
std::vector<Candidate> match_addresses(Application& app, const Caller& caller, std::string_view text,
                                       std::string_view region, int top);

struct AddressPart {
  std::string id;
  Level level = Level::none;
  std::string name;  ///< this node's own text: "8号", "501室"
};
struct AddressView {
  std::string id;
  std::string address;  ///< display text
  std::string code;     ///< issued code, may be empty
  Level level = Level::none;
  std::string status;  ///< "in_use", "retired"
  std::string division_code;
  std::optional<geo::LonLat> point;
  std::vector<AddressPart> path;  ///< outermost first, divisions included
  std::string known_from;         ///< ISO time of the version shown
  int version = 1;
};
/// Throws not_found.
AddressView address(Application& app, const Caller& caller, std::string_view id);

/// Children of `parent` (empty: provinces), in code order. Throws not_found for an unknown code.
std::vector<Division> child_divisions(Application& app, const Caller& caller, std::string_view parent);
Division division(Application& app, const Caller& caller, std::string_view code);

}  // namespace menpai::app
