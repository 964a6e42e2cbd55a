// SPDX-License-Identifier: Apache-2.0
#include "bench/clean_file.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <thread>

#include "base/error.hpp"
#include "bench/child.hpp"
#include "bench/clock.hpp"
#include "bench/measure.hpp"
#include "spine/random.hpp"

namespace menpai::bench {
namespace {

using address::Engine;
using address::Library;
constexpr int clean_rounds_max = 2;
constexpr std::size_t block = 8192;

/// Calls `give` with the texts of the list, some thousands at a time: the mix again and again, in another order each
/// time, so that what the engine remembers is no more than in a department's list.
template <class Give>
void each_block(const std::vector<const Asked*>& mix, std::uint64_t rows, const Give& give) {
  std::vector<const Asked*> order = mix;
  std::vector<std::string_view> texts;
  spine::Random random(17);
  for (std::uint64_t row = 0; row < rows;) {
    const std::size_t at = row % order.size();
    if (at == 0)
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    texts.clear();
    for (std::size_t i = at; i < order.size() && texts.size() < block && row < rows; ++i, ++row)
      texts.push_back(order[i]->text);
    give(texts);
  }
}

void write_list(const std::vector<const Asked*>& mix, std::uint64_t rows, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary);
  out << "序号,地址,备注\n";
  std::uint64_t number = 0;
  std::string lines;
  each_block(mix, rows, [&](const std::vector<std::string_view>& texts) {
    lines.clear();
    for (const std::string_view text : texts) {
      lines += std::to_string(++number) + ",\"";
      for (const char c : text) lines.append(c == '"' ? 2 : 1, c);
      lines += "\",原表\n";
    }
    out << lines;
  });
  if (!out.flush()) throw_errno("write " + file.string());
}

struct EngineCost {
  double wall_s = 0;
  double cpu_s = 0;
};

/// The engine alone: every thread takes the same share of the texts.
EngineCost engine_alone(const Workload& workload, const std::vector<const Asked*>& mix, std::uint64_t rows,
                        unsigned threads) {
  const auto library = Library::open(workload.library);
  const double cpu = process_cpu_s();
  const double wall = wall_s();
  const auto work = [&](std::uint64_t share) {
    Engine engine(library);
    std::vector<Answer> answers;
    each_block(mix, share, [&](const std::vector<std::string_view>& texts) { clean_all(engine, texts, answers); });
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(work, rows / threads);
  work(rows - rows / threads * (threads - 1));
  for (std::thread& other : others) other.join();
  return {wall_s() - wall, process_cpu_s() - cpu};
}

struct Form {
  const char* name;
  const char* ending;
};

}  // namespace

void print_clean_file(const Workload& workload, const Options& options) {
  const std::uint64_t rows = options.clean_rows;
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  const std::vector<const Asked*> mix = mix_of(workload, std::min<std::uint64_t>(rows, options.per_kind * 25));
  const std::filesystem::path list = options.folder / "clean-list.csv";
  const std::filesystem::path few = options.folder / "clean-few.csv";
  write_list(mix, rows, list);
  write_list(mix, rows / 10, few);
  std::printf("\nmenpai clean from file to file, %s rows of W1, %u threads, %s rooms, beside the engine alone\n",
              grouped(double(rows)).c_str(), threads, grouped(double(workload.rooms)).c_str());
  for (const Form& form : {Form{"CSV", ".csv"}, Form{"NDJSON", ".ndjson"}}) {
    const std::filesystem::path out = options.folder / (std::string("clean-out") + form.ending);
    const auto clean = [&](const std::filesystem::path& in) {
      return run_child(
          {options.program, "clean", "-q", "--column", "地址", "--library", workload.library, "-o", out, in});
    };
    std::vector<double> wall, cpu, rates, alone_rates;
    double memory_mb = 0;
    for (int round = 0; round < std::min(clean_rounds_max, options.rounds); ++round) {
      const EngineCost alone = engine_alone(workload, mix, rows, threads);
      const ChildCost whole = clean(list);
      wall.push_back(alone.wall_s / whole.wall_s);
      cpu.push_back(alone.cpu_s / whole.cpu_s);
      rates.push_back(double(rows) / whole.wall_s);
      alone_rates.push_back(double(rows) / alone.wall_s);
      memory_mb = std::max(memory_mb, whole.memory_mb);
    }
    const double out_mb = double(std::filesystem::file_size(out)) / 1e6;
    const double few_mb = clean(few).memory_mb;
    std::filesystem::remove(out);
    std::printf(
        "  CSV to %-7s %s rows a second; the engine alone %s; ratio %.2f by the clock, %.2f by CPU; %.0f MB out; "
        "memory %.0f MB, at a tenth of the rows %.0f MB\n",
        form.name, grouped(spread_of(rates).median).c_str(), grouped(spread_of(alone_rates).median).c_str(),
        spread_of(wall).median, spread_of(cpu).median, out_mb, memory_mb, few_mb);
    note(std::string("clean ratio clock ") + form.name, spread_of(wall).median);
    note(std::string("clean ratio CPU ") + form.name, spread_of(cpu).median);
    note(std::string("clean memory MB ") + form.name, memory_mb);
  }
  std::filesystem::remove(list);
  std::filesystem::remove(few);
}

}  // namespace menpai::bench
