// SPDX-License-Identifier: Apache-2.0
// Lets in who comes a second time: learning costs more than it gives for what comes once.
#pragma once

#include <cstdint>
#include <vector>

namespace menpai::address {

/// Remembers the hashes of what came lately; some are taken for others, which only costs a lesson more.
class Doorkeeper {
 public:
  /// True if this hash came before; it is remembered from now on.
  bool knows(std::uint64_t hash) {
    if (m_tags.empty()) m_tags.resize(size);
    std::uint16_t& tag = m_tags[hash >> 16 & (size - 1)];
    const auto mine = static_cast<std::uint16_t>((hash & 0xFFFF) | 1);
    const bool known = tag == mine;
    tag = mine;
    return known;
  }

 private:
  static constexpr std::size_t size = 65536;
  std::vector<std::uint16_t> m_tags;
};

}  // namespace menpai::address
