// SPDX-License-Identifier: Apache-2.0
// Imports on a real database: every outcome, again and again, killed half-way, in another coordinate system.
#include <fstream>
#include <gtest/gtest.h>

#include "access/key_provider.hpp"
#include "app/demo_town.hpp"
#include "app/import_ledger.hpp"
#include "base/error.hpp"
#include "geo/transform.hpp"
#include "store/key_store.hpp"
#include "store/queries.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

using Counts = std::map<std::string, std::uint64_t>;

Division division(const char* code, const char* parent, const char* name, Level level) {
  return {code, parent, name, level, "", ""};
}

DivisionSet division_set() {
  DivisionSet set;
  set.edition = "test";
  set.divisions = {division("44", "", "广东省", Level::province),
                   division("4420", "44", "中山市", Level::city),
                   division("442000105", "4420", "古镇镇", Level::town),
                   division("442000108", "4420", "港口镇", Level::town),
                   division("442000108001", "442000108", "港口社区居民委员会", Level::village),
                   division("442000108002", "442000108", "群众社区居民委员会", Level::village),
                   division("442000108205", "442000108", "下南村民委员会", Level::village)};
  return set;
}

/// Counts the rows that a question to the catalogue of tables gives; test-only SQL.
std::int64_t count(const std::string& sql) {
  const store::Lease lease = testing::store().take();
  return lease->run_text("SELECT count(*) FROM " + sql, "test").only().get<std::int64_t>(0);
}

class Import : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (s_keys != nullptr) return;
    s_directory = new std::filesystem::path(testing::make_temp_dir("import"));
    s_bytes = new std::vector<std::byte>(address::build_division_index(division_set()));
    s_divisions = new address::DivisionIndex(*s_bytes);
    s_provider = access::open_key_file(*s_directory / "root.key", true).release();
    s_key_store = new store::KeyStore(testing::store());
    s_keys = new access::KeyRing(*s_provider, *s_key_store, access::Suite::aes_256_gcm);
  }

  static ImportContext context() {
    Caller caller;
    caller.role = Role::system;
    caller.name = "system";
    return {testing::store(), *s_keys, *s_divisions, caller};
  }

  static std::filesystem::path write(const std::string& name, const std::string& text) {
    const std::filesystem::path file = *s_directory / name;
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  static ImportReport addresses(const std::filesystem::path& file, const ImportOptions& options = {}) {
    const ImportContext with = context();
    return run_address_import(with, file, options);
  }

  static std::filesystem::path* s_directory;
  static std::vector<std::byte>* s_bytes;
  static address::DivisionIndex* s_divisions;
  static access::KeyProvider* s_provider;
  static store::KeyStore* s_key_store;
  static access::KeyRing* s_keys;
};
std::filesystem::path* Import::s_directory = nullptr;
std::vector<std::byte>* Import::s_bytes = nullptr;
address::DivisionIndex* Import::s_divisions = nullptr;
access::KeyProvider* Import::s_provider = nullptr;
store::KeyStore* Import::s_key_store = nullptr;
access::KeyRing* Import::s_keys = nullptr;

ImportOptions by_column(const char* role, const char* column) {
  ImportOptions options;
  options.columns = {{role, column}};
  return options;
}
ImportOptions in_crs(const char* crs) {
  ImportOptions options;
  options.crs = crs;
  return options;
}
ImportOptions in_region(const char* code) {
  ImportOptions options;
  options.region = code;
  return options;
}

/// "new 3, held 1": only what is not zero.
std::string text(const ImportReport& report) {
  std::string out;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < report.outcome.size(); ++i) {
    sum += report.outcome[i];
    if (report.outcome[i] == 0) continue;
    if (!out.empty()) out += ", ";
    out += std::string(row_outcome_name(static_cast<RowOutcome>(i))) + " " + std::to_string(report.outcome[i]);
  }
  EXPECT_EQ(sum, report.rows) << "rows in = new + changed + same + held + refused";
  return out;
}

