// SPDX-License-Identifier: Apache-2.0
// Cuts the generic word, and the peoples before it, off a division's name.
#include "model/division_name.hpp"

#include <array>
#include <span>

namespace menpai {
namespace {

// Longest first where one ends with another.
constexpr std::array<std::string_view, 16> division_suffixes = {
    "特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "矿区",
    "新区",       "特区",   "省",     "市",     "区",     "县",   "旗",   "盟"};
constexpr std::array<std::string_view, 8> town_suffixes = {"街道办事处", "街道", "民族乡", "办事处",
                                                           "地区",       "苏木", "镇",     "乡"};
constexpr std::array<std::string_view, 24> village_suffixes = {
    "社区居民委员会", "社区居委会", "社区村民委员会", "社区村委会", "村村民委员会", "村村委会",
    "村民委员会",     "村委会",     "村居民委员会",   "村居委会",   "居民委员会",   "居委会",
    "嘎查村民委员会", "嘎查委员会", "嘎查村委会",     "嘎查委会",   "牧民委员会",   "牧委会",
    "村民委会",       "委员会",     "社区",           "嘎查",       "家委会",       "村"};

// The peoples in the names of autonomous divisions (GB/T 3304), as written there.
constexpr std::array<std::string_view, 47> peoples = {
    "各族",   "蒙古族",   "维吾尔", "壮族",   "回族",   "藏族",   "苗族",   "彝族",     "布依族",   "朝鲜族",
    "满族",   "侗族",     "瑶族",   "白族",   "土家族", "哈尼族", "哈萨克", "哈萨克族", "傣族",     "黎族",
    "傈僳族", "佤族",     "畲族",   "拉祜族", "水族",   "东乡族", "纳西族", "景颇族",   "柯尔克孜", "柯尔克孜族",
    "土族",   "达斡尔族", "仫佬族", "羌族",   "布朗族", "撒拉族", "毛南族", "仡佬族",   "锡伯",     "塔吉克",
    "怒族",   "鄂温克族", "保安族", "裕固族", "独龙族", "蒙古",   "普米族"};

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

DivisionNameParts cut(std::string_view name, std::span<const std::string_view> suffixes) {
  for (const std::string_view suffix : suffixes) {
    if (name.ends_with(suffix) && characters(name) >= characters(suffix) + 2) {
      return {name.substr(0, name.size() - suffix.size()), name.substr(name.size() - suffix.size())};
    }
  }
  return {name, {}};
}

void cut_peoples(std::string_view& stem) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view people : peoples) {
      if (stem.ends_with(people) && characters(stem) >= characters(people) + 2) {
        stem.remove_suffix(people.size());
        again = true;
      }
    }
  }
}

}  // namespace

DivisionNameParts division_name_parts(std::string_view name) {
  DivisionNameParts parts = cut(name, division_suffixes);
  if (parts.suffix.starts_with("自治")) cut_peoples(parts.stem);
  return parts;
}

DivisionNameParts town_name_parts(std::string_view name) {
  DivisionNameParts parts = cut(name, town_suffixes);
  if (parts.suffix == "民族乡") cut_peoples(parts.stem);
  return parts;
}

DivisionNameParts village_name_parts(std::string_view name) {
  return cut(name, village_suffixes);
}

}  // namespace menpai
