// SPDX-License-Identifier: Apache-2.0
// The program: the command line on one side, the server on the other.
#include "cli/commands.hpp"
#include "http/serve.hpp"

int main(int argc, char** argv) {
  return menpai::cli::run(argc, argv, [](const menpai::cli::ServeOptions& options) {
    return menpai::http::serve(options.settings, options.config);
  });
}
