// SPDX-License-Identifier: Apache-2.0
#include "spine/division_source.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/error.hpp"

namespace menpai::spine {
namespace {

namespace fs = std::filesystem;

/// A folder with small packages, as npm unpacks them.
class DivisionSource : public testing::Test {
 protected:
  void SetUp() override {
    m_folder = fs::temp_directory_path() / ("menpai_divisions_" + std::to_string(::getpid()));
    fs::remove_all(m_folder);
    put("china-division/package.json", R"({"name":"china-division","version":"9.9.9"})");
    put("china-division/dist/provinces.csv", "code,name\n11,\"北京市\"\n33,\"浙江省\"\n42,\"湖北省\"\n44,\"广东省\"\n");
    put("china-division/dist/cities.csv",
        "code,name,provinceCode\n1101,\"市辖区\",11\n3301,\"杭州市\",33\n4290,\"省直辖县级行政区划\",42\n4420,"
        "\"中山市\",44\n");
    put("china-division/dist/areas.csv",
        "code,name,cityCode,provinceCode\n110105,\"朝阳区\",1101,11\n330105,\"拱墅区\",3301,33\n330111,\"富阳区\",3301,"
        "33\n"
        "429004,\"仙桃市\",4290,42\n442000,\"中山市\",4420,44\n");
    put("china-division/dist/streets.csv",
        "code,name\n110105001,\"建外街道\"\n429004100,\"郑场镇\"\n442000108,\"港口镇\"\n");
    put("china-division/dist/villages.csv", "code,name\n442000108001,\"中南社区居委会\"\n");
    put("china-division/dist/HK-MO-TW.json",
        R"({"香港特别行政区":{"香港岛":["中西区","东区"]},"澳门特别行政区":{"澳门外岛":["嘉模堂区（氹仔）"]},)"
        R"("台湾省":{"台北市":["大安区"]}})");
    put("gb2260/lib/201210.json",
        R"({"110105":"朝阳区","330000":"浙江省","330100":"杭州市","330103":"下城区","330105":"半山区","330183":"富阳市"})");
    put("gb2260/lib/201410.json", R"({"330103":"下城区","330105":"拱墅区","330183":"富阳市"})");
    put("rules/division_former.tsv", "# remark\n330103\t下城区\t330105\t2021-03\n");
    put("rules/division_alias.tsv", "# remark\n442000108\t港口\n");
  }
  void TearDown() override { fs::remove_all(m_folder); }

  void put(const std::string& name, const std::string& content) const {
    fs::create_directories((m_folder / name).parent_path());
    std::ofstream(m_folder / name, std::ios::binary) << content;
  }
  DivisionSet load() const { return load_division_packages(m_folder, m_folder / "rules"); }

  static const Division& find(const DivisionSet& set, const std::string& code) {
    const auto it =
        std::find_if(set.divisions.begin(), set.divisions.end(), [&](const Division& d) { return d.code == code; });
    if (it == set.divisions.end()) throw std::runtime_error("no division " + code);
    return *it;
  }
  static bool has_name(const DivisionSet& set, const std::string& code, const std::string& name, Reason kind) {
    return std::any_of(set.names.begin(), set.names.end(),
                       [&](const DivisionName& n) { return n.code == code && n.name == name && n.kind == kind; });
  }

  fs::path m_folder;
};

TEST_F(DivisionSource, hangs_every_division_below_the_one_that_has_a_name) {
  const DivisionSet set = load();
  EXPECT_EQ(set.edition, "china-division 9.9.9");
  EXPECT_EQ(find(set, "110105").parent, "11");
  EXPECT_EQ(find(set, "429004").parent, "42");
  EXPECT_EQ(find(set, "330105").parent, "3301");
  EXPECT_EQ(find(set, "442000108").parent, "4420");
  EXPECT_EQ(find(set, "442000108001").parent, "442000108");
  for (const Division& d : set.divisions) {
    EXPECT_NE(d.name, "市辖区");
    EXPECT_NE(d.code, "442000");
  }
  EXPECT_TRUE(std::is_sorted(set.divisions.begin(), set.divisions.end(),
                             [](const Division& a, const Division& b) { return a.code < b.code; }));
}

TEST_F(DivisionSource, has_hong_kong_macau_and_taiwan) {
  const DivisionSet set = load();
  EXPECT_EQ(find(set, "71").name, "台湾省");
  EXPECT_EQ(find(set, "710101").name, "大安区");
  EXPECT_EQ(find(set, "810102").name, "东区");
  EXPECT_EQ(find(set, "820101").name, "嘉模堂区");
  EXPECT_TRUE(has_name(set, "820101", "氹仔", Reason::alias));
}

TEST_F(DivisionSource, derives_former_names_from_the_editions) {
  const DivisionSet set = load();
  EXPECT_TRUE(has_name(set, "330105", "半山区", Reason::former_name));  // the same code under another name
  EXPECT_TRUE(has_name(set, "330111", "富阳市", Reason::former_name));  // the same stem under another code
  EXPECT_TRUE(has_name(set, "330105", "下城区", Reason::former_name));  // by rule
  EXPECT_TRUE(has_name(set, "442000108", "港口", Reason::alias));
  const auto succession = std::find_if(set.successions.begin(), set.successions.end(),
                                       [](const DivisionSuccession& s) { return s.old_code == "330183"; });
  ASSERT_NE(succession, set.successions.end());
  EXPECT_EQ(succession->new_code, "330111");
}

TEST_F(DivisionSource, does_without_the_editions) {
  fs::remove_all(m_folder / "gb2260");
  EXPECT_TRUE(has_name(load(), "330105", "下城区", Reason::former_name));
}

TEST_F(DivisionSource, says_which_file_is_missing_or_wrong) {
  const auto message = [&]() -> std::string {
    try {
      load();
    } catch (const Error& e) {
      return e.what();
    }
    return "";
  };
  put("china-division/dist/streets.csv", "code,name\n11010500,\"建外街道\"\n");
  EXPECT_NE(message().find("streets.csv, line 2"), std::string::npos);
  fs::remove(m_folder / "china-division/dist/streets.csv");
  EXPECT_NE(message().find("streets.csv is missing"), std::string::npos);
  SetUp();
  put("rules/division_former.tsv", "330103\t下城区\t999999\t2021-03\n");
  EXPECT_NE(message().find("999999"), std::string::npos);
  SetUp();
  put("gb2260/lib/201410.json", "[]");
  EXPECT_NE(message().find("201410.json"), std::string::npos);
}

}  // namespace
}  // namespace menpai::spine
