// SPDX-License-Identifier: Apache-2.0
// The workplace as a department meets it: sign in, clean a long list, and nothing lost when the server or its database
// is killed, a disk is full or a port is taken.
#include <csignal>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include "workplace_server.hpp"

namespace menpai::e2e {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

constexpr const char* own_password = "sieben blaue kraniche";
constexpr int list_rows = 20'000;

/// Numbered rows of invented doors on well-known roads.
std::string long_list(int rows) {
  const std::vector<std::string> roads = {"广东省中山市港口镇兴港中路", "港口镇石特路", "中山市古镇镇中兴大道",
                                          "厦门市思明区厦港街道大学路", "天涯路"};
  std::string list = "编号,地址\r\n";
  for (int i = 1; i <= rows; ++i) {
    list += std::to_string(i) + "," + roads[static_cast<std::size_t>(i) % roads.size()] + std::to_string(i % 90 + 1) +
            "号\r\n";
  }
  return list;
}

std::string text_at(const json::value& value, std::string_view name) {
  return std::string(value.at(name).as_string());
}

class Workplace : public testing::Test {
 protected:
  std::string upload(const std::string& list, const std::string& name = "list.csv") {
    const Reply made = browser.ask("POST", "/cleaning-jobs?name=" + name, list, "Content-Type: text/csv\r\n");
    EXPECT_EQ(made.status, 201) << made.head << made.body;
    return made.status == 201 ? text_at(made.json(), "id") : std::string();
  }
  void start(const std::string& id) {
    const Reply started = browser.ask("POST", "/cleaning-jobs/" + id + "/start", R"({"column":"地址","region":""})");
    EXPECT_EQ(started.status, 202) << started.body;
  }
  /// The job as the server tells it; empty while it does not answer with it.
  json::object job(const std::string& id) {
    const Reply reply = browser.get("/cleaning-jobs/" + id);
    return reply.status == 200 ? reply.json().as_object() : json::object();
  }
  std::string state(const std::string& id) {
    const json::object now = job(id);
    return now.empty() ? std::string() : text_at(now, "state");
  }
  bool finishes(const std::string& id) {
    return wait_until([&] { return state(id) == "finished" || state(id) == "failed"; }) && state(id) == "finished";
  }
  std::int64_t rows_done(const std::string& id) {
    const json::object now = job(id);
    return now.empty() ? -1 : now.at("rows_done").to_number<std::int64_t>();
  }
  /// Every row of the list is there, once, in its order, with an answer.
  void expect_whole(const std::string& id, int rows) {
    const json::object done = job(id);
    EXPECT_EQ(done.at("rows_done").to_number<int>(), rows);
    int sum = 0;
    for (const auto& grade : done.at("grade_count").as_object()) sum += grade.value().to_number<int>();
    EXPECT_EQ(sum, rows);
    const Reply result = browser.get("/cleaning-jobs/" + id + "/result?format=csv");
    ASSERT_EQ(result.status, 200);
    EXPECT_THAT(result.field("Content-Disposition"), HasSubstr("attachment"));
    const Table table = table_of(result.body, "result.csv");
    ASSERT_EQ(table.rows.size(), static_cast<std::size_t>(rows));
    EXPECT_EQ(table.columns[1], "地址");
    for (std::size_t i = 0; i < table.rows.size(); ++i) ASSERT_EQ(table.rows[i][0], std::to_string(i + 1));
    EXPECT_FALSE(table.cell(0, "mp_grade").empty());
  }
  void expect_no_job_left() {
    const Reply list = browser.get("/cleaning-jobs");
    ASSERT_EQ(list.status, 200);
    EXPECT_TRUE(list.json().at("items").as_array().empty()) << list.body;
  }

