// SPDX-License-Identifier: Apache-2.0
// A list's whole life in the workplace, on a real database: upload, look, clean, settle, download, remove; and what
// happens when somebody dies, disagrees or sends rubbish in between.
#include <chrono>
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>
#include <set>
#include <sstream>
#include <thread>

#include "address/test_library.hpp"
#include "app/cleaned_cells.hpp"
#include "app/cleaning.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "intake/table.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

using ::testing::HasSubstr;

struct Sheet {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  const std::string& cell(std::size_t row, const std::string& name) const {
    return rows.at(row).at(static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin()));
  }
};

Sheet sheet_of(const std::string& bytes, const std::string& name) {
  const auto reader = intake::TableReader::open(intake::bytes_of(bytes), name);
  Sheet sheet;
  sheet.columns = reader->columns();
  std::vector<std::string> cells;
  while (reader->next(cells)) sheet.rows.push_back(cells);
  return sheet;
}

/// Five rows: exact, two that mean two places each, no address at all, exact with a room.
constexpr std::string_view short_list =
    "编号,名称,地址\r\n"
    "1,甲店,广东省中山市港口镇星海大道5号\r\n"
    "2,乙店,星海大道7号\r\n"
    "3,\"丙,店\",星海大道7号\r\n"
    "4,=1+1,\r\n"
    "5,戊店,广东省中山市港口镇云岭花园2栋1单元302室\r\n";

class Cleaning : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = testing::make_temp_dir("cleaning");
    address::testing::write_library(s_folder / "town.mpl", address::testing::small_town());
    Settings settings;
    settings.data_dir = testing::data_dir();
    settings.library = s_folder / "town.mpl";
    settings.upload_bytes_max = std::uint64_t{8} << 20;
    s_app = Application::open(settings, false);
  }
  static void TearDownTestSuite() { s_app.reset(); }

  static Application& app() { return *s_app; }
  static Application::Parts& parts() { return s_app->parts(); }
  static Caller clerk(const std::string& name = "clerk-a") {
    Caller caller;
    caller.role = Role::clerk;
    caller.name = name;
    caller.account = Uuid::make();
    caller.origin = "203.0.113.7";
    return caller;
  }
  static CleaningJob upload(std::string_view bytes, std::string_view name = "list.csv") {
    const auto upload = begin_upload(app(), clerk(), name);
    // In uneven pieces, as a network brings them.
    for (std::size_t at = 0; at < bytes.size(); at += 60'001) upload->write(bytes.substr(at, 60'001));
    return upload->finish();
  }
  static CleaningJob job(const CleaningJobId& id) { return cleaning_job(app(), clerk(), id); }
  static CleaningJob cleaned(std::string_view bytes, std::string_view name = "list.csv") {
    const CleaningJobId id = upload(bytes, name).id;
    start_cleaning(app(), clerk(), id, "地址", "");
    parts().worker->run_queue();
    return job(id);
  }
  static std::string downloaded(const CleaningJobId& id, std::string_view format = "csv") {
    const auto download = download_cleaning(app(), clerk(), id, format);
    std::string all;
    std::string piece;
    while (download->read(piece)) all += piece;
    return all;
  }
  static std::vector<CleaningRow> rows(const CleaningJobId& id, RowFilter filter, int limit = 500) {
    std::vector<CleaningRow> all;
    std::uint64_t after = 0;
    do {
      RowPage page = cleaning_rows(app(), clerk(), id, filter, after, limit);
      EXPECT_LE(page.rows.size(), static_cast<std::size_t>(limit));
      std::move(page.rows.begin(), page.rows.end(), std::back_inserter(all));
      after = page.next;
    } while (after != 0);
    return all;
  }
  static std::vector<std::uint64_t> numbers(const std::vector<CleaningRow>& rows) {
    std::vector<std::uint64_t> out;
    for (const CleaningRow& row : rows) out.push_back(row.row);
    return out;
  }
  static std::int64_t count(const std::string& from) {
    return parts().store->take()->run_text("SELECT count(*) FROM " + from, "test").only().get<std::int64_t>(0);
  }
  static std::int64_t count_of_job(const std::string& table, const CleaningJobId& id) {
    return count(table + " WHERE " + (table == "cleaning_job" ? "id" : "job_id") + " = '" + id.text() + "'");
  }
  static std::size_t sealed_files() {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(testing::data_dir() / "files")) {
      files += entry.is_regular_file() ? 1U : 0U;
    }
    return files;
  }

  static inline std::filesystem::path s_folder;
  static inline std::unique_ptr<Application> s_app;
};