TEST_F(Import, every_row_ends_as_one_of_five_and_a_second_run_changes_nothing) {
  const auto file = write("first.csv",
                          "地址,地址编码,经度,纬度\r\n"
                          "广东省中山市港口镇甲子路8号,T100,113.38,22.58\r\n"
                          "广东省中山市港口镇甲子路8号201室,T101,,\r\n"
                          "中山市港口镇甲子花园3幢2单元501房,,113.381,22.581\r\n"
                          "港口镇甲子花园3栋2单元501室,,113.381,22.581\r\n"
                          "广东省中山市港口镇甲子路8号202室,T101,,\r\n"
                          "某处1号,,,\r\n"
                          ",,,\r\n"
                          "广东省中山市港口镇甲子路9号,,22.58,113.38\r\n"
                          "广东省中山市港口镇甲子路10号、12号,,,\r\n"
                          "广东省中山市港口镇下南村3组12号,,,\r\n");
  const ImportReport report = addresses(file);
  EXPECT_EQ(report.rows, 10U);
  EXPECT_EQ(text(report), "new 4, same 1, held 1, refused 4");
  EXPECT_EQ(report.refused_reason,
            (Counts{{"bad_coordinates", 1}, {"code_taken", 1}, {"empty_address", 1}, {"no_division", 1}}));
  EXPECT_EQ(report.held_reason, (Counts{{"several_values", 1}}));
  EXPECT_EQ(count("address WHERE display LIKE '广东省中山市港口镇甲子%'"), 7);
  EXPECT_EQ(count("address WHERE display = '广东省中山市港口镇甲子花园3栋2单元501室' AND level = 'room'"), 1);
  EXPECT_EQ(count("issued_code WHERE code IN ('T100', 'T101')"), 2);

  const std::int64_t changes = count("change");
  const std::int64_t held = count("held_row");
  const ImportReport again = addresses(file);
  EXPECT_EQ(text(again), "same 5, held 1, refused 4");
  EXPECT_EQ(count("change"), changes);
  EXPECT_EQ(count("held_row"), held);
}

TEST_F(Import, every_change_has_its_event_and_every_object_its_locator) {
  addresses(write("events.csv", "address\n广东省中山市港口镇乙丑路1号\n广东省中山市港口镇乙丑路2号201室\n"));
  EXPECT_EQ(count("change LEFT JOIN event ON event.county_code = change.county_code AND event.change_id = change.id "
                  "WHERE event.change_id IS NULL"),
            0);
  EXPECT_EQ(count("address LEFT JOIN locator ON locator.id = address.id WHERE locator.id IS NULL"), 0);
  EXPECT_EQ(count("(SELECT max(sequence) - count(*) AS gap FROM event GROUP BY county_code) AS g WHERE gap <> 0"), 0);
  EXPECT_EQ(count("address LEFT JOIN change ON change.county_code = address.county_code AND change.id = "
                  "address.change_id WHERE change.id IS NULL"),
            0);
}

TEST_F(Import, a_later_list_fills_in_and_moves_and_the_old_belief_is_kept) {
  addresses(write("before.csv",
                  "address,lon,lat\n广东省中山市港口镇丙寅路1号,113.38,22.58\n广东省中山市港口镇丙寅路3号,,\n"));
  const ImportReport report = addresses(write("after.csv",
                                              "address,code,lon,lat\n"
                                              "广东省中山市港口镇丙寅路1号,T200,113.38002,22.58\n"
                                              "广东省中山市港口镇丙寅路3号,T201,113.3801,22.58\n"
                                              "广东省中山市港口镇丙寅路1号,T202,,\n"
                                              "广东省中山市港口镇丙寅路3号,,114.3801,22.58\n"));
  EXPECT_EQ(text(report), "changed 2, held 2");
  EXPECT_EQ(report.held_reason, (Counts{{"moved_far", 1}, {"other_code", 1}}));
  EXPECT_EQ(count("address WHERE display LIKE '%丙寅路1号' AND version = 2 AND code = 'T200'"), 1);
  EXPECT_EQ(count("address_history WHERE display LIKE '%丙寅路1号' AND version = 1 AND code = '' AND superseded_at IS "
                  "NOT NULL"),
            1);
}

