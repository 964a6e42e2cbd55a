// SPDX-License-Identifier: Apache-2.0
#include "bench/run.hpp"

#include <cstdio>

namespace menpai::bench {
namespace {

std::string g_figures;

}  // namespace

void note(const std::string& name, double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6g", value);
  g_figures +=
      (g_figures.empty() ? "" : ",\n") + std::string("  {\"name\": \"") + name + "\", \"value\": " + text + "}";
}

const std::string& noted() {
  return g_figures;
}

}  // namespace menpai::bench