ErrorCode code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::internal;
}

/// A list of `count` rows, numbered, with all grades mixed.
std::string long_list(int count) {
  const std::vector<std::string> texts = {
      "广东省中山市港口镇星海大道5号", "港口镇云岭花园1栋2单元101", "星海大道7号", "天涯海角", "",
      "中山市港口镇望江大厦B座1203"};
  std::string list = "编号,地址\n";
  for (int i = 1; i <= count; ++i) {
    list += std::to_string(i) + "," + texts[static_cast<std::size_t>(i) % texts.size()] + "\n";
  }
  return list;
}

TEST_F(Cleaning, an_upload_is_a_job_with_its_columns_and_waits) {
  const CleaningJob made = upload(short_list, "C:\\lists\\商户.csv");
  EXPECT_EQ(made.file_name, "商户.csv");
  EXPECT_EQ(made.created_by, "clerk-a");
  EXPECT_EQ(made.state, JobState::uploaded);
  EXPECT_EQ(made.file_bytes, short_list.size());
  EXPECT_THAT(made.columns, ::testing::ElementsAre("编号", "名称", "地址"));
  EXPECT_EQ(made.rows_done, 0U);
  EXPECT_EQ(list_cleaning_jobs(app(), clerk()).front().id, made.id);
  EXPECT_EQ(code_of([&] { downloaded(made.id); }), ErrorCode::conflict);
}

TEST_F(Cleaning, the_preview_shows_the_first_rows_and_what_would_become_of_them) {
  const CleaningJobId id = upload(short_list).id;
  const Preview likely = preview_cleaning(app(), clerk(), id, "", "");
  EXPECT_EQ(likely.column, "地址");
  ASSERT_EQ(likely.rows.size(), 5U);
  ASSERT_EQ(likely.answers.size(), 5U);
  EXPECT_EQ(likely.rows[2][1], "丙,店");
  EXPECT_EQ(likely.answers[0].id, "road-5");
  EXPECT_EQ(likely.answers[0].grade, Grade::a);
  EXPECT_EQ(likely.answers[3].grade, Grade::none);
  // Another region settles what the text leaves open.
  const Preview in_guzhen = preview_cleaning(app(), clerk(), id, "地址", "442000105");
  EXPECT_EQ(in_guzhen.answers[1].id, "gu-7");
  EXPECT_EQ(code_of([&] { preview_cleaning(app(), clerk(), id, "住所", ""); }), ErrorCode::bad_request);
  // Where no column looks like an address, the person chooses.
  const CleaningJobId plain = upload("a,b\n1,2\n").id;
  const Preview without = preview_cleaning(app(), clerk(), plain, "", "");
  EXPECT_EQ(without.column, "");
  EXPECT_EQ(without.rows.size(), 1U);
  EXPECT_TRUE(without.answers.empty());
}

