// SPDX-License-Identifier: Apache-2.0
// The life of the spine on a real database: change sets from draft to applied and back.
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "address/test_library.hpp"
#include "app/change/change_sets.hpp"
#include "app/change/evidence.hpp"
#include "app/change/history.hpp"
#include "app/parts.hpp"
#include "app/registering.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "store/division_store.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ChangeSets : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = testing::make_temp_dir("change-sets");
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

  static Caller caller(const std::string& name, Role role) {
    Caller caller;
    caller.role = role;
    caller.name = name;
    caller.account = Uuid::named(name);
    caller.origin = "203.0.113.7";
    return caller;
  }
  static Caller clerk() { return caller("clerk", Role::clerk); }
  static Caller chief() { return caller("chief", Role::administrator); }

  static ChangeDraft draft(std::string kind, const JsonObject& request, int version = 0) {
    return {.kind = std::move(kind),
            .request = request.text(),
            .object_version = version,
            .reason = "测试",
            .source = "test",
            .effective_on = {},
            .is_correction = false};
  }
  /// Drafts, submits, and has the chief approve where that is needed.
  static ChangeSet run(const ChangeDraft& what) {
    ChangeSet set = make_change_set(app(), clerk(), what);
    set = step_change_set(app(), clerk(), set.id, ChangeState::submitted, "", set.version);
    if (set.state == ChangeState::submitted) {
      set = step_change_set(app(), chief(), set.id, ChangeState::approved, "同意", set.version);
    }
    EXPECT_EQ(set.state, ChangeState::applied) << set.title;
    return set;
  }
  static ChangeSet undo(const ChangeSet& set) {
    ChangeSet back = undo_change_set(app(), clerk(), set.id, "弄错了");
    back = step_change_set(app(), clerk(), back.id, ChangeState::submitted, "", back.version);
    return step_change_set(app(), chief(), back.id, ChangeState::approved, "", back.version);
  }
  struct Known {
    std::string id, display, status, code;
    int version = 0;
  };
  /// Live or retired addresses whose text is or begins with `display`.
  static std::vector<Known> addresses(const std::string& display) {
    std::vector<Known> found;
    const store::Result rows = app().parts().store->take()->run_text(
        "SELECT id, display, status, code, version FROM address WHERE display LIKE '" + display +
            "%' ORDER BY display, status",
        "test");
    for (const store::Row row : rows) {
      found.push_back({row.get<Uuid>(0).text(), row.get<std::string>(1), row.get<std::string>(2),
                       row.get<std::string>(3), row.get<int>(4)});
    }
    return found;
  }
  static Known only(const std::string& display) {
    for (const Known& known : addresses(display)) {
      if (known.display == display && known.status != "retired") return known;
    }
    ADD_FAILURE() << "there is no " << display;
    return {};
  }
  static Known place(const std::string& name) {
    const store::Result rows = app().parts().store->take()->run_text(
        "SELECT id, name, status, pinyin, version FROM place WHERE name = '" + name + "' ORDER BY recorded_at DESC",
        "test");
    if (rows.empty()) {
      ADD_FAILURE() << "there is no place " << name;
      return {};
    }
    return {rows[0].get<Uuid>(0).text(), rows[0].get<std::string>(1), rows[0].get<std::string>(2),
            rows[0].get<std::string>(3), rows[0].get<int>(4)};
  }
  static ChangeSet create(const std::string& address) {
    return run(draft("address.create", JsonObject().add("address", address)));
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

  static inline std::filesystem::path s_folder;
  static inline std::unique_ptr<Application> s_app;
};

const std::string town = "广东省中山市港口镇";

TEST_F(ChangeSets, an_address_is_made_with_all_that_is_missing_above_it_and_gets_codes) {
  const ChangeSet set = create(town + "甲一路8号3栋501室");
  EXPECT_EQ(set.counts.at("address.new"), 4U);
  const Known house = only(town + "甲一路8号");
  const Known room = only(town + "甲一路8号3栋501室");
  EXPECT_EQ(house.code.size(), 19U);
  EXPECT_EQ(room.code.size(), 25U);
  const Error again = error_of([] { create(town + "甲一路8号3栋501室"); });
  EXPECT_EQ(again.code(), ErrorCode::conflict);
  EXPECT_EQ(again.detail(), "address.exists");
}

