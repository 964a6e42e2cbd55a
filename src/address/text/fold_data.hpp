// SPDX-License-Identifier: Apache-2.0
// The form of each code point of the basic plane in a normalised text; made when the program is built.
#pragma once

#include <cstdint>

namespace menpai::address {

/// 0: dropped. Made by cmake/fold_table.cpp from OpenCC's characters (traditional → simplified), Unicode's
/// compatibility ideographs and a list of look-alikes.
extern const std::uint16_t fold_data[0x10000];

}  // namespace menpai::address