TEST_F(Cleaning, a_list_is_cleaned_once_and_its_grades_sum_to_its_rows) {
  const CleaningJobId id = upload(short_list).id;
  EXPECT_EQ(code_of([&] { start_cleaning(app(), clerk(), id, "住所", ""); }), ErrorCode::bad_request);
  const CleaningJob started = start_cleaning(app(), clerk(), id, "地址", "");
  EXPECT_EQ(started.state, JobState::queued);
  EXPECT_EQ(started.column, "地址");
  EXPECT_EQ(code_of([&] { start_cleaning(app(), clerk(), id, "地址", ""); }), ErrorCode::conflict);
  parts().worker->run_queue();
  const CleaningJob done = job(id);
  EXPECT_EQ(done.state, JobState::finished) << done.error;
  EXPECT_EQ(done.rows_done, 5U);
  EXPECT_EQ(done.bytes_done, done.file_bytes);
  EXPECT_EQ(std::accumulate(done.grade_count.begin(), done.grade_count.end(), std::uint64_t{0}), 5U);
  EXPECT_EQ(done.held, 2U) << "the ambiguous ones; an empty cell asks nobody";
  EXPECT_EQ(numbers(rows(id, RowFilter::held)), (std::vector<std::uint64_t>{2, 3}));
  EXPECT_EQ(numbers(rows(id, RowFilter::open, 1)), (std::vector<std::uint64_t>{2, 3}));
  EXPECT_TRUE(rows(id, RowFilter::decided).empty());
  const std::vector<CleaningRow> all = rows(id, RowFilter::all, 2);
  EXPECT_EQ(numbers(all), (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
  EXPECT_EQ(all[4].answer.id, "r2-1-302");
  EXPECT_EQ(all[1].text, "星海大道7号");
  EXPECT_GE(all[1].answer.candidates.size(), 2U);
  EXPECT_EQ(code_of([&] { cleaning_rows(app(), clerk(), id, RowFilter::all, 0, 0); }), ErrorCode::bad_request);
  EXPECT_EQ(code_of([&] { cleaning_rows(app(), clerk(), id, RowFilter::all, 0, 501); }), ErrorCode::bad_request);
  EXPECT_TRUE(cleaning_rows(app(), clerk(), id, RowFilter::all, 5, 10).rows.empty());
}

TEST_F(Cleaning, people_settle_rows_take_it_back_and_the_counts_follow) {
  const CleaningJobId id = cleaned(short_list).id;
  const auto decide = [&](std::uint64_t row, RowChoice choice, int candidate, int version) {
    return decide_cleaning_row(app(), clerk("clerk-b"), id, row, choice, candidate, version).decision;
  };
  const auto counts = [&] { return std::pair(job(id).held, job(id).decided); };
  using Counts = std::pair<std::uint64_t, std::uint64_t>;

  const RowDecision first = decide(2, RowChoice::candidate, 1, 0);
  EXPECT_EQ(first.choice, RowChoice::candidate);
  EXPECT_EQ(first.candidate, 1);
  EXPECT_EQ(first.by, "clerk-b");
  EXPECT_EQ(first.version, 1);
  EXPECT_EQ(counts(), (Counts{1, 1}));
  EXPECT_EQ(decide(2, RowChoice::unknown, 0, 1).version, 2);
  EXPECT_EQ(counts(), (Counts{1, 1})) << "decided otherwise, not once more";
  const RowDecision taken_back = decide(2, RowChoice::open, 0, 2);
  EXPECT_EQ(taken_back.by, "");
  EXPECT_EQ(counts(), (Counts{2, 0}));
  EXPECT_EQ(numbers(rows(id, RowFilter::open)), (std::vector<std::uint64_t>{2, 3}));

  EXPECT_EQ(decide(3, RowChoice::accepted, 0, 0).version, 1);
  EXPECT_EQ(decide(1, RowChoice::unknown, 0, 0).version, 1);
  EXPECT_EQ(counts(), (Counts{1, 2})) << "row 1 was not held: it is decided, and nobody waits the less";
  EXPECT_EQ(numbers(rows(id, RowFilter::decided)), (std::vector<std::uint64_t>{1, 3}));
  EXPECT_EQ(numbers(rows(id, RowFilter::held)), (std::vector<std::uint64_t>{2, 3}));
  EXPECT_EQ(rows(id, RowFilter::all)[0].decision.choice, RowChoice::unknown);
  EXPECT_EQ(decide(1, RowChoice::open, 0, 1).version, 2);
  EXPECT_EQ(counts(), (Counts{1, 1}));
}

TEST_F(Cleaning, who_decides_on_a_stale_row_is_told_who_was_faster) {
  const CleaningJobId id = cleaned(short_list).id;
  const auto decide = [&](std::uint64_t row, RowChoice choice, int candidate, int version) {
    decide_cleaning_row(app(), clerk("clerk-c"), id, row, choice, candidate, version);
  };
  decide(2, RowChoice::accepted, 0, 0);
  EXPECT_EQ(code_of([&] { decide(2, RowChoice::unknown, 0, 0); }), ErrorCode::conflict);
  EXPECT_EQ(code_of([&] { decide(2, RowChoice::unknown, 0, 7); }), ErrorCode::conflict);
  EXPECT_EQ(code_of([&] { decide(1, RowChoice::unknown, 0, 1); }), ErrorCode::conflict);
  EXPECT_EQ(code_of([&] { decide(2, RowChoice::candidate, 99, 1); }), ErrorCode::bad_request);
  EXPECT_EQ(code_of([&] { decide(2, RowChoice::candidate, -1, 1); }), ErrorCode::bad_request);
  EXPECT_EQ(code_of([&] { decide(6, RowChoice::accepted, 0, 0); }), ErrorCode::not_found);
  EXPECT_EQ(code_of([&] { decide(0, RowChoice::accepted, 0, 0); }), ErrorCode::not_found);
  EXPECT_EQ(job(id).decided, 1U);
  EXPECT_EQ(job(id).held, 1U);
}

TEST_F(Cleaning, of_many_who_decide_one_row_at_once_one_wins) {
  const CleaningJobId id = cleaned(short_list).id;
  std::atomic<int> won = 0;
  std::atomic<int> lost = 0;
  std::vector<std::thread> people;
  for (int i = 0; i < 4; ++i) {
    people.emplace_back([&, i] {
      try {
        decide_cleaning_row(app(), clerk("clerk-" + std::to_string(i)), id, 1, RowChoice::unknown, 0, 0);
        ++won;
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::conflict) << error.what() << error.detail();
        ++lost;
      }
    });
  }
  for (std::thread& person : people) person.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(lost, 3);
  EXPECT_EQ(job(id).decided, 1U);
}

TEST_F(Cleaning, the_result_has_the_list_the_answers_and_the_decisions) {
  const CleaningJobId id = cleaned(short_list, "商户.csv").id;
  const std::vector<CleaningRow> held = rows(id, RowFilter::held);
  decide_cleaning_row(app(), clerk("clerk-d"), id, 2, RowChoice::candidate, 1, 0);
  decide_cleaning_row(app(), clerk("clerk-d"), id, 5, RowChoice::unknown, 0, 0);
  EXPECT_EQ(download_cleaning(app(), clerk(), id, "csv")->file_name(), "商户-cleaned.csv");
  EXPECT_EQ(download_cleaning(app(), clerk(), id, "xlsx")->file_name(), "商户-cleaned.xlsx");
  EXPECT_EQ(code_of([&] { downloaded(id, "pdf"); }), ErrorCode::bad_request);

  const std::string csv = downloaded(id);
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF"));
  std::vector<std::string> expected = {"编号", "名称", "地址"};
  expected.insert(expected.end(), cleaned_columns().begin(), cleaned_columns().end());
  expected.insert(expected.end(), {"mp_decision", "mp_decided_by"});
  for (const auto& [form, bytes] :
       {std::pair<std::string, std::string>{"a.csv", csv}, {"a.xlsx", downloaded(id, "xlsx")}}) {
    SCOPED_TRACE(form);
    const Sheet sheet = sheet_of(bytes, form);
    EXPECT_EQ(sheet.columns, expected);
    ASSERT_EQ(sheet.rows.size(), 5U);
    EXPECT_EQ(sheet.cell(0, "编号"), "1");
    EXPECT_EQ(sheet.cell(0, "mp_grade"), "A");
    EXPECT_EQ(sheet.cell(0, "mp_address"), "广东省中山市港口镇星海大道5号");
    EXPECT_EQ(sheet.cell(0, "mp_decision"), "");
    EXPECT_EQ(sheet.cell(1, "mp_grade"), "A") << "a person chose it";
    EXPECT_EQ(sheet.cell(1, "mp_address"), held[0].answer.candidates[1].address);
    EXPECT_EQ(sheet.cell(1, "mp_decision"), "candidate");
    EXPECT_EQ(sheet.cell(1, "mp_decided_by"), "clerk-d");
    EXPECT_EQ(sheet.cell(2, "名称"), "丙,店");
    EXPECT_NE(sheet.cell(2, "mp_grade"), "A");
    EXPECT_EQ(sheet.cell(4, "mp_decision"), "unknown");
    EXPECT_EQ(sheet.cell(4, "mp_address"), "");
  }
  EXPECT_THAT(csv, HasSubstr("'=1+1")) << "a spreadsheet must not run what stood in a list";
  EXPECT_TRUE(std::filesystem::is_empty(testing::data_dir() / "tmp"));
}

TEST_F(Cleaning, a_workbook_and_a_GB18030_list_are_cleaned_like_any_other) {
  const std::string book = downloaded(cleaned(short_list).id, "xlsx");
  const CleaningJob again = cleaned(book, "again.xlsx");
  EXPECT_EQ(again.state, JobState::finished) << again.error;
  EXPECT_EQ(again.rows_done, 5U);
  const Sheet sheet = sheet_of(downloaded(again.id), "a.csv");
  EXPECT_EQ(sheet.rows.size(), 5U);
  EXPECT_EQ(sheet.columns, sheet_of(book, "a.xlsx").columns) << "new answers take the place of the old";
  // 地址 and 中山市港口镇星海大道5号 in GB18030.
  const CleaningJob gb = cleaned(
      "\xB5\xD8\xD6\xB7\n\xD6\xD0\xC9\xBD\xCA\xD0\xB8\xDB\xBF\xDA\xD5\xF2\xD0\xC7\xBA\xA3\xB4\xF3\xB5\xC0\x35\xBA\xC5"
      "\n");
  EXPECT_EQ(gb.rows_done, 1U);
  EXPECT_EQ(rows(gb.id, RowFilter::all).at(0).answer.id, "road-5");
}

TEST_F(Cleaning, columns_of_one_name_and_of_none_can_all_be_chosen) {
  const CleaningJob made = upload("地址,地址,\n天涯海角,广东省中山市港口镇星海大道5号,丙\n");
  EXPECT_THAT(made.columns, ::testing::ElementsAre("地址", "地址_2", "column_3"));
  EXPECT_EQ(preview_cleaning(app(), clerk(), made.id, "地址_2", "").answers.at(0).id, "road-5");
  start_cleaning(app(), clerk(), made.id, "地址_2", "");
  parts().worker->run_queue();
  EXPECT_EQ(rows(made.id, RowFilter::all).at(0).answer.id, "road-5");
  EXPECT_EQ(sheet_of(downloaded(made.id), "a.csv").cell(0, "column_3"), "丙");
}

TEST_F(Cleaning, cells_beyond_the_header_are_kept_at_the_end) {
  const CleaningJob done = cleaned("地址,备注\n星海大道5号\n星海大道5号,a,多出,=2\n");
  EXPECT_EQ(done.rows_done, 2U);
  const std::string csv = downloaded(done.id);
  EXPECT_THAT(csv, HasSubstr("多出,'=2"));
  EXPECT_EQ(sheet_of(csv, "a.csv").rows.at(1).size(), 2 + cleaned_columns().size() + 2 + 2);
}

/// Every byte that the installation has on its disk, the database's own files included.
bool is_on_disk(const std::string& text) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(testing::data_dir())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    const std::string bytes = all.str();
    if (bytes.find(text) != std::string::npos) {
      ADD_FAILURE() << entry.path();
      return true;
    }
  }
  return false;
}

