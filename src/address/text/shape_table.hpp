// SPDX-License-Identifier: Apache-2.0
// Which ideographs look alike: 泰 and 秦, 沁 and 泌.
#pragma once

namespace menpai::address {

/// True for two different characters of nearly the same shape: most of the four corners or of the Cangjie parts agree,
/// or they share their phonetic part. For what is typed by shape, written by hand or read by a machine. The table is
/// Unihan's (Unicode Standard Annex 38: kFourCornerCode, kCangjie, kPhonetic), the basic block. A hundred steps.
bool looks_alike(char32_t a, char32_t b);

}  // namespace menpai::address
