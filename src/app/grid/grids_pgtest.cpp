// SPDX-License-Identifier: Apache-2.0
// The life of grids on a real database: imported and numbered, split, merged, their borders moved, their sets
// following.
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "address/test_library.hpp"
#include "app/change/change_sets.hpp"
#include "app/change/history.hpp"
#include "app/codes.hpp"
#include "app/grid/grids.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "store/division_store.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

using ::testing::HasSubstr;

class Grids : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = testing::make_temp_dir("grids");
    address::testing::write_library(s_folder / "divisions.mpl", {});
    Settings settings;
    settings.data_dir = testing::data_dir();
    settings.library = s_folder / "divisions.mpl";
    settings.region = "4420";
    s_app = Application::open(settings, false);
    store::load_divisions(*app().parts().store, address::testing::small_divisions());
  }
  static void TearDownTestSuite() { s_app.reset(); }
  static Application& app() { return *s_app; }
  static Caller caller(const std::string& name) {
    Caller caller;
    caller.role = Role::administrator;
    caller.name = name;
    caller.account = Uuid::named(name);
    caller.origin = "203.0.113.7";
    return caller;
  }
  static ChangeSet run(const std::string& kind, const std::string& request, int version = 0) {
    ChangeSet set = make_change_set(app(), caller("one"), {kind, request, version, "测试", "test", {}, false});
    set = step_change_set(app(), caller("one"), set.id, ChangeState::submitted, "", set.version);
    if (set.state == ChangeState::submitted) {
      set = step_change_set(app(), caller("two"), set.id, ChangeState::approved, "", set.version);
    }
    EXPECT_EQ(set.state, ChangeState::applied);
    return set;
  }
  static Error error_of(const std::function<void()>& work) {
    try {
      work();
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return {ErrorCode::internal, ""};
  }
  /// A rectangle, in thousandths of a degree from 113.3, 22.5.
  static std::string box(int west, int south, int east, int north) {
    const auto point = [](int x, int y) {
      return std::to_string(113.3 + x / 1000.0) + " " + std::to_string(22.5 + y / 1000.0);
    };
    return "SRID=4490;POLYGON((" + point(west, south) + "," + point(east, south) + "," + point(east, north) + "," +
           point(west, north) + "," + point(west, south) + "))";
  }
  static std::string grid_json(const std::string& name, const std::string& geom) {
    return JsonObject().add("name", name).add("geom", geom).text();
  }
  static std::string import_of(const std::vector<std::string>& grids) {
    std::string list;
    for (const std::string& grid : grids) list += (list.empty() ? "" : ",") + grid;
    return JsonObject().add("division_code", s_village).add_json("grids", "[" + list + "]").text();
  }
  static Grid find(const std::string& name) {
    for (const Grid& grid : list_grids(app(), caller("one"), s_village, "all", false, "", 1000).items) {
      if (grid.name == name) return grid;
    }
    ADD_FAILURE() << "there is no grid " << name;
    return {};
  }
  static std::string at(int x, int y) {
    const std::vector<Grid> grids =
        grids_at(app(), caller("one"), {113.3 + x / 1000.0 + 0.0005, 22.5 + y / 1000.0 + 0.0005});
    return grids.empty() ? "" : grids.front().name;
  }

  static inline std::filesystem::path s_folder;
  static inline const std::string s_village = "442000108003";
  static inline std::unique_ptr<Application> s_app;
};