TEST_F(Cleaning, no_byte_of_a_list_lies_open_on_the_disk) {
  const std::string canary = "KANARIENVOGEL-1850";
  const CleaningJobId id =
      cleaned("联系人,地址\n" + canary + ",广东省中山市港口镇星海大道5号\n" + canary + ",天涯" + canary + "海角\n").id;
  decide_cleaning_row(app(), clerk(), id, 1, RowChoice::unknown, 0, 0);
  EXPECT_THAT(downloaded(id), HasSubstr(canary));
  EXPECT_THAT(downloaded(id, "xlsx"), ::testing::StartsWith("PK"));
  EXPECT_FALSE(is_on_disk(canary));
  for (const char* table : {"cleaning_chunk", "cleaning_row"}) {
    EXPECT_GT(count_of_job(table, id), 0);
    EXPECT_EQ(count(std::string(table) + " WHERE position('" + canary + "'::bytea in sealed_payload) > 0"), 0) << table;
  }
}

TEST_F(Cleaning, a_removed_job_leaves_no_row_and_no_file) {
  const std::size_t files = sealed_files();
  const CleaningJobId id = cleaned(short_list).id;
  decide_cleaning_row(app(), clerk(), id, 1, RowChoice::unknown, 0, 0);
  EXPECT_EQ(sealed_files(), files + 1);
  delete_cleaning(app(), clerk(), id);
  EXPECT_EQ(sealed_files(), files);
  for (const char* table : {"cleaning_job", "cleaning_chunk", "cleaning_row"}) EXPECT_EQ(count_of_job(table, id), 0);
  EXPECT_EQ(code_of([&] { job(id); }), ErrorCode::not_found);
  EXPECT_EQ(code_of([&] { downloaded(id); }), ErrorCode::not_found);
  EXPECT_EQ(code_of([&] { delete_cleaning(app(), clerk(), id); }), ErrorCode::not_found);
}

