// SPDX-License-Identifier: Apache-2.0
// What changes in the register is answered by the next question, with the library that was built before.
#include <fstream>
#include <gtest/gtest.h>

#include "address/test_library.hpp"
#include "app/parts.hpp"
#include "app/register_edits.hpp"
#include "app/registering.hpp"
#include "store/division_store.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

class RegisterFollowed : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = testing::make_temp_dir("edits");
    address::testing::write_library(s_folder / "divisions.mpl", {});
    Settings settings;
    settings.data_dir = testing::data_dir();
    settings.library = s_folder / "divisions.mpl";
    settings.region = "4420";
    s_app = Application::open(settings, false);
    store::load_divisions(*app().parts().store, address::testing::small_divisions());
    import("广东省中山市港口镇踏梅大道8号,PE-8\n广东省中山市港口镇踏梅大道10号,PE-10\n广东省中山市港口镇听泉路6号,PE-6\n");
    use_library_of_register();
  }
  static void TearDownTestSuite() { s_app.reset(); }

  static Application& app() { return *s_app; }
  static void import(const std::string& rows) {
    std::ofstream(s_folder / "list.csv", std::ios::binary) << "address,code\n" << rows;
    import_addresses(app(), operator_caller(), s_folder / "list.csv", {});
  }
  /// As build_library_from_register, with the divisions of the test.
  static void use_library_of_register() {
    address::LibraryBuilder builder(address::testing::small_divisions(), "register");
    builder.set_position(app().parts().edits->position());
    const store::Result rows = app().parts().store->take()->run_text(
        "SELECT id, display, code, division_code FROM address WHERE code LIKE 'PE-%' AND status = 'in_use'", "test");
    for (const store::Row row : rows) {
      address::SourceAddress source;
      source.id = row.get<Uuid>(0).text();
      source.address = row.get<std::string>(1);
      source.code = row.get<std::string>(2);
      source.division_code = row.get<std::string>(3);
      builder.add(source);
    }
    builder.write(s_folder / "register.mpl");
    app().parts().use_library(address::Library::open(s_folder / "register.mpl"));
  }
  static Answer find(const std::string& text) {
    Answer answer;
    app().parts().engines.take()->clean(text, {"442000108", 5}, answer);
    return answer;
  }
  /// Retires the address with the code as a change does that replaces it by another.
  static void retire(const std::string& code, const std::string& heir) {
    const store::Lease lease = app().parts().store->take();
    const auto run = [&](std::string sql) {
      for (const auto& [mark, value] : {std::pair("$CODE", code), std::pair("$HEIR", heir)}) {
        for (std::size_t at = sql.find(mark); at != std::string::npos; at = sql.find(mark)) sql.replace(at, 5, value);
      }
      lease->run_text(sql, "test");
    };
    run("UPDATE address SET status = 'retired' WHERE code = '$CODE'");
    run("INSERT INTO lineage (county_code, from_id, to_id, kind, object_kind, set_id, at) SELECT a.county_code, a.id, "
        "b.id, 'replaced_by', 'address', gen_random_uuid(), now() FROM address a, address b WHERE a.code = '$CODE' AND "
        "b.code = '$HEIR'");
    run("UPDATE counter SET value = value + 1 WHERE name = 'event' AND county_code = (SELECT county_code FROM address "
        "WHERE code = '$CODE')");
    run("INSERT INTO event (county_code, sequence, change_id, kind, object_kind, object_id, object_version, "
        "division_code, at) SELECT a.county_code, c.value, a.change_id, 'retire', 'address', a.id, a.version + 1, "
        "a.division_code, now() FROM address a, counter c WHERE a.code = '$CODE' AND c.county_code = a.county_code AND "
        "c.name = 'event'");
  }

  static inline std::filesystem::path s_folder;
  static inline std::unique_ptr<Application> s_app;
};

TEST_F(RegisterFollowed, what_is_imported_is_answered_by_the_next_question) {
  const auto library = app().parts().library();
  EXPECT_EQ(find("港口镇踏梅大道8号").code, "PE-8");
  EXPECT_NE(find("港口镇寻梅路3号").code, "PE-3");
  import("广东省中山市港口镇寻梅路3号,PE-3\n广东省中山市港口镇踏梅大道12号,PE-12\n");
  EXPECT_EQ(find("港口镇寻梅路3号").code, "PE-3");
  EXPECT_EQ(find("港口镇踏梅大道12号").code, "PE-12");
  EXPECT_EQ(find("港口镇踏梅大道8号").code, "PE-8");
  EXPECT_EQ(app().parts().library(), library) << "nothing was built";
  EXPECT_FALSE(app().parts().edits->is_heavy());
}

TEST_F(RegisterFollowed, what_is_retired_answers_with_what_replaced_it) {
  EXPECT_EQ(find("港口镇听泉路6号").code, "PE-6");
  retire("PE-6", "PE-10");
  EXPECT_TRUE(app().parts().edits->follow());
  EXPECT_FALSE(app().parts().edits->follow()) << "once";
  const Answer answer = find("港口镇听泉路6号");
  EXPECT_EQ(answer.code, "PE-10");
  EXPECT_EQ(answer.grade, Grade::b);
}

TEST_F(RegisterFollowed, a_library_opened_later_is_brought_up_to_what_the_register_is) {
  const auto old = s_folder / "register.mpl";
  import("广东省中山市港口镇晚来路1号,PE-1\n");
  app().parts().use_library(address::Library::open(old));
  EXPECT_EQ(find("港口镇晚来路1号").code, "PE-1");
  use_library_of_register();
  EXPECT_EQ(find("港口镇晚来路1号").code, "PE-1");
  EXPECT_EQ(find("港口镇听泉路9号").grade == Grade::a, false);
}

}  // namespace
}  // namespace menpai::app
