// SPDX-License-Identifier: Apache-2.0
// What is written into an address field and is no address: telephone numbers, instructions to couriers, recipients.
#pragma once

#include <cstdint>

#include "address/text/normalise.hpp"
#include "address/text/word_list.hpp"

namespace menpai::address {

/// The words of rules/address_noise.tsv.
const WordList& noise_words();
/// A text with fewer digits in all has no telephone number, unless one of the words says so.
inline constexpr std::uint32_t phone_digits_min = 10;

/// Takes noise out of text.chars and text.origin and reports it in text.removed. Linear; looks closer only where one of
/// the characters stands with which such words begin, at '(', '+' and digits. A text without any of the former and with
/// fewer digits than phone_digits_min has none.
void remove_noise(NormalText& text);

}  // namespace menpai::address