TEST_F(Import, what_a_row_made_on_its_way_is_new_to_the_row_that_speaks_of_it) {
  const Uuid id = Uuid::make();
  const ImportReport report = addresses(write("deep.csv",
                                              "id,address,code\n"
                                              ",广东省中山市港口镇丁卯花园1栋101室,T300\n" +
                                                  id.text() + ",广东省中山市港口镇丁卯花园1栋,T301\n"),
                                        by_column("id", "id"));
  EXPECT_EQ(text(report), "new 2");
  EXPECT_EQ(
      count("address AS room JOIN address AS building ON building.id = room.parent_id WHERE room.code = 'T300' AND "
            "building.code = 'T301' AND building.id = '" +
            id.text() + "'"),
      1);
}

TEST_F(Import, ids_are_taken_only_where_they_are_free_and_well_formed) {
  const std::string one = Uuid::make().text();
  const ImportOptions options = by_column("id", "id");
  addresses(write("ids.csv", "id,address\n" + one + ",广东省中山市港口镇戊辰路1号\n"), options);
  const ImportReport report = addresses(
      write("ids2.csv", "id,address\n" + one + ",广东省中山市港口镇戊辰路2号\n7,广东省中山市港口镇戊辰路3号\n" +
                            Uuid::make().text() + ",广东省中山市港口镇戊辰路1号\n"),
      options);
  EXPECT_EQ(text(report), "held 1, refused 2");
  EXPECT_EQ(report.refused_reason, (Counts{{"bad_id", 1}, {"id_taken", 1}}));
}

TEST_F(Import, a_list_in_GCJ_02_lands_where_it_belongs) {
  const auto shifted = geo::to_gcj02(geo::LonLat{113.39, 22.59});
  const auto baidu = geo::to_bd09(geo::LonLat{113.39, 22.59});
  const auto row = [](const char* address, double lon, double lat, const char* crs) {
    return std::string(address) + "," + std::to_string(lon) + "," + std::to_string(lat) + "," + crs + "\n";
  };
  addresses(
      write("gcj.csv", "address,lon,lat,crs\n" + row("广东省中山市港口镇己巳路1号", shifted.lon, shifted.lat, "") +
                           row("广东省中山市港口镇己巳路3号", baidu.lon, baidu.lat, "bd09")),
      in_crs("gcj02"));
  EXPECT_EQ(count("address WHERE display LIKE '%己巳路_号' AND ST_DWithin(point::geography, "
                  "ST_SetSRID(ST_MakePoint(113.39, 22.59), 4490)::geography, 0.5)"),
            2);
}

TEST_F(Import, held_rows_are_stored_sealed) {
  addresses(write("sealed.csv", "address,备注\n广东省中山市港口镇庚午路1号501、502室,联系人甲某\n"));
  EXPECT_EQ(count("held_row WHERE position('甲某'::bytea in sealed_row) > 0"), 0);
  const store::Lease lease = testing::store().take();
  const store::Result rows =
      lease->run_text("SELECT id, sealed_row FROM held_row ORDER BY held_at DESC LIMIT 1", "test");
  const auto [id, sealed] = rows.only().as<Uuid, store::Bytes>();
  const std::string opened = s_keys->open({"held_row", "sealed_row", id.text(), 0}, sealed.value);
  EXPECT_NE(opened.find("甲某"), std::string::npos);
  EXPECT_NE(opened.find("庚午路"), std::string::npos);
}

