// SPDX-License-Identifier: Apache-2.0
// Grids from files: what a GIS office hands over becomes the request of a change set.
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "access/crypto.hpp"
#include "app/grid/grids.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "geo/geometry.hpp"
#include "intake/geojson.hpp"

extern char** environ;

namespace menpai::app {
namespace {

constexpr std::size_t grids_max = 20'000;

/// A file that is gone when this is.
struct TemporaryFile {
  std::filesystem::path path;
  explicit TemporaryFile(std::filesystem::path p) : path(std::move(p)) {}
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
};

/// Runs ogr2ogr, which reads what GIS programs write. A program of its own: its libraries do not go with ours.
void convert(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::array<std::string, 8> words = {"ogr2ogr",   "-f",   "GeoJSON",    "-t_srs",
                                      "EPSG:4490", "-lco", "RFC7946=NO", to.string()};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  std::string source = from.string();
  arguments.push_back(source.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "ogr2ogr", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    throw Error(ErrorCode::unavailable,
                "Shapefiles and GeoPackages are read by ogr2ogr, which is not installed. Install Debian's gdal-bin, or "
                "give the grids as GeoJSON.");
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw Error(ErrorCode::bad_request, "ogr2ogr could not read " + from.string() + ".");
  }
}

std::string property(const intake::GeoFeature& feature, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const auto found = feature.properties.find(name);
    if (found != feature.properties.end()) return found->second;
  }
  return {};
}

/// The words of our own and those of usual files.
struct Role {
  std::string_view field;
  std::initializer_list<std::string_view> names;
};

std::string grid_json(const intake::GeoFeature& feature, std::uint64_t number, const std::string& division_code,
                      std::string& first_village) {
  if (!feature.problem.empty() || !feature.geometry) {
    throw Error(ErrorCode::bad_request, "Feature " + std::to_string(number) + ": " +
                                            (feature.problem.empty() ? "it has no border." : feature.problem));
  }
  JsonObject grid;
  const std::string name = property(feature, {"name", "NAME", "网格名称", "名称"});
  grid.add("name", name.empty() ? "网格" + std::to_string(number) : name);
  const std::string division = property(feature, {"division_code", "village_code", "村居代码", "社区代码"});
  if (division.empty() && division_code.empty()) {
    throw Error(ErrorCode::bad_request, "Feature " + std::to_string(number) +
                                            " has no division_code; give one for all, or name the village of each.");
  }
  const std::string& village = division.empty() ? division_code : division;
  if (first_village.empty()) first_village = village;
  grid.add("division_code", village);
  static const Role roles[] = {{"kind", {"kind", "类型"}},
                               {"leader_name", {"leader_name", "网格长"}},
                               {"leader_phone", {"leader_phone", "网格长电话"}},
                               {"worker_name", {"worker_name", "网格员"}},
                               {"worker_phone", {"worker_phone", "网格员电话"}}};
  for (const Role& role : roles) {
    if (const std::string text = property(feature, role.names); !text.empty()) grid.add(role.field, text);
  }
  return grid.add("geom", access::hex(geo::to_ewkb(*feature.geometry))).text();
}

}  // namespace

std::string grid_request_from_file(const std::filesystem::path& file, geo::Crs crs, const std::string& division_code) {
  const std::string ending = file.extension().string();
  const bool is_json = ending == ".geojson" || ending == ".json" || ending == ".geojsonl";
  const TemporaryFile converted(std::filesystem::temp_directory_path() /
                                ("menpai-" + Uuid::make().text() + ".geojson"));
  if (!is_json) convert(file, converted.path);
  const auto reader = intake::GeoJsonReader::open(is_json ? file : converted.path, is_json ? crs : geo::Crs::cgcs2000);
  std::string grids, first_village;
  std::uint64_t number = 0;
  for (intake::GeoFeature feature; reader->next(feature);) {
    if (++number > grids_max) throw Error(ErrorCode::too_large, "At most 20,000 grids go into one change.");
    grids += grids.empty() ? "" : ",";
    grids += grid_json(feature, number, division_code, first_village);
  }
  if (number == 0) throw Error(ErrorCode::bad_request, "There is no feature in " + file.string() + ".");
  return JsonObject()
      .add("division_code", division_code.empty() ? first_village : division_code)
      .add_json("grids", "[" + grids + "]")
      .text();
}

}  // namespace menpai::app
