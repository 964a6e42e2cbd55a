// SPDX-License-Identifier: Apache-2.0
// What a migrated database looks like from inside: the shapes that a distributed PostgreSQL takes.
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <set>

#include "store/queries.hpp"
#include "support/test_database.hpp"

namespace menpai::store {
namespace {

std::set<std::string> tables_of(const std::string& kind) {
  const std::regex call("distribute\\('(\\w+)', '(\\w+)'");
  std::set<std::string> tables;
  for (const Query& file : migration_files) {
    const std::string text = file.sql;
    for (std::sregex_iterator at(text.begin(), text.end(), call), end; at != end; ++at) {
      if ((*at)[2] == kind) tables.insert((*at)[1]);
    }
  }
  return tables;
}

std::vector<std::string> names(const std::string& sql) {
  const Lease lease = testing::store().take();
  std::vector<std::string> out;
  for (const Row row : lease->run_text(sql, "catalogue")) out.push_back(row.get<std::string>(0));
  return out;
}

constexpr const char* own_tables =
    "(SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN "
    "('r', 'p') AND relname NOT IN ('spatial_ref_sys', 'migration', 'migration_function'))";

TEST(Catalogue, every_table_has_a_primary_key) {
  EXPECT_THAT(names(std::string("SELECT relname::text FROM pg_class WHERE oid IN ") + own_tables +
                    " AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = pg_class.oid AND indisprimary)"),
              ::testing::IsEmpty());
}

TEST(Catalogue, a_county_table_has_county_code_not_null_first_in_every_unique_index) {
  for (const std::string& table : tables_of("county")) {
    EXPECT_THAT(names("SELECT 'missing' WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = '" + table +
                      "'::regclass AND attname = 'county_code' AND attnotnull AND atttypid = 'int'::regtype)"),
                ::testing::IsEmpty())
        << table;
    EXPECT_THAT(names("SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = '" + table +
                      "'::regclass AND (indisunique OR indisexclusion) AND NOT EXISTS (SELECT FROM pg_attribute WHERE "
                      "attrelid = indrelid AND attname = 'county_code' AND attnum = ANY (indkey))"),
                ::testing::IsEmpty())
        << table;
  }
}

TEST(Catalogue, tables_that_are_no_county_tables_are_on_the_short_list) {
  const std::set<std::string> short_list = {"division",
                                            "division_name",
                                            "division_succession",
                                            "division_edition",
                                            "locator",
                                            "issued_code",
                                            "code_succession",
                                            "import_file",
                                            "import_row",
                                            "held_row",
                                            "account",
                                            "session",
                                            "sign_in_failure",
                                            "service_token",
                                            "alias_evidence",
                                            "audit",
                                            "data_key",
                                            "plate_key",
                                            "sealed_file",
                                            "cleaning_job",
                                            "cleaning_row",
                                            "cleaning_chunk"};
  std::set<std::string> others = tables_of("reference");
  others.merge(tables_of("own"));
  for (const std::string& table : others) EXPECT_TRUE(short_list.contains(table)) << table;
}

TEST(Catalogue, there_are_no_triggers_rules_sequences_or_inherited_tables) {
  EXPECT_THAT(names("SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal"), ::testing::IsEmpty());
  EXPECT_THAT(names(std::string("SELECT rulename::text FROM pg_rewrite WHERE ev_class IN ") + own_tables),
              ::testing::IsEmpty());
  EXPECT_THAT(names("SELECT relname::text FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"),
              ::testing::IsEmpty());
  EXPECT_THAT(names(std::string("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhrelid IN ") + own_tables),
              ::testing::IsEmpty());
}

TEST(Catalogue, foreign_keys_are_immediate_and_pair_county_with_county) {
  EXPECT_THAT(names("SELECT conname::text FROM pg_constraint WHERE condeferrable"), ::testing::IsEmpty());
  EXPECT_THAT(names("SELECT conname::text FROM pg_constraint WHERE contype = 'f' AND (confdeltype NOT IN ('a', 'c') OR "
                    "confupdtype <> 'a')"),
              ::testing::IsEmpty());
  const std::set<std::string> county = tables_of("county");
  const Lease lease = testing::store().take();
  const Result keys = lease->run_text(
      "SELECT conname::text, conrelid::regclass::text, confrelid::regclass::text, "
      "(SELECT attname::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]), "
      "(SELECT attname::text FROM pg_attribute WHERE attrelid = confrelid AND attnum = confkey[1]) "
      "FROM pg_constraint WHERE contype = 'f'",
      "catalogue");
  EXPECT_GT(keys.size(), 5);
  for (const Row row : keys) {
    const auto [name, from, to, first, first_there] =
        row.as<std::string, std::string, std::string, std::string, std::string>();
    EXPECT_TRUE(county.contains(from) && county.contains(to)) << name;
    EXPECT_EQ(first, "county_code") << name;
    EXPECT_EQ(first_there, "county_code") << name;
  }
}

TEST(Catalogue, a_history_table_has_the_columns_of_its_table_and_when_it_was_superseded) {
  for (const char* table : {"place", "address", "building", "room", "plate", "plate_batch"}) {
    const std::string current(table);
    EXPECT_THAT(
        names("SELECT attname::text FROM pg_attribute WHERE attrelid = '" + current +
              "_history'::regclass AND attnum > 0 AND NOT attisdropped AND (attname, atttypid) NOT IN (SELECT attname, "
              "atttypid FROM pg_attribute WHERE attrelid = '" +
              current + "'::regclass)"),
        ::testing::ElementsAre("superseded_at"));
    EXPECT_THAT(
        names("SELECT attname::text FROM pg_attribute WHERE attrelid = '" + current +
              "'::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT IN (SELECT attname FROM pg_attribute "
              "WHERE attrelid = '" +
              current + "_history'::regclass)"),
        ::testing::IsEmpty());
  }
}

TEST(Catalogue, every_query_is_understood_by_the_server) {
  const Lease lease = testing::store().take();
  std::size_t prepared = 0;
  for (const Query* query : all_queries) {
    const std::string text = query->sql;
    // Utility statements cannot be prepared.
    if (!std::regex_search(text, std::regex("^(--[^\n]*\n|\\s)*(SELECT|INSERT|UPDATE|DELETE|WITH)\\b"))) continue;
    ++prepared;
    std::string name = query->name;
    std::replace(name.begin(), name.end(), '.', '_');
    try {
      lease->run_text("PREPARE t_" + name + " AS " + text, query->name);
    } catch (const Error& error) {
      ADD_FAILURE() << query->name << ": " << error.detail();
    }
  }
  EXPECT_GT(prepared, all_queries.size() * 3 / 4) << "most statements are no utility statements";
}

}  // namespace
}  // namespace menpai::store
