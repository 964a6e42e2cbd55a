// SPDX-License-Identifier: Apache-2.0
// The demo town as files.
#include "app/demo_town.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <system_error>

#include "app/demo_files.hpp"
#include "app/library_files.hpp"
#include "base/error.hpp"
#include "intake/table.hpp"
#include "spine/random.hpp"

namespace menpai::app {
namespace {

constexpr std::uint64_t sheet_rows_max = 1'000'000;
constexpr std::uint64_t rooms_a_dirty_row = 20;
constexpr std::array<std::string_view, 3> departments = {"police", "tax", "market"};

constexpr std::array<std::string_view, 20> surnames = {"赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈",
                                                       "梁", "黄", "何", "罗", "林", "苏", "卢", "谭", "欧", "麦"};
constexpr std::array<std::string_view, 24> given = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛",
                                                    "壬", "癸", "子", "丑", "寅", "卯", "辰", "巳",
                                                    "午", "未", "申", "酉", "戌", "亥", "初", "末"};
constexpr std::array<std::string_view, 12> trades = {"五金店", "便利店", "灯饰厂",   "服装店", "餐饮店", "家具厂",
                                                     "药房",   "理发店", "电子商行", "茶庄",   "印刷厂", "修理部"};
constexpr std::array<std::string_view, 6> remarks = {"", "", "", "待核", "2号窗口录入", "原表无房号"};

/// A dirty row before its list is written.
struct Row {
  std::string address;
  std::string truth;  ///< id, empty where there is no such address
  Level level = Level::none;
  spine::DirtClass dirt = spine::DirtClass::exact;
  std::string kinds;
};

std::string person(spine::Random& random) {
  std::string name(random.pick(surnames));
  name += random.pick(given);
  if (random.chance(0.6)) name += random.pick(given);
  return name;
}

std::string phone(spine::Random& random) {
  return fmt::format("13800000{:03}", random.between(0, 999));
}

/// Counts what a list can be drawn from, so that exactly as many rows as wanted are drawn in one pass.
class Counter : public spine::TownSink {
 public:
  void place(const spine::TownPlace&) override {}
  void building(const spine::TownBuilding&) override {}
  void address(const spine::TownAddress& address) override {
    if (Counter::is_drawn(address)) ++count;
  }
  static bool is_drawn(const spine::TownAddress& address) {
    return address.level != Level::unit && address.level != Level::floor;
  }
  std::uint64_t count = 0;
};

class Writer : public spine::TownSink {
 public:
  Writer(const DemoTownFiles& files, const DemoTownFilesOptions& options, const spine::TownDivisions& divisions,
         std::uint64_t drawable, std::uint64_t wanted)
      : m_places(files.places),
        m_buildings(files.buildings),
        m_addresses(files.addresses),
        m_options(options),
        m_divisions(divisions),
        m_left(drawable) {
    for (std::size_t i = 0; i < departments.size(); ++i) {
      m_random.emplace_back(std::initializer_list<std::uint64_t>{options.town.seed, 0x6C697374, i});
      m_wanted[i] = std::min(wanted, drawable);
    }
    m_line = "id,address,code,lon,lat,level,division_code\r\n";
    m_addresses.write(m_line);
  }

  void place(const spine::TownPlace& place) override {
    m_places.feature(place.geometry,
                     {{"id", place.id},
                      {"name", place.name},
                      {"class", place.kind},
                      {"generic", place.generic},
                      {"division_code", place.division_code}},
                     {{"width_m", fmt::format("{:.0f}", place.width_m)}});
  }

  void building(const spine::TownBuilding& building) override {
    m_buildings.feature(
        building.footprint,
        {{"id", building.id},
         {"address", building.address},
         {"name", building.name},
         {"use", building.use},
         {"division_code", building.division_code}},
        {{"floors", std::to_string(building.floors)}, {"height_m", fmt::format("{:.1f}", building.height_m)}});
  }

  void address(const spine::TownAddress& address) override {
    const std::string text = spine::standard_text(address, m_divisions);
    m_line.clear();
    append_csv_row(m_line, {address.id, text, address.code, degrees_text(address.point.lon),
                            degrees_text(address.point.lat), level_name(address.level), address.division_code});
    m_addresses.write(m_line);
    if (address.level == Level::room && ++m_rooms % 4096 == 0 && m_options.progress) {
      m_options.progress(m_rooms, m_options.town.rooms);
    }
    if (!Counter::is_drawn(address)) return;
    for (std::size_t i = 0; i < departments.size(); ++i) draw(i, address);
    --m_left;
  }

  void finish() {
    m_places.finish();
    m_buildings.finish();
    m_addresses.finish();
  }

  /// The list's rows in an order of their own, as they would be filed.
  std::vector<Row> take_rows(std::size_t list) {
    std::vector<Row>& rows = m_rows[list];
    for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[m_random[list].below(i)]);
    return std::move(rows);
  }

 private:
  /// Selection sampling (Knuth, volume 2, algorithm S): each address is as likely as the next.
  void draw(std::size_t list, const spine::TownAddress& address) {
    spine::Random& random = m_random[list];
    if (random.below(m_left) >= m_wanted[list]) return;
    --m_wanted[list];
    spine::DirtyText dirty = spine::make_dirty(address, m_divisions, m_options.shares, random);
    Row row;
    row.address = std::move(dirty.text);
    row.dirt = dirty.dirt;
    row.level = address.level;
    if (dirty.dirt != spine::DirtClass::nonexistent) row.truth = address.id;
    for (const std::string_view kind : dirty.kinds) {
      if (!row.kinds.empty()) row.kinds += ';';
      row.kinds += kind;
    }
    m_rows[list].push_back(std::move(row));
  }

