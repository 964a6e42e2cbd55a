// SPDX-License-Identifier: Apache-2.0
// Compares the chains of divisions that a text runs through.
#include "address/division/shown_mentions.hpp"

#include <array>
#include <cstdint>

namespace menpai::address {

bool is_mention_shown(std::span<const Mention> all, std::size_t index) {
  const Mention& mention = all[index];
  int chain = 0;
  int own_chain = 0;
  std::array<Level, 64> top{};
  Level previous = Level::none;
  std::uint64_t has_level = 0;  // chains that name the mention's level, at least as fully
  for (std::size_t i = 0; i < all.size() && chain < 63; ++i) {
    if (all[i].use == MentionUse::conflicting) continue;
    if (i > 0 && all[i].level <= previous) {
      ++chain;
      top[static_cast<std::size_t>(chain)] =
          all[i].level == previous ? top[static_cast<std::size_t>(chain - 1)] : all[i].level;
    } else if (previous == Level::none) {
      top[0] = all[i].level;
    }
    previous = all[i].level;
    if (i == index) own_chain = chain;
    const bool as_full = all[i].to - all[i].from >= mention.to - mention.from || chain == own_chain;
    if (all[i].level == mention.level && as_full) has_level |= std::uint64_t{1} << chain;
  }
  for (int other = 0; other <= chain; ++other) {
    if (other == own_chain || (has_level >> other & 1) == 0) continue;
    const Level a = top[static_cast<std::size_t>(other)];
    const Level b = top[static_cast<std::size_t>(own_chain)];
    if (a < b || (a == b && other > own_chain)) return false;
  }
  return true;
}

}  // namespace menpai::address
