// SPDX-License-Identifier: Apache-2.0
// The check digit of ISO/IEC 7064 MOD 11,10, as numeric codes carry it.
#pragma once

#include <string_view>

namespace menpai {

/// The check digit of ISO/IEC 7064 MOD 11,10 over decimal digits, as in Chinese practice for numeric codes; '0' to '9'.
/// Finds every wrong digit and nearly every swap of neighbours. The standard's own text was not read here; the rule is
/// the published one (start at 10; add, reduce modulo 10 with 10 for 0, double modulo 11). `digits` holds nothing but
/// decimal digits. Two digits a step.
char check_digit(std::string_view digits);

}  // namespace menpai