  Installation installation;
  Browser browser;
};

TEST_F(Workplace, a_long_list_survives_a_killed_server) {
  const std::string one_time = installation.add_account("wang", "clerk");
  auto server = std::make_unique<Server>(installation);
  EXPECT_THAT(server->url(), testing::StartsWith("http://127.0.0.1:"));
  browser.turn_to(*server);
  EXPECT_EQ(browser.get("/cleaning-jobs").status, 401);
  EXPECT_EQ(browser.sign_in("wang", "not this one").status, 401);
  browser.begin(*server, "wang", one_time, own_password);
  const std::string id = upload(long_list(list_rows), "%E5%95%86%E6%88%B7.csv");
  EXPECT_EQ(text_at(job(id), "file_name"), "商户.csv");
  start(id);

  int kills = 0;
  for (std::int64_t before = 0; kills < 2; ++kills) {
    ASSERT_TRUE(wait_until([&] { return rows_done(id) > before; }));
    if (state(id) == "finished") break;
    before = rows_done(id);
    server->kill();
    EXPECT_EQ(browser.get("/session").status, 0);
    server = std::make_unique<Server>(installation);
    browser.turn_to(*server);
    EXPECT_EQ(browser.get("/session").status, 200) << "still signed in";
    EXPECT_GE(rows_done(id), before) << "what was committed stays";
  }
  EXPECT_GT(kills, 0);
  ASSERT_TRUE(finishes(id)) << json::serialize(job(id)) << server->log();
  expect_whole(id, list_rows);
  EXPECT_EQ(browser.ask("DELETE", "/cleaning-jobs/" + id).status, 204);
  expect_no_job_left();
}

TEST_F(Workplace, a_killed_database_comes_back_and_nothing_is_lost) {
  const std::string one_time = installation.add_account("li", "clerk");
  const Server server(installation);
  browser.begin(server, "li", one_time, own_password);
  const std::string id = upload(long_list(list_rows));
  start(id);
  ASSERT_TRUE(wait_until([&] { return rows_done(id) > 0; }));
  const Reply decided = browser.ask("PUT", "/cleaning-jobs/" + id + "/rows/1/decision",
                                    R"({"choice":"unknown","candidate":0})", "If-Match: \"0\"\r\n");
  ASSERT_EQ(decided.status, 200) << decided.body;

  const auto postmaster = [&] {
    std::ifstream file(installation.data() / "pg" / "postmaster.pid");
    pid_t pid = 0;
    file >> pid;
    return pid;
  };
  const pid_t killed = postmaster();
  ASSERT_GT(killed, 1);
  ASSERT_EQ(::kill(killed, SIGKILL), 0);
  EXPECT_TRUE(wait_until([&] {
    const int status = browser.get("/cleaning-jobs/" + id).status;
    EXPECT_TRUE(status == 200 || status == 503) << status;
    return status == 200 && postmaster() != killed && postmaster() > 0;
  })) << server.log();
  ASSERT_TRUE(finishes(id)) << json::serialize(job(id)) << server.log();
  expect_whole(id, list_rows);
  EXPECT_EQ(job(id).at("decided").to_number<int>(), 1);
  const Reply rows = browser.get("/cleaning-jobs/" + id + "/rows?filter=decided&limit=10");
  ASSERT_EQ(rows.json().at("items").as_array().size(), 1U);
  EXPECT_EQ(text_at(rows.json().at("items").at(0).at("decision"), "by"), "li");
}

TEST_F(Workplace, a_fresh_installation_is_told_what_it_lacks_and_passes_once_it_has_it) {
  const Ran fresh = installation.run({"check"});
  EXPECT_EQ(fresh.exit_code, 5) << fresh.out;
  EXPECT_THAT(fresh.out, HasSubstr("menpai migrate"));
  EXPECT_THAT(fresh.out, HasSubstr("menpai user add"));
  const Ran migrated = installation.run({"migrate"});
  EXPECT_EQ(migrated.exit_code, 0) << migrated.err;
  installation.add_account("admin", "administrator");
  std::filesystem::create_directory(installation.folder() / "web");
  write_file(installation.folder() / "web" / "index.html", "<!doctype html><title>menpai</title>");
  const std::string web = "http.web_dir=" + (installation.folder() / "web").string();
  const Ran plain = installation.run({"check", "--set", web});
  EXPECT_EQ(plain.exit_code, 0) << plain.out << plain.err;
  EXPECT_THAT(plain.out, HasSubstr("checks passed"));

  const Server server(installation);
  const Ran beside = installation.run({"check", "--json", "--set", web});
  EXPECT_EQ(beside.exit_code, 0) << beside.out;
  const json::value report = json::parse(beside.out);
  EXPECT_TRUE(report.at("ok").as_bool());
  EXPECT_GT(report.at("checks").as_array().size(), 5U);
}

TEST_F(Workplace, a_taken_port_is_named_and_nothing_runs_on_after_the_end) {
  Server server(installation);
  const Ran second = installation.run({"serve", "--port", std::to_string(server.port())});
  EXPECT_EQ(second.exit_code, 5);
  EXPECT_THAT(second.err, HasSubstr(std::to_string(server.port())));
  EXPECT_EQ(second.out, "");

  EXPECT_FALSE(processes_in(installation.data()).empty());
  EXPECT_EQ(server.stop(), 0) << server.log();
  EXPECT_TRUE(wait_until([&] { return processes_in(installation.data()).empty(); }));
  EXPECT_FALSE(std::filesystem::exists(installation.data() / "pg" / "postmaster.pid"));
}

class Register : public testing::Test {
 protected:
  json::value import(const std::string& kind, const std::filesystem::path& file,
                     const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"import", kind, file, "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = installation.run(arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.err << ran.out;
    return ran.exit_code == 0 ? json::parse(ran.out) : json::parse(R"({"rows":-1,"new":-1,"same":-1})");
  }
  static std::int64_t number(const json::value& report, std::string_view name) {
    return report.at(name).to_number<std::int64_t>();
  }
  Installation installation;
};

TEST_F(Register, a_town_is_imported_becomes_the_library_and_a_second_time_is_the_same) {
  const std::filesystem::path town = installation.folder() / "town";
  const Ran made = installation.run({"demo-town", "--rooms", "2000", "-o", town});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  struct Part {
    const char* kind;
    std::filesystem::path file;
    std::vector<std::string> more;
    std::int64_t rows = 0;
  };
  std::vector<Part> parts = {{"place", town / "places.geojson", {}},
                             {"address", town / "addresses.csv", {"--map", "id=id"}},
                             {"building", town / "buildings.geojson", {}}};
  for (Part& part : parts) {
    const json::value report = import(part.kind, part.file, part.more);
    part.rows = number(report, "rows");
    EXPECT_GT(part.rows, 0) << part.kind;
    EXPECT_EQ(number(report, "new"), part.rows) << part.kind << json::serialize(report);
  }
  EXPECT_GT(parts[1].rows, 1'000);
  const Ran built = installation.run({"library", "build", "--json"});
  ASSERT_EQ(built.exit_code, 0) << built.err;
  EXPECT_TRUE(std::filesystem::exists(installation.data() / "library.mpl"));
  for (const Part& part : parts) {
    const json::value report = import(part.kind, part.file, part.more);
    EXPECT_EQ(number(report, "same"), part.rows) << part.kind << json::serialize(report);
  }
  // What was imported is found, under its own id.
  const Table addresses = read_table(town / "addresses.csv");
  const std::size_t last = addresses.rows.size() - 1;
  const Ran found = installation.run({"find", "--json", addresses.cell(last, "address")});
  ASSERT_EQ(found.exit_code, 0) << found.err;
  EXPECT_EQ(text_at(json::parse(found.out), "id"), addresses.cell(last, "id"));
}

TEST_F(Register, a_library_of_an_earlier_version_is_built_anew) {
  const std::filesystem::path library = installation.data() / "library.mpl";
  ASSERT_EQ(installation.run({"library", "build"}).exit_code, 0);
  {
    // The format's number stands behind the mark of the file (8 bytes) and that of the byte order (4).
    std::fstream file(library, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(12);
    file.write("\1\0\0\0", 4);
  }
  const Ran shown = installation.run({"library", "show", library});
  EXPECT_EQ(shown.exit_code, 3) << shown.out;
  EXPECT_NE(shown.err.find("menpai library build"), std::string::npos) << shown.err;
  const Ran built = installation.run({"library", "build"});
  EXPECT_EQ(built.exit_code, 0) << built.err;
  EXPECT_EQ(installation.run({"library", "show", library}).exit_code, 0);
}

TEST_F(Register, changes_of_divisions_are_taken_once) {
  write_file(installation.folder() / "changes.csv",
             "old_code,old_name,new_code,changed_on\n"
             "350202,鼓浪屿区,350203,2003-05-16\n"
             "350204,开元区,350203,2003-05-16\n"
             "350207,杏林区,350205,2003-05-16\n");
  const json::value first = import("division-change", installation.folder() / "changes.csv");
  EXPECT_EQ(number(first, "rows"), 3);
  EXPECT_EQ(number(first, "new"), 3) << json::serialize(first);
  const json::value again = import("division-change", installation.folder() / "changes.csv");
  EXPECT_EQ(number(again, "same"), 3) << json::serialize(again);
}

/// A small disk in place of a folder, where this account may mount one.
class SmallDisk {
 public:
  explicit SmallDisk(std::filesystem::path folder) : m_folder(std::move(folder)) {
    m_is_there = ::mount("menpai-test", m_folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "size=2m,mode=0700") == 0;
  }
  ~SmallDisk() {
    if (m_is_there) ::umount2(m_folder.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool is_there() const { return m_is_there; }

 private:
  std::filesystem::path m_folder;
  bool m_is_there = false;
};

TEST_F(Workplace, what_does_not_fit_is_refused_and_leaves_nothing) {
  const std::string one_time = installation.add_account("zhao", "clerk");
  const std::filesystem::path files = installation.data() / "files";
  const SmallDisk disk(files);
  Server server(installation, {"--set", "http.upload_bytes_max=8000000"});
  browser.begin(server, "zhao", one_time, own_password);

  const auto refused = [&](int rows) {
    const Reply reply =
        browser.ask("POST", "/cleaning-jobs?name=list.csv", long_list(rows), "Content-Type: text/csv\r\n");
    EXPECT_NE(reply.status, 201);
    return reply;
  };
  const Reply too_large = refused(300'000);
  EXPECT_EQ(too_large.status, 413) << too_large.head << too_large.body;
  if (disk.is_there()) {
    const Reply full = refused(120'000);
    EXPECT_EQ(full.status, 507) << full.head << full.body;
    EXPECT_EQ(text_at(full.json(), "code"), "disk_full");
  }
  expect_no_job_left();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(files)) {
    EXPECT_FALSE(entry.is_regular_file()) << entry.path();
  }
  const std::string id = upload(long_list(100));
  start(id);
  EXPECT_TRUE(finishes(id));
  EXPECT_EQ(server.stop(), 0);
}

}  // namespace
}  // namespace menpai::e2e
