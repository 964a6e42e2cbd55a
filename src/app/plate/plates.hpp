// SPDX-License-Identifier: Apache-2.0
// Plates as a user looks at them: lists, one with its story, what is wanted, coverage; photos. What changes them are
// change sets of the kinds plate.* (change/change_sets.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "model/plate.hpp"

namespace menpai::app {

inline constexpr int plate_page_max = 1000;

struct PlateFilter {
  std::string division;  ///< the beginning of a code; empty: all
  std::string state;     ///< a name of PlateState; empty: any
  std::string kind;      ///< empty: any
  std::string after;     ///< `next` of the page before
  int limit = 100;       ///< 1 … plate_page_max
};
struct PlatePage {
  std::vector<Plate> items;
  std::string next;  ///< empty at the end
};
PlatePage list_plates(Application& app, const Caller& caller, const PlateFilter& filter);
/// Throws not_found.
Plate get_plate(Application& app, const Caller& caller, std::string_view id);

struct PlateSurvey {
  PlateFinding finding = PlateFinding::none;
  std::string note, surveyed_on, surveyed_by, source;
};
/// All plates that an address or a place ever had, the newest first, and what surveys found there.
struct PlateStory {
  std::vector<Plate> plates;
  std::vector<PlateSurvey> surveys;
};
PlateStory plates_of(Application& app, const Caller& caller, std::string_view object_id);

/// Ids of addresses in use of a level (number, building, unit, room) that have no plate and none on its way.
/// `only_found`: those where the last survey found one omitted, missing, damaged or wrong. At most `limit`, in order
/// of their ids, behind `after`. All of one county: `county_code` says which.
struct WantedPlates {
  int county_code = 0;
  std::vector<std::string> object_ids;
};
std::vector<WantedPlates> wanted_plates(Application& app, const Caller& caller, std::string_view division,
                                        std::string_view level, bool only_found, int limit);

std::vector<PlateBatch> list_plate_batches(Application& app, const Caller& caller);
struct PlateBatchView {
  PlateBatch batch;
  std::vector<Plate> plates;
};
PlateBatchView get_plate_batch(Application& app, const Caller& caller, std::string_view id);

enum class CoverageBy : std::uint8_t { town, village };
/// As of a day (empty: today), every division of that kind below `division` that has addresses, level by level.
std::vector<PlateCoverage> plate_coverage(Application& app, const Caller& caller, std::string_view division,
                                          std::string_view as_of, CoverageBy by);

inline constexpr std::size_t plate_photo_max = std::size_t{16} << 20;
/// Keeps a photo (JPEG or PNG) sealed; gives its digest, by which steps name it. Throws unsupported for other bytes,
/// too_large.
std::string add_plate_photo(Application& app, const Caller& caller, std::string_view bytes);
/// Throws not_found unless a plate has this photo.
std::string plate_photo(Application& app, const Caller& caller, std::string_view plate_id);

}  // namespace menpai::app
