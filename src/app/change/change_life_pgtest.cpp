// SPDX-License-Identifier: Apache-2.0
// Whatever is done to the spine, in whatever order: nothing is lost, nothing hangs in the air, every code leads
// somewhere.
#include <gtest/gtest.h>
#include <map>
#include <random>

#include "address/test_library.hpp"
#include "app/change/change_sets.hpp"
#include "app/codes.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "store/division_store.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

const std::string town = "广东省中山市古镇镇";
constexpr int steps = 240;

class ChangeLife : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::filesystem::path folder = testing::make_temp_dir("change-life");
    address::testing::write_library(folder / "divisions.mpl", {});
    Settings settings;
    settings.data_dir = testing::data_dir();
    settings.library = folder / "divisions.mpl";
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
  static store::Result ask(const std::string& sql) { return app().parts().store->take()->run_text(sql, "test"); }
  static int count(const std::string& sql) { return static_cast<int>(ask(sql).only().get<std::int64_t>(0)); }

  struct Node {
    std::string id, display, level, status;
    int version = 0;
  };
  Node any(const std::string& where) {
    const store::Result rows = ask("SELECT id, display, level, status, version FROM address WHERE display LIKE '" +
                                   town + "%' AND " + where + " ORDER BY id");
    if (rows.empty()) return {};
    const store::Row row = rows[static_cast<int>(m_random() % static_cast<unsigned>(rows.size()))];
    return {row.get<Uuid>(0).text(), row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3),
            row.get<int>(4)};
  }
  std::string number() { return std::to_string(1 + m_random() % 30) + "号"; }
  std::string street() {
    static const char* names[] = {"子路", "丑路", "寅路"};
    return names[m_random() % 3];
  }

  /// One random request; what a rule forbids is forbidden, and nothing else may go wrong.
  void step() {
    try {
      run(draft());
    } catch (const Error& error) {
      ASSERT_TRUE(error.code() == ErrorCode::conflict || error.code() == ErrorCode::bad_request)
          << error.what() << " " << error.detail();
      ++m_refused;
    }
  }
  void run(const std::optional<ChangeDraft>& what) {
    if (!what) return;
    ChangeSet set = what->kind == "undo" ? undo_change_set(app(), caller("one"), {*Uuid::parse(what->request)}, "undo")
                                         : make_change_set(app(), caller("one"), *what);
    set = step_change_set(app(), caller("one"), set.id, ChangeState::submitted, "", set.version);
    if (set.state == ChangeState::submitted) {
      set = step_change_set(app(), caller("two"), set.id, ChangeState::approved, "", set.version);
    }
    ASSERT_EQ(set.state, ChangeState::applied);
    m_applied.push_back(set.id.text());
  }
  static ChangeDraft about(const std::string& kind, const JsonObject& request, int version) {
    return {kind, request.text(), version, "test", "test", {}, false};
  }
  std::optional<ChangeDraft> draft() {
    const Node house = any("level = 'number' AND status <> 'retired' AND parent_id IS NOT NULL");
    const Node other = any("level = 'number' AND status <> 'retired'");
    switch (house.id.empty() ? 0 : m_random() % 9) {
      case 0:
      case 1:
        return about("address.create",
                     JsonObject().add("address", town + street() + number() + (m_random() % 2 ? "2栋101室" : "")), 0);
      case 2:
        return about("address.renumber", JsonObject().add("id", house.id).add("name", number()), house.version);
      case 3: {
        const Node above = any("level = 'place' AND status <> 'retired'");
        return about("address.move", JsonObject().add("id", house.id).add("parent", above.id), house.version);
      }
      case 4:
        return about("address.merge", JsonObject().add("id", house.id).add_json("others", "[\"" + other.id + "\"]"),
                     house.version);
      case 5:
        return about(
            "address.split",
            JsonObject().add("id", house.id).add("keeps", true).add_json("parts", "[{\"name\":\"" + number() + "\"}]"),
            house.version);
      case 6: {
        JsonObject request;
        request.add("id", house.id);
        if (other.id != house.id && m_random() % 2) request.add("successor", other.id);
        return about("address.retire", request, house.version);
      }
      case 7: {
        const Node retired = any("status = 'retired'");
        if (retired.id.empty()) return std::nullopt;
        return about("address.restore", JsonObject().add("id", retired.id), retired.version);
      }
      default: {
        if (m_applied.empty()) return std::nullopt;
        ChangeDraft undo;
        undo.kind = "undo";
        undo.request = m_applied[m_applied.size() - 1 - m_random() % std::min<std::size_t>(m_applied.size(), 4)];
        return undo;
      }
    }
  }

  static void check() {
    const std::string ours = "child.display LIKE '" + town + "%'";
    EXPECT_EQ(
        count("SELECT count(*) FROM address AS child JOIN address AS parent ON parent.id = child.parent_id WHERE " +
              ours + " AND child.status <> 'retired' AND parent.status = 'retired'"),
        0)
        << "an address in use hangs on a retired one";
    EXPECT_EQ(
        count("SELECT count(*) FROM address AS child JOIN address AS parent ON parent.id = child.parent_id WHERE " +
              ours + " AND child.status <> 'retired' AND child.display <> parent.display || child.name"),
        0)
        << "a text does not follow from the tree";
    EXPECT_EQ(count("SELECT count(*) FROM (SELECT display FROM address AS child WHERE " + ours +
                    " AND status <> 'retired' GROUP BY display HAVING count(*) > 1) AS twice"),
              0)
        << "two addresses in use have one text";
    EXPECT_EQ(count("SELECT count(*) FROM address AS child WHERE " + ours +
                    " AND version <> 1 + (SELECT count(*) FROM address_history AS was WHERE was.id = child.id AND "
                    "was.superseded_at IS NOT NULL)"),
              0)
        << "a version is lost";
    EXPECT_EQ(count("SELECT count(*) FROM room JOIN address AS child ON child.id = room.id WHERE " + ours +
                    " AND (room.status = 'retired') <> (child.status = 'retired')"),
              0)
        << "a room and its address do not agree";
    EXPECT_EQ(count("SELECT max(sequence) - count(*) FROM event GROUP BY county_code ORDER BY 1 DESC LIMIT 1"), 0)
        << "an event is missing";
    EXPECT_EQ(
        count("SELECT count(*) FROM change LEFT JOIN event ON event.change_id = change.id WHERE event.change_id IS "
              "NULL"),
        0)
        << "a change without an event";
    EXPECT_EQ(count("SELECT count(*) FROM address AS child WHERE " + ours +
                    " AND status = 'retired' AND EXISTS (SELECT FROM lineage WHERE from_id = child.id AND "
                    "superseded_at IS NULL AND kind = 'merged_into' AND NOT EXISTS (SELECT FROM address AS heir WHERE "
                    "heir.id = to_id))"),
              0)
        << "an heir is not there";
  }
  static void check_codes() {
    const store::Result rows =
        ask("SELECT issued_code.code FROM issued_code JOIN address ON address.id = object_id WHERE display LIKE '" +
            town + "%'");
    EXPECT_GT(rows.size(), 10);
    for (const store::Row row : rows) {
      const auto code = row.get<std::string>(0);
      const CodeStory story = resolve_code(app(), caller("one"), code);
      ASSERT_TRUE(story.object) << code << " leads nowhere";
    }
  }

  std::mt19937 m_random{20261120};
  std::vector<std::string> m_applied;
  int m_refused = 0;
  static inline std::unique_ptr<Application> s_app;
};

TEST_F(ChangeLife, any_sequence_of_changes_keeps_the_register_whole) {
  for (int i = 0; i < steps; ++i) {
    step();
    if (::testing::Test::HasFatalFailure()) return;
    if (i % 20 == 19) check();
    ASSERT_FALSE(::testing::Test::HasNonfatalFailure()) << "after step " << i;
  }
  check_codes();
  EXPECT_GT(m_applied.size(), 80U) << m_refused << " were refused";
}

}  // namespace
}  // namespace menpai::app
