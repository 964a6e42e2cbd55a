// SPDX-License-Identifier: Apache-2.0
#include "bench/counted.hpp"

#include <cstdio>
#include <fstream>
#include <vector>

#include "address/engine.hpp"
#include "bench/national.hpp"
#include "bench/workload.hpp"

namespace menpai::bench {
namespace {

constexpr std::uint64_t rooms = 60'000;
constexpr std::array<const char*, kind_count> names = {"exact", "format",    "missing",
                                                       "typo",  "ambiguous", "nonexistent"};

std::filesystem::path texts_file(const std::filesystem::path& folder, const std::string& kind) {
  return folder / ("counted-" + kind + ".txt");
}

}  // namespace

int prepare_counted(const std::filesystem::path& folder, const DivisionSet& set, std::size_t per_kind) {
  const Workload workload = make_workload(folder, set, rooms, 1, per_kind, true);
  std::filesystem::rename(workload.library, folder / "counted.mpl");
  for (std::size_t k = 0; k < kind_count; ++k) {
    std::ofstream out(texts_file(folder, names[k]));
    for (const Asked& asked : workload.asked[k]) out << asked.text << '\n';
  }
  make_divisions_library(folder, set);
  std::ofstream national(texts_file(folder, "divisions"));
  for (const std::string& text : national_texts(set, per_kind)) national << text << '\n';
  // One text, so that what is made at the first question is not counted to any kind.
  std::ofstream(texts_file(folder, "none")) << "港口镇\n";
  return 0;
}

int answer_counted(const std::filesystem::path& folder, const std::string& kind) {
  std::ifstream in(texts_file(folder, kind));
  if (!in) {
    std::fprintf(stderr, "There are no prepared texts \"%s\". Run with --prepare first.\n", kind.c_str());
    return 1;
  }
  std::vector<std::string> texts;
  for (std::string line; std::getline(in, line);) texts.push_back(line);
  address::Engine engine(address::Library::open(folder / (kind == "divisions" ? "divisions.mpl" : "counted.mpl")));
  Answer answer;
  std::size_t letters = 0;
  for (const std::string& text : texts) {
    kind == "divisions" ? engine.divide(text, {}, answer) : engine.clean(text, {}, answer);
    letters += answer.address.size();
  }
  std::printf("%zu texts, %zu letters\n", texts.size(), letters);
  return 0;
}

}  // namespace menpai::bench
