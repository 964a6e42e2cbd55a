// SPDX-License-Identifier: Apache-2.0
// What is written into an address field and is no address: telephone numbers, instructions to couriers, recipients.
#pragma once

#include "address/text/normalise.hpp"

namespace menpai::address {

/// Takes noise out of text.chars and text.origin and reports it in text.removed. Linear; looks closer only where one of
/// the characters stands with which such words begin.
void remove_noise(NormalText& text);

}  // namespace menpai::address
