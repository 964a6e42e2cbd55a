// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "store/migrate.hpp"
#include "store/queries.hpp"
#include "store/store.hpp"
#include "support/test_database.hpp"

namespace menpai::store {
namespace {

TEST(Store, a_fresh_database_has_every_migration_and_a_second_run_changes_nothing) {
  const Lease lease = testing::store().take();
  for (const MigrationStep& step : migration_steps(*lease)) EXPECT_TRUE(step.is_applied) << step.title;
  EXPECT_FALSE(migration_files.empty());
  EXPECT_TRUE(migrate(*lease).empty());
}

}  // namespace
}  // namespace menpai::store
