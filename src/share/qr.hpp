// SPDX-License-Identifier: Apache-2.0
// QR codes (GB/T 18284, ISO/IEC 18004) as a square of modules, by libqrencode.
#pragma once

#include <string_view>
#include <vector>

namespace menpai::share {

struct QrCode {
  int version = 0;            ///< 1 to 40
  int size = 0;               ///< modules a side, without the quiet zone of four on each side
  std::vector<bool> modules;  ///< size × size, row by row from the top left; true is dark

  bool is_dark(int x, int y) const { return modules[static_cast<std::size_t>(y * size + x)]; }
};

inline constexpr int qr_quiet_modules = 4;

/// At level M (15 % may be lost), in the smallest version; runs of digits and of capitals take less room. Throws
/// too_large beyond `version_max`.
QrCode make_qr(std::string_view text, int version_max = 40);

}  // namespace menpai::share
