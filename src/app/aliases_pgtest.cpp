// SPDX-License-Identifier: Apache-2.0
// From a decision on a held row to a name that the library knows, on a real database.
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "address/test_library.hpp"
#include "app/aliases.hpp"
#include "app/answer_json.hpp"
#include "app/cleaning.hpp"
#include "app/parts.hpp"
#include "app/registering.hpp"
#include "base/error.hpp"
#include "store/division_store.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view addresses =
    "address,code\n"
    "广东省中山市港口镇望星大道8号,N-8\n"
    "广东省中山市港口镇望星大道10号,N-10\n"
    "广东省中山市古镇镇望星大道8号,G-8\n";

class Aliases : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = testing::make_temp_dir("aliases");
    address::testing::write_library(s_folder / "divisions.mpl", {});
    Settings settings;
    settings.data_dir = testing::data_dir();
    settings.library = s_folder / "divisions.mpl";
    settings.region = "4420";
    s_app = Application::open(settings, false);
    store::load_divisions(*app().parts().store, address::testing::small_divisions());
    std::ofstream(s_folder / "list.csv", std::ios::binary) << addresses;
    ASSERT_EQ(import_addresses(app(), operator_caller(), s_folder / "list.csv", {}).outcome[0], 3U);
    use_library_of_register();
  }
  static void TearDownTestSuite() { s_app.reset(); }

  static Application& app() { return *s_app; }
  static void use_library_of_register() {
    const AliasTexts aliases = load_alias_texts(*app().parts().store);
    address::LibraryBuilder builder(address::testing::small_divisions(), "register");
    const store::Result rows = app().parts().store->take()->run_text(
        "SELECT id, display, code, division_code FROM address WHERE display LIKE '%望星大道%号'", "test");
    for (const store::Row row : rows) {
      address::SourceAddress source;
      source.id = row.get<Uuid>(0).text();
      source.address = row.get<std::string>(1);
      source.code = row.get<std::string>(2);
      source.division_code = row.get<std::string>(3);
      if (const auto known = aliases.find(source.id); known != aliases.end()) source.aliases = known->second;
      builder.add(source);
    }
    builder.write(s_folder / "register.mpl");
    app().parts().use_library(address::Library::open(s_folder / "register.mpl"));
  }
  static Caller caller(const std::string& name, Role role) {
    Caller caller;
    caller.role = role;
    caller.name = name;
    caller.account = Uuid::named(name);
    caller.origin = "203.0.113.7";
    return caller;
  }
  static Caller clerk(const std::string& name = "clerk") { return caller(name, Role::clerk); }
  static Caller chief(const std::string& name = "chief") { return caller(name, Role::administrator); }
  static CleaningJobId cleaned(const std::vector<std::string>& texts) {
    std::string list = "地址\n";
    for (const std::string& text : texts) list += text + "\n";
    const auto upload = begin_upload(app(), clerk(), "list.csv");
    upload->write(list);
    const CleaningJobId id = upload->finish().id;
    start_cleaning(app(), clerk(), id, "地址", "");
    app().parts().worker->run_queue();
    return id;
  }
  /// Decides that the row means the candidate whose address this is.
  static CleaningRow decide(const CleaningJobId& job, std::uint64_t number, const std::string& address,
                            const Caller& by, int version = 0) {
    const CleaningRow row = cleaning_rows(app(), by, job, RowFilter::all, number - 1, 1).rows.at(0);
    for (std::size_t i = 0; i < row.answer.candidates.size(); ++i) {
      if (row.answer.candidates[i].address != address) continue;
      return decide_cleaning_row(app(), by, job, number, RowChoice::candidate, static_cast<int>(i), version);
    }
    ADD_FAILURE() << row.text << " has no candidate " << address << ": " << answer_json(row.answer);
    return row;
  }
  static std::vector<Alias> all(const std::string& text) {
    std::vector<Alias> found;
    for (const Alias& alias : list_aliases(app(), chief(), std::nullopt, 0, 500).items) {
      if (alias.text == text) found.push_back(alias);
    }
    return found;
  }
  static Alias only(const std::string& text) {
    const std::vector<Alias> found = all(text);
    EXPECT_EQ(found.size(), 1U) << text;
    return found.empty() ? Alias() : found.front();
  }
  static ErrorCode code_of(const std::function<void()>& work) {
    try {
      work();
    } catch (const Error& error) {
      return error.code();
    }
    ADD_FAILURE() << "nothing was thrown";
    return ErrorCode::internal;
  }

  static inline std::filesystem::path s_folder;
  static inline std::unique_ptr<Application> s_app;
  static inline const std::string door_8 = "广东省中山市港口镇望星大道8号";
};

