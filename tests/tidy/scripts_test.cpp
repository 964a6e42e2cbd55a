// SPDX-License-Identifier: Apache-2.0
// The scripts in bin/: they parse, they answer wrong use, and the counter of test results counts right.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <sys/wait.h>

#include "tests/tidy/repository.hpp"

namespace menpai::tidy {
namespace {

namespace fs = std::filesystem;

const std::string root = MENPAI_SOURCE_DIR;

struct Outcome {
  int exit_code = -1;
  std::string output;  ///< both streams
};

Outcome run(const std::string& command) {
  Outcome outcome;
  FILE* pipe = popen(("( " + command + " ) 2>&1").c_str(), "r");
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    outcome.output.append(buffer.data(), got);
  }
  const int status = pclose(pipe);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

TEST(Scripts, each_is_well_formed_and_may_be_run) {
  Findings findings;
  for (const File& file : repository()) {
    if (!file.text.starts_with("#!/usr/bin/env bash")) continue;
    const fs::path path = fs::path(root) / file.path;
    const Outcome parsed = run("bash -n '" + path.string() + "'");
    if (parsed.exit_code != 0) findings.add(file, 1, parsed.output);
    if ((fs::status(path).permissions() & fs::perms::owner_exec) == fs::perms::none) {
      findings.add(file, 1, "is not executable");
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Scripts, each_explains_itself) {
  for (const std::string name : {"setup", "demo", "test", "bench", "lint", "fmt"}) {
    const Outcome help = run(root + "/bin/" + name + " --help");
    EXPECT_EQ(help.exit_code, 0) << name;
    EXPECT_TRUE(help.output.starts_with("Usage: bin/" + name)) << help.output;
  }
}

TEST(Scripts, wrong_use_ends_with_code_2_and_says_where_help_is) {
  for (const std::string command : {"setup everything", "demo --port 0", "demo --port http", "demo --port", "test none",
                                    "demo --port 65536", "bench --none", "lint --none", "fmt --none"}) {
    const Outcome outcome = run(root + "/bin/" + command);
    EXPECT_EQ(outcome.exit_code, 2) << command << "\n" << outcome.output;
    EXPECT_NE(outcome.output.find("--help"), std::string::npos) << command << "\n" << outcome.output;
  }
}

/// What bin/lib/count_junit.awk says of a JUnit file.
std::string count(const std::string& xml, const std::string& option = {}) {
  const fs::path file = fs::temp_directory_path() / ("menpai-junit-" + std::to_string(getpid()) + ".xml");
  std::ofstream(file) << xml;
  const Outcome outcome = run("awk " + option + " -f '" + root + "/bin/lib/count_junit.awk' '" + file.string() + "'");
  fs::remove(file);
  return outcome.output;
}

TEST(Scripts, the_counter_reads_what_ctest_writes) {
  const std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"Linux\" tests=\"4\" failures=\"1\">\n"
      "<testcase name=\"A.good\" classname=\"A.good\" time=\"0.1\" status=\"run\"><properties/>"
      "<system-out>1 &lt; 2, &lt;failure> is a word</system-out></testcase>\n"
      "<testcase name=\"A.bad\" status=\"fail\"><failure message=\"Failed\"/><system-out/></testcase>\n"
      "<testcase name=\"A.absent\" status=\"notrun\"><skipped message=\"\"/></testcase>\n"
      "<testcase name=\"A.off\" status=\"disabled\"/>\n</testsuite>\n";
  EXPECT_EQ(count(xml), "1 3\n");
  EXPECT_EQ(count(xml, "-v names=1"), "A.bad\nA.absent\nA.off\n");
}

TEST(Scripts, the_counter_reads_what_vitest_and_node_write) {
  EXPECT_EQ(count("<testsuites tests=\"2\" failures=\"1\"><testsuite name=\"a\">"
                  "<testcase classname=\"a\" name=\"one &gt; two\" time=\"0\">\n</testcase>"
                  "<testcase classname=\"a\" name=\"three\"><failure message=\"x\" type=\"E\">\n<![CDATA[<testcase "
                  "name=\"no\"/> <failure>]]></failure></testcase></testsuite></testsuites>"),
            "1 1\n");
  EXPECT_EQ(count("<testsuites>\n<testsuite name=\"group\"><testcase name=\"in it\" classname=\"test\"/>\n"
                  "<testcase name=\"left out\"><skipped type=\"todo\"/></testcase></testsuite>\n"
                  "<testcase name=\"alone\" time=\"1\"/>\n<!-- tests 3 -->\n</testsuites>"),
            "2 1\n");
}

TEST(Scripts, a_file_without_cases_counts_nothing) {
  EXPECT_EQ(count("<testsuites></testsuites>"), "0 0\n");
  EXPECT_EQ(count(""), "0 0\n");
}

TEST(Scripts, every_package_has_a_group_and_a_reason) {
  for (const File& file : repository()) {
    if (file.path != "bin/lib/packages.txt") continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (line.starts_with('#')) continue;
      const bool grouped = line.starts_with("run ") || line.starts_with("test ") || line.starts_with("lint ") ||
                           line.starts_with("bench ");
      EXPECT_TRUE(grouped && line.find("  ") != std::string::npos) << file.path << ":" << i + 1 << ": " << line;
    }
    return;
  }
  FAIL() << "there is no bin/lib/packages.txt";
}

}  // namespace
}  // namespace menpai::tidy