TEST_F(Import, a_killed_import_goes_on_where_it_stopped) {
  std::string list = "address\n";
  const int rows = static_cast<int>(2 * import_chunk_rows + 500);
  for (int i = 1; i <= rows; ++i) list += "广东省中山市港口镇辛未路" + std::to_string(i) + "号\n";
  const auto file = write("long.csv", list);
  ImportOptions options;
  int chunks = 0;
  options.progress = [&](std::uint64_t, std::uint64_t) {
    if (++chunks == 1) throw std::runtime_error("killed");
  };
  EXPECT_THROW(addresses(file, options), std::runtime_error);
  const std::int64_t after_first = count("address WHERE display LIKE '%辛未路%号'");
  EXPECT_EQ(after_first, static_cast<std::int64_t>(import_chunk_rows));
  options.progress = {};
  const ImportReport report = addresses(file, options);
  EXPECT_EQ(text(report), "new " + std::to_string(rows));
  EXPECT_EQ(count("address WHERE display LIKE '%辛未路%号'"), rows);
  EXPECT_EQ(text(addresses(file)), "same " + std::to_string(rows));
}

TEST_F(Import, wrong_columns_and_options_are_told_before_anything_is_written) {
  const auto file = write("columns.csv", "address,lon\n广东省中山市港口镇壬申路1号,113\n");
  EXPECT_THROW(addresses(file), Error);
  const auto good = write("columns2.csv", "address\n广东省中山市港口镇壬申路1号\n");
  EXPECT_THROW(addresses(good, by_column("adress", "address")), Error);
  EXPECT_THROW(addresses(good, in_crs("xian80")), Error);
  EXPECT_THROW(addresses(good, in_region("999999")), Error);
  EXPECT_EQ(count("address WHERE display LIKE '%壬申路%'"), 0);
}

const std::string footprint =
    R"({"type":"Polygon","coordinates":[[[113.38,22.58],[113.3802,22.58],[113.3802,22.5801],[113.38,22.5801],[113.38,22.58]]]})";
std::string building(const std::string& properties, const std::string& geometry = footprint) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}\n";
}

TEST_F(Import, buildings_find_their_address_and_make_rooms_of_what_is_below) {
  addresses(write("rooms.csv",
                  "address\n广东省中山市港口镇癸酉花园1栋1单元101室\n广东省中山市港口镇癸酉花园1栋1单元1202室\n"));
  const auto file = write(
      "buildings.geojson",
      building(
          R"("address":"广东省中山市港口镇癸酉花园1栋","name":"1栋","floors":12,"height_m":36.5,"use":"residential")") +
          building(R"("address":"广东省中山市港口镇癸酉花园2栋","name":"2栋","floors":"many")") +
          building(R"("address":"广东省中山市港口镇癸酉花园2栋","name":"2栋")",
                   R"({"type":"Point","coordinates":[113,22]})") +
          building(R"("address":"某处1号","name":"x")") +
          building(R"("address":"广东省中山市港口镇癸酉花园3栋","name":"3栋")"));
  const ImportContext with = context();
  const ImportReport report = run_building_import(with, file, {});
  EXPECT_EQ(text(report), "new 2, refused 3");
  EXPECT_EQ(report.refused_reason, (Counts{{"bad_geometry", 1}, {"bad_value", 1}, {"no_division", 1}}));
  EXPECT_EQ(count("room JOIN address ON address.id = room.id WHERE address.display LIKE '%癸酉花园1栋%'"), 2);
  EXPECT_EQ(count("room JOIN address ON address.id = room.id WHERE address.display LIKE '%1202室' AND room.floor = 12"),
            1);
  EXPECT_EQ(
      count("building JOIN address ON address.id = building.address_id WHERE address.display LIKE '%癸酉花园3栋'"), 1);
  // A room that comes later belongs to the building of the node above it.
  addresses(write("rooms2.csv", "address\n广东省中山市港口镇癸酉花园1栋1单元102室\n"));
  EXPECT_EQ(count("room JOIN address ON address.id = room.id WHERE address.display LIKE '%癸酉花园1栋%'"), 3);

  EXPECT_EQ(text(run_building_import(with, file, {})), "same 2, refused 3");
  const auto higher = write(
      "higher.geojson",
      building(
          R"("address":"广东省中山市港口镇癸酉花园1栋","name":"1栋","floors":13,"height_m":39,"use":"residential")"));
  EXPECT_EQ(text(run_building_import(with, higher, {})), "changed 1");
  EXPECT_EQ(count("building_history WHERE floors = 12"), 1);
}

