// SPDX-License-Identifier: Apache-2.0
// Which generic words may stand for which.
#include "address/division/division_fit.hpp"

namespace menpai::address {
namespace {

bool is_county_word(Suffix s) {
  return s == Suffix::shi || s == Suffix::qu || s == Suffix::xian || s == Suffix::qi || s == Suffix::xinqu ||
         s == Suffix::linqu || s == Suffix::tequ || s == Suffix::zizhixian || s == Suffix::zizhiqi;
}

bool is_city_word(Suffix s) {
  return s == Suffix::shi || s == Suffix::diqu || s == Suffix::meng || s == Suffix::zhou || s == Suffix::zizhizhou;
}

bool is_town_word(Suffix s) {
  return s == Suffix::jiedao || s == Suffix::banshichu || s == Suffix::zhen || s == Suffix::xiang ||
         s == Suffix::minzuxiang || s == Suffix::sumu || s == Suffix::gongshe || s == Suffix::diqu;
}

Fit county_fit(Suffix own, Suffix written) {
  if (own == Suffix::zizhixian && written == Suffix::xian) return Fit::alias;
  if (own == Suffix::zizhiqi && written == Suffix::qi) return Fit::alias;
  const bool kind_of_district = own == Suffix::xinqu || own == Suffix::linqu || own == Suffix::kuangqu;
  if (kind_of_district && written == Suffix::qu) return Fit::alias;
  return is_county_word(written) ? Fit::variant : Fit::none;
}

Fit town_fit(Suffix own, Suffix written) {
  if (own == Suffix::jiedao && written == Suffix::banshichu) return Fit::exact;
  if (own == Suffix::banshichu && written == Suffix::jiedao) return Fit::exact;
  if (own == Suffix::minzuxiang && written == Suffix::xiang) return Fit::alias;
  if (written == Suffix::qu || written == Suffix::guanliqu) return Fit::variant;
  return is_town_word(written) ? Fit::variant : Fit::none;
}

}  // namespace

Fit suffix_fit(Level level, Suffix own, Suffix written) {
  if (own == written) return Fit::exact;
  switch (level) {
    case Level::province:
      return own == Suffix::zizhiqu && (written == Suffix::sheng || written == Suffix::qu) ? Fit::alias : Fit::none;
    case Level::city:
      if (own == Suffix::zizhizhou && written == Suffix::zhou) return Fit::alias;
      return is_city_word(written) ? Fit::variant : Fit::none;
    case Level::county:
      return county_fit(own, written);
    case Level::town:
      return town_fit(own, written);
    default:
      return Fit::none;
  }
}

std::uint16_t suffix_levels(Suffix written) {
  static const std::array<std::uint16_t, suffix_count> table = [] {
    std::array<std::uint16_t, suffix_count> made{};
    for (int w = 0; w < suffix_count; ++w) {
      for (int own = 0; own < suffix_count; ++own) {
        for (const Level level : {Level::province, Level::city, Level::county, Level::town}) {
          if (suffix_fit(level, static_cast<Suffix>(own), static_cast<Suffix>(w)) != Fit::none) {
            made[static_cast<std::size_t>(w)] =
                static_cast<std::uint16_t>(made[static_cast<std::size_t>(w)] | 1u << static_cast<int>(level));
          }
        }
      }
    }
    return made;
  }();
  return table[static_cast<std::size_t>(written)];
}

}  // namespace menpai::address