TEST_F(Aliases, equal_decisions_make_one_proposal_and_two_people_make_it_a_name) {
  const CleaningJobId job = cleaned({"望洋大道8号", "望洋大道8号", "望洋大道8号"});
  EXPECT_TRUE(all("望洋大道").empty());
  decide(job, 1, door_8, clerk("clerk-a"));
  decide(job, 2, door_8, clerk("clerk-b"));
  Alias alias = only("望洋大道");
  EXPECT_EQ(alias.state, AliasState::proposed);
  EXPECT_EQ(alias.kind, AliasKind::place);
  EXPECT_EQ(alias.target_name, "望星大道");
  EXPECT_EQ(alias.target_address, "广东省中山市港口镇望星大道");
  EXPECT_EQ(alias.county_code, 442000);
  EXPECT_EQ(alias.row_count, 2U);
  EXPECT_THAT(alias.proposers, ElementsAre("clerk-a", "clerk-b"));
  const AliasPreview preview = preview_alias(app(), chief(), alias.id);
  EXPECT_TRUE(preview.is_complete);
  EXPECT_EQ(preview.open_rows, 1U) << "the third row still waits";

  EXPECT_EQ(code_of([&] { settle_alias(app(), clerk(), alias.id, AliasState::approved, alias.version); }),
            ErrorCode::forbidden)
      << "clerks do not approve";
  EXPECT_EQ(code_of([&] { settle_alias(app(), chief("clerk-a"), alias.id, AliasState::approved, alias.version); }),
            ErrorCode::forbidden)
      << "nobody approves what he proposed";
  EXPECT_EQ(code_of([&] { settle_alias(app(), chief(), alias.id, AliasState::approved, alias.version + 1); }),
            ErrorCode::conflict);
  EXPECT_EQ(code_of([&] { settle_alias(app(), chief(), alias.id, AliasState::withdrawn, alias.version); }),
            ErrorCode::conflict);
  EXPECT_TRUE(load_alias_texts(*app().parts().store).empty()) << "a proposal is not used";
  const std::string before = newest_alias_change(app());
  alias = settle_alias(app(), chief(), alias.id, AliasState::approved, alias.version);
  EXPECT_EQ(alias.state, AliasState::approved);
  EXPECT_EQ(alias.settled_by, "chief");
  EXPECT_GT(newest_alias_change(app()), before);

  use_library_of_register();
  Answer answer;
  app().parts().engines.take()->clean("望洋大道10号", {"4420", 5}, answer);
  EXPECT_EQ(answer.code, "N-10") << "what is true of the road is true of all its doors";
  EXPECT_LT(answer.grade, Grade::c);

  alias = settle_alias(app(), chief(), alias.id, AliasState::withdrawn, alias.version);
  EXPECT_TRUE(load_alias_texts(*app().parts().store).empty());
  use_library_of_register();
}

TEST_F(Aliases, a_decision_taken_back_takes_its_word_back) {
  const CleaningJobId job = cleaned({"望江大道8号"});
  const CleaningRow decided = decide(job, 1, door_8, clerk());
  EXPECT_EQ(only("望江大道").row_count, 1U);
  decide_cleaning_row(app(), clerk(), job, 1, RowChoice::open, 0, decided.decision.version);
  EXPECT_EQ(only("望江大道").state, AliasState::withdrawn);
  EXPECT_EQ(only("望江大道").row_count, 0U);
  decide(job, 1, door_8, clerk(), decided.decision.version + 1);
  EXPECT_EQ(all("望江大道").size(), 2U) << "a new proposal beside the one that is over";
}

TEST_F(Aliases, what_was_refused_stays_refused_and_a_removed_list_leaves_its_proposals) {
  const CleaningJobId job = cleaned({"望海大道8号", "望海大道8号"});
  decide(job, 1, door_8, clerk());
  Alias alias = only("望海大道");
  alias = settle_alias(app(), chief("clerk"), alias.id, AliasState::refused, alias.version);
  decide(job, 2, door_8, clerk());
  EXPECT_EQ(only("望海大道").state, AliasState::refused);
  EXPECT_EQ(only("望海大道").row_count, 2U);
  delete_cleaning(app(), clerk(), job);
  EXPECT_EQ(only("望海大道").row_count, 2U);
}

TEST_F(Aliases, an_ambiguous_text_and_an_unknown_place_teach_nothing) {
  const std::size_t before = list_aliases(app(), chief(), std::nullopt, 0, 500).items.size();
  const CleaningJobId job = cleaned({"望星大道8号"});
  const CleaningRow row = cleaning_rows(app(), clerk(), job, RowFilter::all, 0, 1).rows.at(0);
  if (!row.answer.candidates.empty()) decide(job, 1, row.answer.candidates.front().address, clerk());
  EXPECT_EQ(list_aliases(app(), chief(), std::nullopt, 0, 500).items.size(), before);
}

TEST_F(Aliases, the_list_is_for_administrators_and_comes_in_pages) {
  EXPECT_EQ(code_of([&] { list_aliases(app(), clerk(), std::nullopt, 0, 10); }), ErrorCode::forbidden);
  EXPECT_EQ(code_of([&] { list_aliases(app(), chief(), std::nullopt, 0, 501); }), ErrorCode::bad_request);
  EXPECT_EQ(code_of([&] { get_alias(app(), chief(), AliasId::make()); }), ErrorCode::not_found);
  std::uint64_t after = 0;
  std::size_t seen = 0;
  do {
    const AliasPage page = list_aliases(app(), chief(), std::nullopt, after, 1);
    seen += page.items.size();
    after = page.next;
  } while (after != 0);
  std::uint64_t sum = 0;
  for (const auto& [state, count] : list_aliases(app(), chief(), std::nullopt, 0, 1).counts) sum += count;
  EXPECT_EQ(seen, sum);
}

}  // namespace
}  // namespace menpai::app
