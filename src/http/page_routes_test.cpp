// SPDX-License-Identifier: Apache-2.0
// The web application's files over the real server: what is given, what is kept by the browser, what is never found.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "http/routes.hpp"
#include "http/test_routes.hpp"

namespace menpai::http::test {
namespace {

namespace fs = std::filesystem;

class PageTest : public ::testing::Test {
 protected:
  PageTest() {
    std::string name = (fs::temp_directory_path() / "menpai-pages-XXXXXX").string();
    root = ::mkdtemp(name.data());
    write("web/index.html", "<html>index</html>");
    write("web/assets/app-DAZ6R0tw.js", "plain js");
    write("web/assets/app-DAZ6R0tw.js.gz", "gzipped js");
    write("web/favicon.svg", "<svg/>");
    write("web/.secret", "hidden");
    write("outside.txt", "outside");
    fs::create_symlink(root / "outside.txt", root / "web" / "link.txt");
  }
  ~PageTest() override { fs::remove_all(root); }

  void write(const fs::path& name, const std::string& text) const {
    fs::create_directories((root / name).parent_path());
    std::ofstream(root / name, std::ios::binary) << text;
  }
  std::string get(const std::string& path, const std::string& fields = "") {
    if (!server) {
      RouteTable table;
      add_page_routes(table, root / folder);
      server = std::make_unique<RunningServer>(std::move(table), test_hooks(), quick_options());
    }
    RawClient client(server->port());
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n");
    return client.receive_all();
  }

  fs::path root;
  fs::path folder = "web";
  std::unique_ptr<RunningServer> server;
};

TEST_F(PageTest, gives_the_page_for_every_path_of_the_application) {
  for (const char* path : {"/", "/index.html", "/cleaning", "/cleaning/7/rows", "/cleaning?x=1"}) {
    const std::string answer = get(path);
    EXPECT_EQ(body_of(answer), "<html>index</html>") << path;
    EXPECT_EQ(field_of(answer, "Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(field_of(answer, "Cache-Control"), "no-cache");
  }
}

TEST_F(PageTest, says_404_for_missing_files_and_for_the_api) {
  for (const char* path : {"/assets/other.js", "/missing.png", "/api", "/api/v1/nothing", "/index.html.gz"}) {
    EXPECT_EQ(status_of_text(get(path)), 404) << path;
  }
}

TEST_F(PageTest, never_gives_what_is_not_in_the_folder) {
  for (const char* path : {"/../outside.txt", "/%2e%2e/outside.txt", "/assets/..%2f..%2foutside.txt", "/link.txt",
                           "/.secret", "/assets/../../outside.txt"}) {
    const std::string answer = get(path);
    EXPECT_EQ(answer.find("outside\r\n"), std::string::npos);
    EXPECT_NE(body_of(answer), "outside") << path;
    EXPECT_NE(body_of(answer), "hidden") << path;
  }
}

TEST_F(PageTest, lets_browsers_keep_files_whose_name_holds_their_digest) {
  const std::string answer = get("/assets/app-DAZ6R0tw.js");
  EXPECT_EQ(body_of(answer), "plain js");
  EXPECT_EQ(field_of(answer, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(field_of(answer, "Vary"), "Accept-Encoding");
  EXPECT_EQ(field_of(get("/favicon.svg"), "Cache-Control"), "no-cache");
}

TEST_F(PageTest, gives_the_compressed_file_to_who_takes_it) {
  const std::string answer = get("/assets/app-DAZ6R0tw.js", "Accept-Encoding: br, gzip\r\n");
  EXPECT_EQ(body_of(answer), "gzipped js");
  EXPECT_EQ(field_of(answer, "Content-Encoding"), "gzip");
  EXPECT_EQ(field_of(answer, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(body_of(get("/assets/app-DAZ6R0tw.js", "Accept-Encoding: gzip;q=0\r\n")), "plain js");
}

TEST_F(PageTest, says_that_nothing_has_changed) {
  const std::string etag = field_of(get("/"), "ETag");
  const std::string answer = get("/", "If-None-Match: " + etag + "\r\n");
  EXPECT_EQ(status_of_text(answer), 304);
  EXPECT_EQ(body_of(answer), "");
}

TEST_F(PageTest, says_what_to_do_when_the_application_is_not_built) {
  folder = "nowhere";
  const std::string answer = get("/");
  EXPECT_EQ(status_of_text(answer), 503);
  EXPECT_NE(body_of(answer).find("bin/setup"), std::string::npos);
}

}  // namespace
}  // namespace menpai::http::test
