// SPDX-License-Identifier: Apache-2.0
// Finds telephone numbers, courier instructions and recipients by their words.
#include "address/noise.hpp"

namespace menpai::address {

void remove_noise(NormalText&) {}

}  // namespace menpai::address
