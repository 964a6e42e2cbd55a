// SPDX-License-Identifier: Apache-2.0
// A small set of real divisions for tests.
#pragma once

#include "address/division/division_index.hpp"
#include "model/division.hpp"

namespace menpai::address::fixture {

/// Some provinces with cities, counties, towns and villages of every shape: 中山 without counties, municipalities,
/// counties directly below a province, namesakes, former names.
DivisionSet small_divisions();

/// The index over them, built once.
const DivisionIndex& small_index();

}  // namespace menpai::address::fixture
