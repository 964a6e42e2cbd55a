// SPDX-License-Identifier: Apache-2.0
// Every statement of sql/ keeps the rules that let the same SQL run on one server and on a distributed PostgreSQL.
#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "store/migrate.hpp"
#include "store/queries.hpp"

namespace menpai::store {
namespace {

struct Statement {
  std::string name;
  std::string text;  ///< upper case, without comments and without what stands in quotes
};

/// What the rules look at: no comment or quoted text can hide or fake a word.
std::string bare(std::string_view sql) {
  static const std::regex comment("--[^\n]*|/\\*[^*]*\\*/");
  static const std::regex quoted("'[^']*'");
  static const std::regex blank("\\s+");
  std::string text = std::regex_replace(std::string(sql), comment, " ");
  text = std::regex_replace(text, quoted, "''");
  text = std::regex_replace(text, blank, " ");
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::vector<Statement> migrations() {
  std::vector<Statement> out;
  for (const Query& file : migration_files) {
    for (const std::string& one : split_statements(file.sql)) out.push_back({file.name, bare(one)});
  }
  return out;
}

std::vector<Statement> queries() {
  std::vector<Statement> out;
  for (const Query* query : all_queries) out.push_back({query->name, bare(query->sql)});
  return out;
}

std::vector<Statement> everything() {
  std::vector<Statement> out = migrations();
  for (Statement& one : queries()) out.push_back(std::move(one));
  return out;
}

bool has(const std::string& text, const char* pattern) {
  return std::regex_search(text, std::regex(pattern));
}

/// Table → "county", "reference" or "own", as the migrations say.
std::map<std::string, std::string> table_kinds() {
  static const std::regex call("distribute\\('(\\w+)', '(\\w+)'");
  std::map<std::string, std::string> kinds;
  for (const Query& file : migration_files) {
    const std::string text = file.sql;
    for (std::sregex_iterator at(text.begin(), text.end(), call), end; at != end; ++at) kinds[(*at)[1]] = (*at)[2];
  }
  return kinds;
}

std::set<std::string> listed_across_counties() {
  std::ifstream file(std::string(MENPAI_SOURCE_DIR) + "/sql/queries/across_counties.txt");
  std::set<std::string> names;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string name;
    std::string reason;
    words >> name;
    std::getline(words, reason);
    EXPECT_GT(reason.size(), 15u) << name << " stands in the list without a reason";
    names.insert(name);
  }
  return names;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

TEST(Statements, every_table_is_distributed_in_one_of_three_ways) {
  const auto kinds = table_kinds();
  for (const Statement& one : migrations()) {
    std::smatch match;
    if (!std::regex_search(one.text, match, std::regex("^ ?CREATE TABLE (\\w+)"))) continue;
    std::string name = match[1];
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    EXPECT_TRUE(kinds.contains(name)) << one.name << ": no distribute() for " << name;
  }
}

TEST(Statements, foreign_keys_are_added_later_by_name_and_alone) {
  for (const Statement& one : migrations()) {
    if (has(one.text, "^ ?CREATE TABLE")) {
      EXPECT_FALSE(has(one.text, "\\bREFERENCES\\b")) << one.name << one.text;
    }
    if (has(one.text, "\\bFOREIGN KEY\\b")) {
      EXPECT_TRUE(has(one.text, "ADD CONSTRAINT \\w+ FOREIGN KEY")) << one.text;
    }
    if (has(one.text, "^ ?ALTER TABLE")) {
      const std::regex add("\\bADD (COLUMN|CONSTRAINT)\\b");
      const auto count =
          std::distance(std::sregex_iterator(one.text.begin(), one.text.end(), add), std::sregex_iterator());
      EXPECT_LE(count, 1) << one.name << one.text;
    }
    EXPECT_FALSE(has(one.text, "\\bON DELETE SET\\b|\\bON UPDATE\\b")) << one.text;
  }
}

TEST(Statements, nothing_is_used_that_a_distributed_database_lacks) {
  const std::vector<std::pair<const char*, const char*>> forbidden = {
      {"\\bMERGE INTO\\b", "MERGE"},
      {"\\bROW_TO_JSON\\b|\\bTO_JSONB? ?\\( ?\\w+ ?\\)", "whole-row JSON"},
      {"\\bCREATE (CONSTRAINT )?TRIGGER\\b", "a trigger"},
      {"\\bCREATE RULE\\b", "a rule"},
      {"\\bINHERITS\\b", "inheritance"},
      {"\\bDEFERRABLE\\b", "a deferrable constraint"},
      {"\\b(SMALL|BIG)?SERIAL\\b|\\bGENERATED (ALWAYS|BY DEFAULT) AS IDENTITY\\b|\\bNEXTVAL\\b", "a serial"},
      {"DO UPDATE.*\\b(NOW ?\\(|CURRENT_TIMESTAMP|CLOCK_TIMESTAMP)", "the clock in DO UPDATE"},
  };
  for (const Statement& one : everything()) {
    for (const auto& [pattern, what] : forbidden) EXPECT_FALSE(has(one.text, pattern)) << one.name << " uses " << what;
  }
}

TEST(Statements, county_code_is_never_updated) {
  for (const Statement& one : queries()) {
    std::smatch match;
    if (!std::regex_search(one.text, match, std::regex("\\bSET (.*?)( WHERE | FROM |$)"))) continue;
    EXPECT_FALSE(has(match[1], "(^|, ?)COUNTY_CODE ?=")) << one.name;
  }
}

TEST(Statements, tiles_are_made_from_materialized_rows) {
  for (const Statement& one : queries()) {
    if (has(one.text, "\\bST_ASMVT ?\\(")) {
      EXPECT_TRUE(has(one.text, "AS MATERIALIZED")) << one.name;
    }
  }
}

TEST(Statements, every_query_of_a_county_table_names_its_counties) {
  const std::set<std::string> listed = listed_across_counties();
  std::set<std::string> needed;
  for (const auto& [table, kind] : table_kinds()) {
    if (kind != "county") continue;
    const std::regex used("\\b(FROM|JOIN|UPDATE|INTO|USING|COPY|, ?) ?" + upper(table) +
                          "\\b(?! AS MATERIALIZED)(?! AS \\()");
    for (const Statement& one : queries()) {
      if (!std::regex_search(one.text, used)) continue;
      const bool writes = has(one.text, "^ ?(INSERT|COPY)\\b") && has(one.text, "\\(( ?|[^()]*, ?)COUNTY_CODE");
      const bool asks = has(
          one.text, "COUNTY_CODE( ?=|,? IN\\b| ?\\) ?(=|IN))|\\(COUNTY_CODE,[^()]*\\) (=|IN)|USING ?\\(COUNTY_CODE");
      if (!writes && !asks) needed.insert(one.name);
    }
  }
  for (const std::string& name : needed) {
    EXPECT_TRUE(listed.contains(name)) << name << " asks every county; name the county, or list it with a reason in "
                                       << "sql/queries/across_counties.txt";
  }
  for (const std::string& name : listed) EXPECT_TRUE(needed.contains(name)) << name << " is listed and need not be";
}

TEST(Statements, migrations_are_numbered_without_gaps_and_titled) {
  int number = 0;
  for (const Query& file : migration_files) {
    EXPECT_EQ(std::stoi(file.name), ++number) << file.name;
    const std::string text = file.sql;
    EXPECT_TRUE(std::regex_search(text, std::regex("^-- [A-Z][^\n]{10,117}\n"))) << file.name << " has no title";
  }
}

TEST(Statements, a_script_is_cut_at_its_semicolons_and_nowhere_else) {
  EXPECT_EQ(split_statements("-- a; b\nSELECT ';'; SELECT $x$ ; $x$ ;\n/* ; */ ; SELECT \";\""),
            (std::vector<std::string>{"-- a; b\nSELECT ';'", " SELECT $x$ ; $x$ ", " SELECT \";\""}));
  EXPECT_TRUE(split_statements("-- nothing\n").empty());
}

}  // namespace
}  // namespace menpai::store