TEST_F(ChangeSets, a_renamed_street_takes_its_addresses_with_it_and_keeps_its_old_name) {
  create(town + "乙一路8号");
  create(town + "乙一路10号2栋");
  run(draft("place.create", JsonObject().add("name", "乙一路").add("kind", "road").add("division_code", "442000108")));
  const Known before = place("乙一路");
  const std::string house = only(town + "乙一路8号").id;
  const ChangeDraft rename =
      draft("place.rename", JsonObject().add("id", before.id).add("name", "乙新路"), before.version);
  const ChangePreview preview = preview_change(app(), clerk(), rename, 0, 100);
  EXPECT_EQ(preview.total, 5U);
  EXPECT_EQ(preview.counts.at("address.renamed"), 4U);
  const ChangeSet set = run(rename);
  EXPECT_EQ(only(town + "乙新路8号").id, house);
  EXPECT_EQ(only(town + "乙新路10号2栋").status, "in_use");
  EXPECT_TRUE(addresses(town + "乙一路").empty());
  EXPECT_EQ(place("乙新路").code, "Yixin Lu");  // the column of pinyin

  const ObjectHistory history = object_history(app(), clerk(), house);
  EXPECT_EQ(history.versions.back().change_kind, "address.renamed");
  EXPECT_EQ(history.versions.back().set_id, set.id.text());
  const store::Result names = app().parts().store->take()->run_text(
      "SELECT name, kind FROM place_name WHERE place_id = '" + before.id + "' AND superseded_at IS NULL", "test");
  ASSERT_EQ(names.size(), 1);
  EXPECT_EQ(names[0].get<std::string>(0), "乙一路");

  EXPECT_EQ(undo(set).state, ChangeState::applied);
  EXPECT_EQ(only(town + "乙一路8号").id, house);
  EXPECT_EQ(place("乙一路").id, before.id);
  EXPECT_EQ(error_of([&] { undo(set); }).code(), ErrorCode::conflict);
}

TEST_F(ChangeSets, two_streets_become_one_unless_their_numbers_clash) {
  for (const char* text : {"丙一路1号", "丙一路3号", "丙二路2号", "丙二路3号"}) create(town + text);
  for (const char* name : {"丙一路", "丙二路"}) {
    run(draft("place.create", JsonObject().add("name", name).add("kind", "road").add("division_code", "442000108")));
  }
  const Known from = place("丙二路");
  const ChangeDraft merge =
      draft("place.merge", JsonObject().add("id", from.id).add("into", place("丙一路").id), from.version);
  const Error clash = error_of([&] { make_change_set(app(), clerk(), merge); });
  EXPECT_EQ(clash.detail(), "address.sibling_taken");
  EXPECT_THAT(clash.what(), HasSubstr("丙二路3号"));
  const Known third = only(town + "丙二路3号");
  run(draft("address.renumber", JsonObject().add("id", third.id).add("name", "5号"), third.version));
  run(merge);
  EXPECT_EQ(only(town + "丙一路5号").id, third.id);
  EXPECT_EQ(only(town + "丙一路2号").status, "in_use");
  EXPECT_EQ(place("丙二路").status, "retired");
  const std::vector<Heir> heirs = successors_of(app(), clerk(), from.id);
  ASSERT_EQ(heirs.size(), 1U);
  EXPECT_EQ(heirs[0].text, "丙一路");
}

