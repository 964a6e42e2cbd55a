// SPDX-License-Identifier: Apache-2.0
// The demo, step by step; each step finds out by itself what is there already.
#include "app/demo.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <system_error>

#include "app/accounts.hpp"
#include "app/cleaning.hpp"
#include "app/demo_files.hpp"
#include "app/demo_score.hpp"
#include "app/demo_town.hpp"
#include "app/parts.hpp"
#include "app/registering.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view account_name = "demo";
constexpr std::string_view town_code = "442000108";
constexpr int page_rows = 500;

std::string read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

class DemoMaker {
 public:
  DemoMaker(Application& app, const Caller& caller, const DemoWishes& wishes)
      : m_app(app), m_caller(caller), m_wishes(wishes), m_dir(app.settings().data_dir / "demo") {}

  DemoSummary make() {
    const fs::path summary_file = m_dir / "summary.json";
    check_place(summary_file);
    if (fs::exists(summary_file)) {
      m_summary = parse_demo_summary(read_file(summary_file));
      m_summary.was_there = true;
      // Made by an earlier version, whose library this one does not read.
      if (m_app.parts().find_library() == nullptr) build_library();
    } else {
      const auto began = std::chrono::steady_clock::now();
      m_summary.rooms_asked = m_wishes.town.rooms;
      m_summary.seed = m_wishes.town.seed;
      make_files();
      fill_register();
      build_library();
      for (const DemoList& list : m_files.lists) clean(list);
      m_summary.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
      write_text(summary_file, demo_summary_json(m_summary));
    }
    make_account();
    return m_summary;
  }

 private:
  /// The demo has a data directory of its own, and one demo only.
  void check_place(const fs::path& summary_file) const {
    const std::string mine = std::to_string(m_wishes.town.rooms) + " rooms, seed " + std::to_string(m_wishes.town.seed);
    const fs::path wish_file = m_dir / "wish.txt";
    if (fs::exists(wish_file)) {
      if (read_file(wish_file) == mine) return;
      throw Error(ErrorCode::conflict, "The data directory " + m_app.settings().data_dir.string() +
                                           " holds another demo (" + read_file(wish_file) +
                                           "). Ask for that one, or choose another directory with --data.");
    }
    const bool has_records = !m_app.parts().store->run(store::query::address::counties).empty();
    if (has_records || fs::exists(summary_file)) {
      throw Error(ErrorCode::conflict, "The data directory " + m_app.settings().data_dir.string() +
                                           " holds a register that is no demo. Choose another directory with --data.");
    }
    std::error_code failed;
    fs::create_directories(m_dir, failed);
    if (failed) {
      errno = failed.value();
      throw_errno("make the folder " + m_dir.string());
    }
    write_text(wish_file, mine);
  }

  static void write_text(const fs::path& file, const std::string& text) {
    WholeFile whole(file);
    whole.write(text);
    whole.finish();
  }

  Progress watch(std::string_view step) const {
    if (!m_wishes.progress) return {};
    m_wishes.progress(step, 0, 0);
    return [this, step](std::uint64_t done, std::uint64_t total) { m_wishes.progress(step, done, total); };
  }

  void make_files() {
    DemoTownFilesOptions options;
    options.town = m_wishes.town;
    options.progress = watch("town");
    m_files = write_demo_town(m_dir, options);
    m_summary.town = m_files.facts;
  }

  void fill_register() {
    watch("divisions");
    load_divisions(m_app, m_caller);
    ImportOptions options;
    options.source = "demo town";
    options.progress = watch("places");
    all_in(import_places(m_app, m_caller, m_files.places, options));
    options.columns = {{"id", "id"}};
    options.progress = watch("addresses");
    all_in(import_addresses(m_app, m_caller, m_files.addresses, options));
    options.columns.clear();
    options.progress = watch("buildings");
    all_in(import_buildings(m_app, m_caller, m_files.buildings, options));
  }

  /// The town is made so that nothing in it can be in doubt: a row that is not taken is an error of ours.
  static void all_in(const ImportReport& report) {
    const auto count = [&](RowOutcome outcome) { return report.outcome[static_cast<std::size_t>(outcome)]; };
    if (count(RowOutcome::held) + count(RowOutcome::refused) == 0) return;
    std::string reasons;
    for (const auto* list : {&report.held_reason, &report.refused_reason}) {
      for (const auto& [reason, rows] : *list) reasons += " " + reason + " " + std::to_string(rows);
    }
    throw Error(ErrorCode::internal, "The demo town did not go into the register whole:" + reasons + ".");
  }

  void build_library() {
    const LibraryReport report = build_library_from_register(m_app, m_caller, {}, watch("library"));
    m_summary.library_addresses = report.addresses;
    m_summary.library_bytes = report.bytes;
  }

  CleaningJob job_of(const DemoList& list) {
    const std::string name = list.file.filename().string();
    for (const CleaningJob& job : list_cleaning_jobs(m_app, m_caller)) {
      if (job.file_name == name && job.state != JobState::failed) return job;
    }
    const auto upload = begin_upload(m_app, m_caller, name);
    upload->write(read_file(list.file));
    return upload->finish();
  }

  void clean(const DemoList& list) {
    watch("lists");
    CleaningJob job = job_of(list);
    if (job.state == JobState::uploaded) start_cleaning(m_app, m_caller, job.id, list.column, town_code);
    m_app.parts().worker->run_queue();
    job = cleaning_job(m_app, m_caller, job.id);
    if (job.state != JobState::finished) {
      throw Error(ErrorCode::internal, "The list " + job.file_name + " was not cleaned: " + job.error);
    }
    m_summary.lists.push_back({job.file_name, job.rows_done, job.grade_count, job.held, job.rows_per_second});
    const std::vector<DemoTruth> truth = load_demo_truth(list.truth);
    for (std::uint64_t after = 0;;) {
      const RowPage page = cleaning_rows(m_app, m_caller, job.id, RowFilter::all, after, page_rows);
      for (const CleaningRow& row : page.rows) {
        if (row.row >= 1 && row.row <= truth.size()) score_answer(row.answer, truth[row.row - 1], m_summary.classes);
      }
      if (page.next == 0) break;
      after = page.next;
    }
  }

  void make_account() {
    m_summary.account = account_name;
    const std::vector<Account> accounts = list_accounts(m_app, m_caller);
    const auto there = std::find_if(accounts.begin(), accounts.end(),
                                    [](const Account& account) { return account.name == account_name; });
    if (there == accounts.end()) {
      m_summary.password = add_account(m_app, m_caller, account_name, Role::administrator, std::nullopt);
    } else if (there->must_change_password) {
      m_summary.password = reset_password(m_app, m_caller, account_name);
    }
  }

  Application& m_app;
  const Caller& m_caller;
  const DemoWishes& m_wishes;
  fs::path m_dir;
  DemoTownFiles m_files;
  DemoSummary m_summary;
};

}  // namespace

DemoSummary make_demo(Application& app, const Caller& caller, const DemoWishes& wishes) {
  return DemoMaker(app, caller, wishes).make();
}

}  // namespace menpai::app