TEST_F(Import, places_are_read_with_their_shape_and_linked_from_addresses) {
  const std::string line = R"({"type":"LineString","coordinates":[[113.38,22.58],[113.39,22.58]]})";
  const auto feature = [](const std::string& properties, const std::string& geometry) {
    return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}\n";
  };
  const auto file = write(
      "places.geojson",
      feature(R"("name":"甲戌路","class":"road","generic":"路","division_code":"442000108001","width_m":22)", line) +
          feature(R"("name":"甲戌花园","class":"estate","division_code":"442000108001")", footprint) +
          feature(R"("name":"甲戌巷","class":"river","division_code":"442000108001")", line) +
          feature(R"("name":"甲戌街","class":"road","division_code":"442000108001")", footprint) +
          feature(R"("name":"甲戌里","class":"lane","division_code":"999999")", line));
  const ImportContext with = context();
  const ImportReport report = run_place_import(with, file, {});
  EXPECT_EQ(text(report), "new 2, refused 3");
  EXPECT_EQ(report.refused_reason, (Counts{{"bad_geometry", 1}, {"bad_value", 1}, {"no_division", 1}}));
  EXPECT_EQ(text(run_place_import(with, file, {})), "same 2, refused 3");
  EXPECT_EQ(count("place WHERE name = '甲戌路' AND length_m BETWEEN 1000 AND 1050"), 1);
  addresses(write("on_place.csv", "address\n广东省中山市港口镇甲戌路1号\n"));
  EXPECT_EQ(count("address JOIN place ON place.id = address.place_id WHERE place.name = '甲戌路'"), 2);
  const auto wider = write(
      "wider.geojson",
      feature(R"("name":"甲戌路","class":"road","generic":"路","division_code":"442000108001","width_m":30)", line));
  EXPECT_EQ(text(run_place_import(with, wider, {})), "changed 1");
  EXPECT_EQ(count("place_history WHERE name = '甲戌路' AND width_m = 22"), 1);
}

TEST_F(Import, a_whole_town_goes_in_without_a_doubt_and_twice_is_the_same) {
  const spine::TownDivisions on = spine::town_divisions(division_set());
  DemoTownFilesOptions options;
  options.town = {5000, 3};
  const DemoTownFiles files = write_demo_town(*s_directory / "town", options, on);
  const ImportContext with = context();
  const ImportOptions by_id = by_column("id", "id");
  EXPECT_EQ(text(run_place_import(with, files.places, {})), "new " + std::to_string(files.facts.places));
  EXPECT_EQ(text(run_address_import(with, files.addresses, by_id)), "new " + std::to_string(files.facts.addresses));
  EXPECT_EQ(text(run_building_import(with, files.buildings, {})), "new " + std::to_string(files.facts.buildings));
  const std::int64_t changes = count("change");
  EXPECT_EQ(text(run_place_import(with, files.places, {})), "same " + std::to_string(files.facts.places));
  EXPECT_EQ(text(run_address_import(with, files.addresses, by_id)), "same " + std::to_string(files.facts.addresses));
  EXPECT_EQ(text(run_building_import(with, files.buildings, {})), "same " + std::to_string(files.facts.buildings));
  EXPECT_EQ(count("change"), changes);
}

}  // namespace
}  // namespace menpai::app