TEST_F(ChangeSets, merging_splitting_retiring_and_restoring_leave_a_trail) {
  for (const char* text : {"丁路1号", "丁路3号101室", "丁路3号102室"}) create(town + text);
  const Known one = only(town + "丁路1号");
  const Known three = only(town + "丁路3号");
  const ChangeSet merged = run(
      draft("address.merge", JsonObject().add("id", one.id).add_json("others", "[\"" + three.id + "\"]"), one.version));
  EXPECT_EQ(only(town + "丁路1号101室").status, "in_use");
  EXPECT_EQ(successors_of(app(), clerk(), three.id).at(0).id, one.id);
  undo(merged);
  EXPECT_TRUE(successors_of(app(), clerk(), three.id).empty());
  EXPECT_EQ(only(town + "丁路3号101室").status, "in_use");

  const Known again = only(town + "丁路3号");
  const std::string room = only(town + "丁路3号101室").id;
  const std::string other = only(town + "丁路3号102室").id;
  run(draft("address.split",
            JsonObject()
                .add("id", again.id)
                .add("keeps", true)
                .add_json("parts", "[{\"name\":\"3号附1号\",\"children\":[\"" + room +
                                       "\"]},{\"name\":\"3号附2号\",\"children\":[\"" + other + "\"]}]"),
            again.version));
  EXPECT_EQ(only(town + "丁路3号附1号101室").id, room);
  EXPECT_EQ(successors_of(app(), clerk(), again.id).size(), 2U);

  const Known part = only(town + "丁路3号附1号");
  run(draft("address.retire", JsonObject().add("id", part.id), part.version));
  for (const Known& known : addresses(town + "丁路3号附1号")) EXPECT_EQ(known.status, "retired") << known.display;
}

TEST_F(ChangeSets, retired_addresses_come_back_with_what_was_retired_with_them) {
  create(town + "戊路7号2栋301室");
  const Known house = only(town + "戊路7号");
  run(draft("address.retire", JsonObject().add("id", house.id), house.version));
  for (const Known& known : addresses(town + "戊路7号")) EXPECT_EQ(known.status, "retired") << known.display;
  create(town + "戊路7号");  // the text is free again
  const Known fresh = only(town + "戊路7号");
  EXPECT_NE(fresh.id, house.id);
  EXPECT_NE(fresh.code, house.code);
  const Known retired = addresses(town + "戊路7号2栋301室").at(0);
  const Error parent = error_of([&] {
    make_change_set(app(), clerk(), draft("address.restore", JsonObject().add("id", retired.id), retired.version));
  });
  EXPECT_EQ(parent.detail(), "address.parent_retired");
}

TEST_F(ChangeSets, two_people_are_needed_where_the_kind_says_so) {
  create(town + "己路1号");
  const Known house = only(town + "己路1号");
  ChangeSet set = make_change_set(
      app(), chief(), draft("address.renumber", JsonObject().add("id", house.id).add("name", "9号"), house.version));
  set = step_change_set(app(), chief(), set.id, ChangeState::submitted, "", set.version);
  EXPECT_EQ(set.state, ChangeState::submitted);
  const auto approve = [&](const Caller& by) {
    return step_change_set(app(), by, set.id, ChangeState::approved, "", set.version);
  };
  EXPECT_EQ(error_of([&] { approve(chief()); }).code(), ErrorCode::forbidden);
  EXPECT_EQ(error_of([&] { approve(clerk()); }).code(), ErrorCode::forbidden);
  const Caller second = caller("second", Role::administrator);
  set = step_change_set(app(), second, set.id, ChangeState::returned, "号码不对", set.version);
  EXPECT_EQ(set.settled_reason, "号码不对");
  set = edit_change_set(app(), chief(), set.id,
                        draft("", JsonObject().add("id", house.id).add("name", "11号"), house.version), set.version);
  set = step_change_set(app(), chief(), set.id, ChangeState::submitted, "", set.version);
  set = approve(second);
  EXPECT_EQ(set.state, ChangeState::applied);
  EXPECT_EQ(only(town + "己路11号").id, house.id);
}

