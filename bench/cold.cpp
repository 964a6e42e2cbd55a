// SPDX-License-Identifier: Apache-2.0
#include "bench/cold.hpp"

#include <cstdio>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/child.hpp"
#include "bench/clock.hpp"
#include "bench/measure.hpp"

namespace menpai::bench {
namespace {

constexpr int cold_rounds = 5;

/// How many megabytes of the file the kernel has in memory. `drop`: after taking it out (others may have it mapped).
double resident_mb(const std::filesystem::path& file, bool drop) {
  const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  if (drop) {
    fsync(fd);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
  }
  const auto size = static_cast<std::size_t>(std::filesystem::file_size(file));
  void* const map = mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  if (map == MAP_FAILED) return 0;
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  std::vector<unsigned char> there((size + page - 1) / page);
  mincore(map, size, there.data());
  munmap(map, size);
  std::size_t kept = 0;
  for (const unsigned char one : there) kept += one & 1U;
  return double(kept * page) / 1e6;
}

}  // namespace

int answer_first(const std::filesystem::path& library, const std::string& text) {
  const double begin = wall_s();
  address::Engine engine(address::Library::open(library));
  const double opened = wall_s();
  Answer answer;
  engine.clean(text, {}, answer);
  const double answered = wall_s();
  std::printf("%.4f %.4f %s\n", (opened - begin) * 1e3, (answered - begin) * 1e3, answer.code.c_str());
  return answer.code.empty() ? 1 : 0;
}

void print_cold(const Workload& workload, const std::filesystem::path& self) {
  std::vector<double> opened, answered, whole, cpu, read_mb;
  double kept_mb = 0;
  for (int round = 0; round < cold_rounds; ++round) {
    const std::vector<Asked>& exact = workload.asked[0];
    const double before_mb = resident_mb(workload.library, true);
    kept_mb = std::max(kept_mb, before_mb);
    const ChildCost cost = run_child({self, "--first-answer", exact[exact.size() / 7 * (round + 1) % exact.size()].text,
                                      "--library", workload.library});
    double open_ms = 0;
    double answer_ms = 0;
    if (std::sscanf(cost.output.c_str(), "%lf %lf", &open_ms, &answer_ms) != 2) continue;
    opened.push_back(open_ms);
    answered.push_back(answer_ms);
    whole.push_back(cost.wall_s * 1e3);
    cpu.push_back(cost.cpu_s * 1e3);
    read_mb.push_back(resident_mb(workload.library, false) - before_mb);
  }
  std::printf(
      "  cold (%.1f MB of it still in memory): opened in %.1f ms, first answer after %.1f ms (%.1f to %.1f), the "
      "whole process %.1f ms by the clock, %.1f ms of CPU; %.1f MB were read for it\n",
      kept_mb, spread_of(opened).median, spread_of(answered).median, spread_of(answered).low, spread_of(answered).high,
      spread_of(whole).median, spread_of(cpu).median, spread_of(read_mb).median);
  note("cold first answer ms " + std::to_string(workload.rooms), spread_of(answered).median);
}

}  // namespace menpai::bench
