// SPDX-License-Identifier: Apache-2.0
// Small invented divisions and addresses for the tests of the library and the engine.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include "address/engine.hpp"

namespace menpai::address::testing {

/// Real provinces, cities and towns, a few of each; two towns that share a road name.
inline DivisionSet small_divisions() {
  DivisionSet set;
  set.edition = "test";
  const auto add = [&](std::string code, std::string parent, std::string name, Level level) {
    set.divisions.push_back({std::move(code), std::move(parent), std::move(name), level, "", ""});
  };
  add("35", "", "福建省", Level::province);
  add("3502", "35", "厦门市", Level::city);
  add("350203", "3502", "思明区", Level::county);
  add("350203001", "350203", "厦港街道", Level::town);
  add("44", "", "广东省", Level::province);
  add("4420", "44", "中山市", Level::city);
  add("442000105", "4420", "古镇镇", Level::town);
  add("442000108", "4420", "港口镇", Level::town);
  add("442000108003", "442000108", "民主社区", Level::village);
  add("442000108206", "442000108", "中南村", Level::village);
  return set;
}

/// A file in a folder of its own that goes with this object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "menpai-address-XXXXXX").string();
    m_path = mkdtemp(path.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(m_path); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path file(std::string_view name) const { return m_path / name; }

 private:
  std::filesystem::path m_path;
};

inline SourceAddress source(std::string id, std::string address, std::vector<std::string> aliases = {}) {
  SourceAddress out;
  out.id = id;
  out.code = "C" + id;
  out.address = std::move(address);
  out.aliases = std::move(aliases);
  out.point = geo::LonLat{113.5, 22.5};
  return out;
}

/// A road with odd and even numbers, an estate with buildings, units and rooms, a rural group, a road of the same name
/// in another town.
inline std::vector<SourceAddress> small_town() {
  std::vector<SourceAddress> rows;
  const std::string town = "广东省中山市港口镇";
  for (int number = 1; number <= 20; ++number) {
    rows.push_back(source("road-" + std::to_string(number), town + "星海大道" + std::to_string(number) + "号"));
  }
  rows.push_back(source("road-5-1", town + "星海大道5号附1号"));
  rows.push_back(source("shop", town + "星海大道12号101室"));
  for (int building = 1; building <= 3; ++building) {
    const std::string block = town + "云岭花园" + std::to_string(building) + "栋";
    rows.push_back(source("b" + std::to_string(building), block));
    for (int unit = 1; unit <= 2; ++unit) {
      for (int room = 1; room <= 8; ++room) {
        const int label = (room + 1) / 2 * 100 + (room % 2 == 0 ? 2 : 1);
        rows.push_back(source("r" + std::to_string(building) + "-" + std::to_string(unit) + "-" + std::to_string(label),
                              block + std::to_string(unit) + "单元" + std::to_string(label) + "室"));
      }
    }
  }
  rows.push_back(source("tower", town + "望江大厦B座1203室", {town + "临水路9号1203室"}));
  for (int number = 1; number <= 9; ++number) {
    rows.push_back(source("g3-" + std::to_string(number), town + "中南村3组" + std::to_string(number) + "号"));
  }
  rows.push_back(source("gu-7", "广东省中山市古镇镇星海大道7号"));
  rows.push_back(source("gu-77", "广东省中山市古镇镇星海大道77号"));
  return rows;
}

inline void write_library(const std::filesystem::path& file, const std::vector<SourceAddress>& rows) {
  LibraryBuilder builder(small_divisions(), "invented town");
  for (const SourceAddress& row : rows) builder.add(row);
  builder.write(file);
}

}  // namespace menpai::address::testing
