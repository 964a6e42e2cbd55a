// SPDX-License-Identifier: Apache-2.0
// menpai cluster: not for people; the process that holds the private database.
#include "app/operation.hpp"
#include "cli/commands.hpp"

namespace menpai::cli {

int run_cluster(const ClusterOptions& options) {
  return app::run_cluster_supervisor(options.data_dir);
}

}  // namespace menpai::cli
