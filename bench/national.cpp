// SPDX-License-Identifier: Apache-2.0
#include "bench/national.hpp"

#include <string_view>
#include <unordered_map>

#include "address/engine.hpp"
#include "spine/random.hpp"

namespace menpai::bench {

std::vector<std::string> national_texts(const DivisionSet& set, std::size_t count) {
  std::unordered_map<std::string_view, const Division*> by_code;
  std::vector<const Division*> towns;
  for (const Division& division : set.divisions) {
    by_code.emplace(division.code, &division);
    if (division.level == Level::town) towns.push_back(&division);
  }
  spine::Random random(7);
  std::vector<std::string> texts;
  while (texts.size() < count && !towns.empty()) {
    const Division& town = *towns[random.below(towns.size())];
    const auto name = [&](std::size_t digits) {
      const auto at = by_code.find(std::string_view(town.code).substr(0, digits));
      return at == by_code.end() ? std::string() : at->second->name;
    };
    std::string text = random.chance(0.8) ? name(2) : "";
    if (random.chance(0.9)) text += name(4);
    text += name(6);
    if (random.chance(0.5)) text += town.name;
    text += "文明路" + std::to_string(random.between(1, 400)) + "号";
    if (random.chance(0.5))
      text += std::to_string(random.between(1, 20)) + "栋" + std::to_string(random.between(101, 2999)) + "室";
    texts.push_back(std::move(text));
  }
  return texts;
}

std::filesystem::path make_divisions_library(const std::filesystem::path& folder, const DivisionSet& set) {
  const std::filesystem::path file = folder / "divisions.mpl";
  address::LibraryBuilder(set, "divisions").write(file);
  return file;
}

}  // namespace menpai::bench