TEST_F(Cleaning, what_is_no_table_is_refused_and_leaves_nothing) {
  std::string junk = "\x01\x02\xff\xfe";
  for (unsigned i = 0; i < 50'000; ++i) junk += static_cast<char>(i * 2654435761U >> 13);
  const std::string book = downloaded(cleaned(short_list).id, "xlsx");
  const std::size_t files = sealed_files();
  const std::int64_t jobs = count("cleaning_job");
  const std::int64_t rows_of_files = count("sealed_file");
  struct Case {
    const char* title;
    std::string bytes;
    const char* name;
    std::set<ErrorCode> codes;
  };
  const std::vector<Case> cases = {
      {"an empty file", "", "list.csv", {ErrorCode::bad_request}},
      {"blank lines", "\r\n\r\n", "list.csv", {ErrorCode::bad_request}},
      {"binary junk", junk, "list.csv", {ErrorCode::unsupported, ErrorCode::bad_request}},
      {"binary junk as a workbook", junk, "list.xlsx", {ErrorCode::unsupported, ErrorCode::bad_request}},
      {"half a workbook", book.substr(0, book.size() / 2), "list.xlsx", {ErrorCode::damaged}},
      {"the head of a workbook", "PK\x03\x04", "list.xlsx", {ErrorCode::damaged}},
      {"more than is taken", std::string((std::size_t{8} << 20) + 1, 'a'), "list.csv", {ErrorCode::too_large}},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(one.codes.count(code_of([&] { upload(one.bytes, one.name); })), 1U) << one.title;
  }
  for (const char* name : {"", "/", "\x01\x02"}) {
    EXPECT_EQ(code_of([&] { upload(short_list, name); }), ErrorCode::bad_request);
  }
  EXPECT_EQ(code_of([&] { upload(short_list, std::string(300, 'a') + ".csv"); }), ErrorCode::bad_request);
  { begin_upload(app(), clerk(), "left.csv")->write(short_list); }
  EXPECT_EQ(count("cleaning_job"), jobs);
  EXPECT_EQ(count("sealed_file"), rows_of_files);
  EXPECT_EQ(sealed_files(), files);
}

TEST_F(Cleaning, a_list_that_breaks_in_the_middle_fails_with_its_reason) {
  std::string list;
  for (int i = 1; i < 5'000; ++i) list += "{\"地址\":\"星海大道5号\"}\n";
  const CleaningJob broken = cleaned(list + "{\"地址\":\n", "list.ndjson");
  EXPECT_EQ(broken.state, JobState::failed);
  EXPECT_THAT(broken.error, HasSubstr("row 5000"));
  EXPECT_EQ(code_of([&] { downloaded(broken.id); }), ErrorCode::conflict);
  delete_cleaning(app(), clerk(), broken.id);
}

TEST_F(Cleaning, a_stranger_gets_nothing) {
  const CleaningJobId id = cleaned(short_list).id;
  const Caller stranger;
  const std::vector<std::function<void()>> asks = {
      [&] { begin_upload(app(), stranger, "list.csv"); },
      [&] { list_cleaning_jobs(app(), stranger); },
      [&] { cleaning_job(app(), stranger, id); },
      [&] { preview_cleaning(app(), stranger, id, "", ""); },
      [&] { start_cleaning(app(), stranger, id, "地址", ""); },
      [&] { cleaning_rows(app(), stranger, id, RowFilter::all, 0, 10); },
      [&] { decide_cleaning_row(app(), stranger, id, 1, RowChoice::unknown, 0, 0); },
      [&] { download_cleaning(app(), stranger, id, "csv"); },
      [&] { delete_cleaning(app(), stranger, id); },
  };
  for (std::size_t i = 0; i < asks.size(); ++i) EXPECT_EQ(code_of(asks[i]), ErrorCode::unauthenticated) << i;
  EXPECT_EQ(job(id).decided, 0U);
}

/// Ends when `is_so`, or fails after a minute, which no machine needs.
void wait_until(const std::function<bool()>& is_so) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!is_so()) {
    ASSERT_LT(std::chrono::steady_clock::now(), end) << "waited in vain";
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

class LongCleaning : public Cleaning {
 protected:
  static constexpr int row_count = 14'500;

  std::unique_ptr<CleaningWorker> make_worker() {
    auto worker = std::make_unique<CleaningWorker>(*parts().store, *parts().keys, *parts().files, parts().engines);
    worker->start();
    return worker;
  }
  /// The job is done as if nobody had disturbed it.
  void expect_whole(const CleaningJobId& id) {
    const CleaningJob undisturbed = cleaned(long_list(row_count));
    const CleaningJob done = job(id);
    EXPECT_EQ(done.state, JobState::finished) << done.error;
    EXPECT_EQ(done.rows_done, static_cast<std::uint64_t>(row_count));
    EXPECT_EQ(done.grade_count, undisturbed.grade_count);
    EXPECT_EQ(done.held, undisturbed.held);
    EXPECT_EQ(count_of_job("cleaning_row", id), static_cast<std::int64_t>(done.held));
    EXPECT_EQ(rows(id, RowFilter::open).size(), done.held);
    const std::string csv = downloaded(id);
    EXPECT_TRUE(csv == downloaded(undisturbed.id));
    const Sheet sheet = sheet_of(csv, "a.csv");
    ASSERT_EQ(sheet.rows.size(), static_cast<std::size_t>(row_count));
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) ASSERT_EQ(sheet.rows[i][0], std::to_string(i + 1));
  }
  static bool is_finished(const CleaningJobId& id) { return job(id).state == JobState::finished; }
};

TEST_F(LongCleaning, a_worker_that_is_stopped_gives_the_job_back_and_another_goes_on) {
  const CleaningJobId id = upload(long_list(row_count)).id;
  start_cleaning(app(), clerk(), id, "地址", "");
  int stops = 0;
  for (std::uint64_t before = 0; !is_finished(id); before = job(id).rows_done) {
    auto worker = make_worker();
    wait_until([&] { return job(id).rows_done > before || is_finished(id); });
    worker.reset();
    const JobState state = job(id).state;
    EXPECT_TRUE(state == JobState::queued || state == JobState::finished) << job_state_name(state);
    stops += state == JobState::queued ? 1 : 0;
  }
  EXPECT_GT(stops, 0);
  expect_whole(id);
}

TEST_F(LongCleaning, a_worker_that_dies_is_followed_by_another_behind_its_last_chunk) {
  const CleaningJobId id = upload(long_list(row_count)).id;
  start_cleaning(app(), clerk(), id, "地址", "");
  const auto worker = make_worker();
  std::uint64_t deaths = 0;
  for (std::uint64_t before = 0; !is_finished(id);) {
    wait_until([&] { return job(id).rows_done > before || is_finished(id); });
    before = job(id).rows_done;
    // As the database looks a while after the process that held the job was killed.
    deaths += parts()
                  .store->take()
                  ->run_text(
                      "UPDATE cleaning_job SET worker_id = gen_random_uuid(), worker_seen_at = now() - interval "
                      "'1 hour' WHERE id = '" +
                          id.text() + "' AND state = 'running'",
                      "test")
                  .affected();
  }
  EXPECT_GT(deaths, 0U);
  expect_whole(id);
}

TEST_F(LongCleaning, two_workers_share_the_queue_and_no_job_is_done_twice) {
  std::vector<CleaningJobId> ids;
  for (int i = 0; i < 3; ++i) {
    ids.push_back(upload(long_list(4'100)).id);
    start_cleaning(app(), clerk(), ids.back(), "地址", "");
  }
  const auto one = make_worker();
  const auto other = make_worker();
  wait_until([&] { return std::all_of(ids.begin(), ids.end(), [&](const auto& id) { return is_finished(id); }); });
  for (const CleaningJobId& id : ids) {
    EXPECT_EQ(job(id).rows_done, 4'100U);
    EXPECT_EQ(sheet_of(downloaded(id), "a.csv").rows.size(), 4'100U);
  }
}

TEST_F(LongCleaning, a_job_removed_while_it_runs_leaves_nothing) {
  for (int round = 0; round < 5; ++round) {
    const std::size_t files = sealed_files();
    const CleaningJobId id = upload(long_list(row_count)).id;
    start_cleaning(app(), clerk(), id, "地址", "");
    auto worker = make_worker();
    wait_until([&] { return job(id).rows_done > 0; });
    delete_cleaning(app(), clerk(), id);
    worker.reset();
    for (const char* table : {"cleaning_job", "cleaning_chunk", "cleaning_row"}) {
      EXPECT_EQ(count_of_job(table, id), 0) << table;
    }
    EXPECT_EQ(sealed_files(), files);
  }
}

TEST_F(LongCleaning, a_decision_on_a_job_that_is_being_removed_leaves_nothing) {
  for (int round = 0; round < 10; ++round) {
    const CleaningJobId id = cleaned(short_list).id;
    std::thread person([&] {
      try {
        for (int version = 0;; ++version) {
          decide_cleaning_row(app(), clerk(), id, 1 + version % 2 * 4, RowChoice::unknown, 0, version / 2);
        }
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::not_found) << error.what() << error.detail();
      }
    });
    delete_cleaning(app(), clerk(), id);
    person.join();
    EXPECT_EQ(count_of_job("cleaning_row", id), 0);
  }
}

TEST_F(LongCleaning, rows_of_a_running_job_can_be_settled_and_stay_so) {
  const CleaningJobId id = upload(long_list(row_count)).id;
  start_cleaning(app(), clerk(), id, "地址", "");
  const auto worker = make_worker();
  wait_until([&] { return job(id).rows_done > 0; });
  decide_cleaning_row(app(), clerk(), id, 3, RowChoice::unknown, 0, 0);
  decide_cleaning_row(app(), clerk(), id, 6, RowChoice::unknown, 0, 0);
  wait_until([&] { return is_finished(id); });
  const CleaningJob done = job(id);
  EXPECT_EQ(done.decided, 2U);
  EXPECT_EQ(done.held, rows(id, RowFilter::open).size());
  EXPECT_EQ(numbers(rows(id, RowFilter::decided)), (std::vector<std::uint64_t>{3, 6}));
}

}  // namespace
}  // namespace menpai::app
