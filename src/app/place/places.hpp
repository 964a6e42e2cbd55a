// SPDX-License-Identifier: Apache-2.0
// Looking at places (地名): a list, one with its names and geometry, and the check of a proposed name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "model/place.hpp"
#include "model/place_name_report.hpp"

namespace menpai::app {

struct PlaceItem {
  std::string id;
  std::string name, specific, generic;  ///< 新港路, 新港, 路
  std::string kind;                     ///< a name of PlaceKind
  std::string pinyin, code, division_code;
  std::string status;  ///< "proposed", "in_use", "retired"
  std::optional<double> length_m, width_m;
  int version = 1;
};

struct PlaceQuery {
  std::string name = {};      ///< characters of the name, of another name of it, or of its spelling; empty: any
  std::string division = {};  ///< a code; empty: everywhere
  std::optional<PlaceKind> kind = {};
  std::string status = "in_use";  ///< or "proposed", "retired", "all"
  std::string after = {};         ///< `next` of the page before
  int limit = 100;                ///< 1 to 500
};
struct PlacePage {
  std::vector<PlaceItem> items;  ///< in the order of their ids
  std::uint64_t total = 0;
  std::string next;  ///< empty at the end
};
/// Throws bad_request for a limit, code, state or mark that is none.
PlacePage list_places(Application& app, const Caller& caller, const PlaceQuery& query);

struct OtherName {
  std::string name, kind, pinyin;  ///< kind: "alias", "former_name", "short"
  std::string valid_from, valid_to;
};
struct PlaceView {
  PlaceItem place;
  std::string parent_id, joined_id;  ///< empty where there is none
  std::string starts_at, ends_at, course;
  std::optional<double> measured_length_m;  ///< of its line on the ellipsoid
  std::optional<double> measured_area_m2;   ///< of its area on the ellipsoid
  std::string geometry;                     ///< GeoJSON, empty where it has none
  std::vector<OtherName> names;
  std::uint64_t addresses = 0, numbers = 0;  ///< live ones on it
  std::string valid_from, valid_to, known_from, source;
};
/// Throws not_found.
PlaceView get_place(Application& app, const Caller& caller, const std::string& id);

struct NameQuestion {
  std::string name = {};
  PlaceKind kind = PlaceKind::road;
  std::string division = {};  ///< where it would lie: a code down to the town or village
  std::string pinyin = {};    ///< as the applicant spells it; may be empty
  std::optional<double> length_m = {}, width_m = {}, area_m2 = {};
  std::string except_id = {};  ///< the place that is to be renamed: it is no duplicate of itself
};
/// Throws bad_request for a name, code or size that is none. Some milliseconds in a county of 50,000 places.
NameReport check_name(Application& app, const Caller& caller, const NameQuestion& question);

}  // namespace menpai::app