TEST_F(Grids, live_from_import_to_merger_and_every_code_leads_on) {
  run("grid.import", import_of({grid_json("西南", box(0, 0, 10, 10)), grid_json("东北", box(10, 10, 20, 20)),
                                grid_json("西北", box(0, 10, 10, 20)), grid_json("东南", box(10, 0, 20, 10))}));
  EXPECT_EQ(find("西北").code, s_village + "001");
  EXPECT_EQ(find("东北").code, s_village + "002");
  EXPECT_EQ(find("西南").code, s_village + "003");
  EXPECT_EQ(find("东南").code, s_village + "004");
  EXPECT_EQ(at(3, 3), "西南");
  EXPECT_EQ(at(50, 50), "");
  EXPECT_TRUE(check_grids(app(), caller("one"), s_village, 1).faults.empty());

  const Error over = error_of([] { run("grid.import", import_of({grid_json("重叠", box(15, 15, 30, 30))})); });
  EXPECT_EQ(over.detail(), "grid.overlap");
  EXPECT_THAT(over.what(), HasSubstr("东北"));

  const Grid west = find("西南");
  run("business_grid.create", JsonObject()
                                  .add("division_code", s_village)
                                  .add("name", "消防一片")
                                  .add("department", "消防")
                                  .add("grids", std::vector<std::string>{west.id})
                                  .text());
  const auto parts = [&](int middle, int end) {
    return JsonObject()
        .add("id", west.id)
        .add_json("parts", "[" + grid_json("西南甲", box(0, 0, middle, 10)) + "," +
                               grid_json("西南乙", box(middle, 0, end, 10)) + "]")
        .text();
  };
  EXPECT_EQ(error_of([&] { run("grid.split", parts(4, 9), west.version); }).detail(), "grid.ground");
  const ChangeSet split = run("grid.split", parts(4, 10), west.version);
  EXPECT_EQ(at(3, 3), "西南甲");
  EXPECT_EQ(find("西南甲").code, s_village + "005");
  EXPECT_EQ(resolve_code(app(), caller("one"), west.code).now.size(), 2U);
  EXPECT_EQ(list_business_grids(app(), caller("one"), s_village).at(0).grids.size(), 2U);

  const Grid first = find("西南甲");
  const Grid second = find("西南乙");
  run("grid.border",
      JsonObject()
          .add("id", first.id)
          .add_json("grids", "[" + JsonObject().add("id", first.id).add("geom", box(0, 0, 6, 10)).text() + "," +
                                 JsonObject().add("id", second.id).add("geom", box(6, 0, 10, 10)).text() + "]")
          .text(),
      first.version);
  EXPECT_EQ(at(5, 5), "西南甲");
  EXPECT_EQ(object_history(app(), caller("one"), first.id).versions.back().change_kind, "grid.border_moved");

  const Grid moved = find("西南甲");
  run("grid.merge",
      JsonObject().add("id", first.id).add("others", std::vector<std::string>{second.id}).add("name", "西南").text(),
      moved.version);
  EXPECT_EQ(at(8, 8), "西南");
  EXPECT_EQ(resolve_code(app(), caller("one"), west.code).now.at(0).text, "西南");
  EXPECT_EQ(list_business_grids(app(), caller("one"), s_village).at(0).grids,
            std::vector<std::string>{find("西南").id});
  EXPECT_TRUE(check_grids(app(), caller("one"), s_village, 1).faults.empty());
}

TEST_F(Grids, a_hole_is_found_and_shown) {
  const std::string village = s_village;
  run("grid.import", import_of({grid_json("上", box(100, 120, 130, 130)), grid_json("下", box(100, 100, 130, 110)),
                                grid_json("左", box(100, 110, 110, 120)), grid_json("右", box(120, 110, 130, 120))}));
  const GridCheck check = check_grids(app(), caller("one"), village, 1);
  ASSERT_EQ(check.faults.size(), 1U);
  EXPECT_EQ(check.faults[0].kind, "gap");
  EXPECT_NEAR(check.faults[0].area_m2, 1'130'000, 30'000);
  EXPECT_THAT(check.faults[0].border, HasSubstr("Polygon"));
}

TEST_F(Grids, are_read_from_files_and_refused_with_the_feature_that_is_wrong) {
  std::ofstream(s_folder / "grids.geojson")
      << R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"网格名称":"文件格"},"geometry":)"
      << R"({"type":"Polygon","coordinates":[[[113.5,22.5],[113.51,22.5],[113.51,22.51],[113.5,22.51],[113.5,22.5]]]}}]})";
  run("grid.import", grid_request_from_file(s_folder / "grids.geojson", geo::Crs::cgcs2000, s_village));
  EXPECT_EQ(find("文件格").kind, "base");
  const Error none = error_of([] { grid_request_from_file(s_folder / "grids.geojson", geo::Crs::cgcs2000, ""); });
  EXPECT_THAT(none.what(), HasSubstr("Feature 1"));
}

}  // namespace
}  // namespace menpai::app