TEST_F(ChangeSets, a_stale_change_is_refused_and_both_sides_are_shown) {
  create(town + "庚路1号");
  const Known house = only(town + "庚路1号");
  ChangeSet mine = make_change_set(
      app(), clerk(), draft("address.renumber", JsonObject().add("id", house.id).add("name", "21号"), house.version));
  run(draft("address.renumber", JsonObject().add("id", house.id).add("name", "31号"), house.version));
  const Error stale =
      error_of([&] { step_change_set(app(), clerk(), mine.id, ChangeState::submitted, "", mine.version); });
  EXPECT_EQ(stale.code(), ErrorCode::conflict);
  const ChangePreview preview = preview_change_set(app(), clerk(), mine.id, 0, 10);
  bool found = false;
  for (const ChangePreview::Stale& one : preview.stale) {
    if (one.field != "name") continue;
    found = true;
    EXPECT_EQ(one.seen, "\"1号\"");
    EXPECT_EQ(one.now, "\"31号\"");
    EXPECT_EQ(one.wanted, "\"21号\"");
  }
  EXPECT_TRUE(found);
}

TEST_F(ChangeSets, any_day_can_be_asked_as_known_at_any_time) {
  create(town + "辛路1号");
  const Known house = only(town + "辛路1号");
  ChangeDraft renumber = draft("address.renumber", JsonObject().add("id", house.id).add("name", "2号"), house.version);
  const auto next_second = [] { std::this_thread::sleep_for(std::chrono::milliseconds(1100)); };
  next_second();
  const std::string before = store::iso_text(store::now());
  next_second();
  run(renumber);
  const auto name = [&](const std::string& day, const std::string& known) {
    return RequestJson(object_as_of(app(), clerk(), house.id, day, known).fields).text("name", 100);
  };
  const std::string today = store::iso_text(store::today());
  EXPECT_EQ(name(today, ""), "2号");
  EXPECT_EQ(name(today, before), "1号");
  EXPECT_EQ(error_of([&] { name("1999-01-01", ""); }).code(), ErrorCode::not_found) << "it was made today";
}

TEST_F(ChangeSets, files_speak_for_a_set_until_it_is_settled) {
  ChangeSet set =
      make_change_set(app(), clerk(), draft("address.create", JsonObject().add("address", town + "癸路1号")));
  const std::string letter = "%PDF-1.4 " + std::string(100'000, 'x');
  const Evidence added = add_evidence(app(), clerk(), set.id, "批文.pdf", letter);
  EXPECT_EQ(added.media_type, "application/pdf");
  ASSERT_EQ(list_evidence(app(), clerk(), set.id).size(), 1U);
  EXPECT_EQ(read_evidence(app(), clerk(), set.id, added.id).bytes, letter);
  EXPECT_EQ(error_of([&] { add_evidence(app(), clerk(), set.id, "run.pdf", "MZ not a letter"); }).code(),
            ErrorCode::unsupported);
  step_change_set(app(), clerk(), set.id, ChangeState::submitted, "", set.version);
  EXPECT_EQ(error_of([&] { add_evidence(app(), clerk(), set.id, "late.pdf", letter); }).code(), ErrorCode::conflict);
}

TEST_F(ChangeSets, a_change_of_a_later_day_waits_for_it) {
  create(town + "壬路1号");
  const Known house = only(town + "壬路1号");
  ChangeDraft later = draft("address.renumber", JsonObject().add("id", house.id).add("name", "2号"), house.version);
  later.effective_on = "2999-01-01";
  ChangeSet set = make_change_set(app(), clerk(), later);
  set = step_change_set(app(), clerk(), set.id, ChangeState::submitted, "", set.version);
  set = step_change_set(app(), chief(), set.id, ChangeState::approved, "", set.version);
  EXPECT_EQ(set.state, ChangeState::approved);
  EXPECT_EQ(only(town + "壬路1号").id, house.id);
  EXPECT_EQ(error_of([&] { step_change_set(app(), chief(), set.id, ChangeState::applied, "", set.version); }).code(),
            ErrorCode::conflict);
  EXPECT_EQ(step_change_set(app(), clerk(), set.id, ChangeState::withdrawn, "", set.version).state,
            ChangeState::withdrawn);
}

}  // namespace
}  // namespace menpai::app