  GeoJsonFile m_places;
  GeoJsonFile m_buildings;
  WholeFile m_addresses;
  const DemoTownFilesOptions& m_options;
  const spine::TownDivisions& m_divisions;
  std::string m_line;
  std::uint64_t m_rooms = 0;
  std::uint64_t m_left;  ///< addresses that may still be drawn
  std::vector<spine::Random> m_random;
  std::array<std::uint64_t, departments.size()> m_wanted{};
  std::array<std::vector<Row>, departments.size()> m_rows;
};

void write_police(const DemoList& list, const std::vector<Row>& rows, spine::Random random) {
  WholeFile file(list.file);
  file.write("\xEF\xBB\xBF");
  std::string line;
  append_csv_row(line, {"序号", "姓名", "联系电话", list.column, "备注"});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    append_csv_row(line, {std::to_string(i + 1), person(random), phone(random), rows[i].address, random.pick(remarks)});
    file.write(line);
    line.clear();
  }
  file.write(line);
  file.finish();
}

void write_tax(const DemoList& list, const std::vector<Row>& rows, spine::Random random) {
  const auto writer = intake::TableWriter::create(list.file, intake::TableFormat::xlsx,
                                                  {"序号", "纳税人名称", "法定代表人", "电话", list.column, "备注"});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string serial = std::to_string(i + 1);
    const std::string name = "港口镇" + person(random) + std::string(random.pick(trades));
    const std::string owner = person(random);
    const std::string number = phone(random);
    writer->row({serial, name, owner, number, rows[i].address, random.pick(remarks)});
  }
  writer->finish();
}

void write_market(const DemoList& list, const std::vector<Row>& rows, spine::Random random) {
  WholeFile file(list.file);
  std::string line;
  append_csv_row(line, {"登记号", "字号名称", "经营者", "联系电话", list.column, "备注"});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string code = fmt::format("PDY{:05}", i % 99999 + 1);
    const std::string name = person(random) + std::string(random.pick(trades));
    append_csv_row(line, {code, name, person(random), phone(random), rows[i].address, random.pick(remarks)});
    file.write(to_gb18030(line));
    line.clear();
  }
  file.write(to_gb18030(line));
  file.finish();
}

void write_truth(const DemoList& list, const std::vector<Row>& rows) {
  WholeFile file(list.truth);
  std::string line = "row,address_id,class,level,kinds\r\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    append_csv_row(line, {std::to_string(i + 1), rows[i].truth, spine::dirt_class_name(rows[i].dirt),
                          level_name(rows[i].level), rows[i].kinds});
    file.write(line);
    line.clear();
  }
  file.write(line);
  file.finish();
}

}  // namespace

DemoTownFiles demo_town_files(const std::filesystem::path& dir) {
  DemoTownFiles files;
  files.places = dir / "places.geojson";
  files.buildings = dir / "buildings.geojson";
  files.addresses = dir / "addresses.csv";
  const std::array<std::string_view, 3> columns = {"现住址", "经营地址", "经营场所"};
  for (std::size_t i = 0; i < departments.size(); ++i) {
    const std::string name(departments[i]);
    DemoList list;
    list.file = dir / ("list_" + name + (name == "tax" ? ".xlsx" : ".csv"));
    list.truth = dir / ("truth_" + name + ".csv");
    list.column = columns[i];
    files.lists.push_back(list);
  }
  return files;
}

DemoTownFiles write_demo_town(const std::filesystem::path& dir, const DemoTownFilesOptions& options,
                              const spine::TownDivisions& divisions) {
  if (options.dirty_rows > sheet_rows_max) {
    throw Error(ErrorCode::bad_request, "A list can have at most 1,000,000 rows, because one of them is a sheet.");
  }
  std::error_code failed;
  std::filesystem::create_directories(dir, failed);
  if (failed) {
    errno = failed.value();
    throw_errno("make the folder " + dir.string());
  }
  Counter counter;
  spine::make_town(options.town, divisions, counter);
  const std::uint64_t wanted = options.dirty_rows > 0 ? options.dirty_rows
                                                      : std::clamp(options.town.rooms / rooms_a_dirty_row,
                                                                   std::uint64_t{100}, std::uint64_t{200'000});
  DemoTownFiles files = demo_town_files(dir);
  Writer writer(files, options, divisions, counter.count, wanted);
  files.facts = spine::make_town(options.town, divisions, writer);
  writer.finish();
  for (std::size_t i = 0; i < files.lists.size(); ++i) {
    DemoList& list = files.lists[i];
    const std::vector<Row> rows = writer.take_rows(i);
    list.rows = rows.size();
    for (const Row& row : rows) ++list.classes[static_cast<std::size_t>(row.dirt)];
    const spine::Random random{options.town.seed, 0x70656F70, i};
    if (i == 0) write_police(list, rows, random);
    if (i == 1) write_tax(list, rows, random);
    if (i == 2) write_market(list, rows, random);
    write_truth(list, rows);
  }
  return files;
}

DemoTownFiles write_demo_town(const std::filesystem::path& dir, const DemoTownFilesOptions& options) {
  return write_demo_town(dir, options, spine::town_divisions(divisions_of_nation({})));
}

std::string_view demo_class_name(std::size_t dirt) {
  return spine::dirt_class_name(static_cast<spine::DirtClass>(dirt));
}

}  // namespace menpai::app
