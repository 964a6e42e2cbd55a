// SPDX-License-Identifier: Apache-2.0
// The address engine against its workloads and its peers: prints tables, writes JSON. No figure is a pass mark: what
// counts are the ratios within one run, and the shares that were right.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <span>
#include <thread>

#include "address/engine.hpp"
#include "bench/clean_file.hpp"
#include "bench/clock.hpp"
#include "bench/cold.hpp"
#include "bench/counted.hpp"
#include "bench/measure.hpp"
#include "bench/national.hpp"
#include "bench/overlay.hpp"
#include "bench/peer_table.hpp"
#include "bench/reverse_peer.hpp"
#include "bench/right.hpp"
#include "bench/run.hpp"
#include "bench/workload.hpp"
#include "spine/division_source.hpp"
#include "spine/town.hpp"

namespace {

using namespace menpai;
using namespace menpai::bench;
using address::Engine;
using address::Library;

// --- How fast -------------------------------------------------------------------------------------------------------

struct Subject {
  std::string name;
  const Workload* workload;
  std::vector<std::string_view> texts;
  std::shared_ptr<Engine> engine;
};

std::vector<std::string_view> half_doubled(std::span<const std::string_view> texts) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    out.push_back(texts[i]);
    out.push_back(texts[i / 2]);
  }
  return out;
}

void print_speed(const std::vector<Workload>& workloads, const Options& options) {
  std::vector<Subject> subjects;
  for (const Workload& workload : workloads) {
    const auto library = Library::open(workload.library);
    const std::string size = grouped(double(workload.rooms)) + " rooms: ";
    const auto add = [&](const std::string& name, std::vector<std::string_view> texts) {
      if (!texts.empty())
        subjects.push_back({size + name, &workload, std::move(texts), std::make_shared<Engine>(library)});
    };
    const std::vector<std::string_view> mix = texts_of(mix_of(workload, options.per_kind * 2));
    add("W1 mix", mix);
    add("W2 typos", texts_of(workload.asked[static_cast<std::size_t>(Kind::typo)]));
    add("W3 half doubled", half_doubled(texts_of(workload.asked[static_cast<std::size_t>(Kind::exact)])));
    for (int k = 0; k < kind_count; ++k)
      add(kind_names[static_cast<std::size_t>(k)], texts_of(workload.asked[static_cast<std::size_t>(k)]));
  }
  std::vector<Answer> answers;
  std::vector<std::function<void()>> runs;
  // A fresh engine each round: what an engine remembers of earlier texts is of this round only.
  for (Subject& subject : subjects) {
    runs.push_back([&] {
      Engine engine = Engine(Library::open(subject.workload->library));
      clean_all(engine, subject.texts, answers);
    });
  }
  const std::vector<std::vector<double>> taken = run_rounds(runs, options.rounds);
  std::printf("\nSpeed: addresses a CPU second, one core (median; quartiles)\n");
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    std::vector<double> rates;
    for (const double seconds : taken[i]) rates.push_back(double(subjects[i].texts.size()) / seconds);
    const Spread rate = spread_of(rates);
    std::printf("  %-36s %12s   (%s to %s)\n", subjects[i].name.c_str(), grouped(rate.median).c_str(),
                grouped(rate.low).c_str(), grouped(rate.high).c_str());
    note("rate " + subjects[i].name, rate.median);
  }
  const std::size_t step = subjects.size() / std::max<std::size_t>(1, workloads.size());
  for (std::size_t w = 1; w < workloads.size(); ++w) {
    // taken: seconds for equally many texts.
    const Spread ratio = ratio_of(taken[w * step], taken[(w - 1) * step]);
    std::printf("  W1 at %s against %s rooms: %.2f times the cost (%.2f to %.2f)\n",
                grouped(double(workloads[w].rooms)).c_str(), grouped(double(workloads[w - 1].rooms)).c_str(),
                ratio.median, ratio.low, ratio.high);
    note("W1 cost " + std::to_string(workloads[w].rooms) + " / " + std::to_string(workloads[w - 1].rooms),
         ratio.median);
  }
}

void print_two_cores(const Workload& workload, const Options& options) {
  const std::vector<std::string_view> texts = texts_of(mix_of(workload, options.per_kind * 4));
  const auto library = Library::open(workload.library);
  const auto work = [&] {
    Engine engine(library);
    std::vector<Answer> answers;
    clean_all(engine, texts, answers);
  };
  std::vector<double> ratios;
  work();
  for (int round = 0; round < options.rounds; ++round) {
    double begin = wall_s();
    work();
    const double one = wall_s() - begin;
    begin = wall_s();
    std::thread other(work);
    work();
    other.join();
    ratios.push_back(2 * one / (wall_s() - begin));
  }
  const Spread ratio = spread_of(ratios);
  std::printf("  two cores at %s rooms: %.2f times one (%.2f to %.2f; wall time)\n",
              grouped(double(workload.rooms)).c_str(), ratio.median, ratio.low, ratio.high);
  note("two cores / one", ratio.median);
}

// --- Hostile texts --------------------------------------------------------------------------------------------------

void print_hostile(const Workload& workload, const Options& options) {
  Engine engine(Library::open(workload.library));
  const std::vector<std::string_view> mix = texts_of(mix_of(workload, options.per_kind));
  std::vector<Answer> answers;
  const std::vector<std::vector<double>> taken = run_rounds({[&] {
                                                              Engine fresh(Library::open(workload.library));
                                                              clean_all(fresh, mix, answers);
                                                            }},
                                                            3);
  const double mix_rate = double(mix.size()) / spread_of(taken[0]).median;
  const std::string& plain = workload.asked[0].front().text;
  const auto repeated = [](std::string_view piece, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += piece;
    return out;
  };
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"500 Han characters", repeated("港口镇华", 125)},
      {"500 digits", repeated("12345", 100)},
      {"100,000 commas", repeated(",", 100'000)},
      {"250 times 栋", repeated("3栋", 250)},
      {"40 addresses in one", repeated(plain + "；", 40)},
      {"4,096 unknown characters", repeated("𠮷", 4096)},
      {"one character", "路"},
      {"name of many", "一巷1号"},
  };
  std::printf("\nHostile texts, against the mean of W1 (%s rooms)\n", grouped(double(workload.rooms)).c_str());
  Answer answer;
  for (const auto& [name, text] : texts) {
    double best = 1e9;
    for (int i = 0; i < 9; ++i) {
      // Another blank each time: nothing is remembered from the time before.
      const std::string fresh = text + std::string(static_cast<std::size_t>(i), ' ');
      const double begin = thread_cpu_s();
      engine.clean(fresh, {}, answer);
      best = std::min(best, thread_cpu_s() - begin);
    }
    std::printf("  %-28s %10.1f us  %8.1f times\n", name.c_str(), best * 1e6, best * mix_rate);
    note("hostile " + name, best * mix_rate);
  }
}

// --- Typing ahead ---------------------------------------------------------------------------------------------------

void print_suggest(const Workload& workload) {
  Engine engine(Library::open(workload.library));
  std::vector<Engine::Suggestion> found;
  std::vector<double> taken;
  address::Query query;
  query.top = 10;
  for (std::size_t i = 0; i < std::min<std::size_t>(4000, workload.standard.size()); ++i) {
    const std::string& whole = workload.standard[i];
    const std::size_t prefix = std::string_view("广东省中山市港口镇").size();
    if (whole.size() <= prefix) continue;
    for (std::size_t chars = 1; chars <= 8 && prefix + 3 * chars <= whole.size(); ++chars) {
      std::string typed = whole.substr(prefix, 3 * chars);
      while (!typed.empty() && (static_cast<unsigned char>(whole[prefix + typed.size()]) & 0xC0U) == 0x80U)
        typed.pop_back();
      const double begin = wall_s();
      engine.suggest(typed, query, found);
      taken.push_back(wall_s() - begin);
    }
  }
  std::sort(taken.begin(), taken.end());
  const auto at = [&](double share) { return taken[static_cast<std::size_t>(share * double(taken.size() - 1))] * 1e6; };
  std::printf("\nW9 type-ahead, %s rooms: %zu keystrokes, service time p50 %.1f us, p99 %.1f us, p99.9 %.1f us\n",
              grouped(double(workload.rooms)).c_str(), taken.size(), at(0.5), at(0.99), at(0.999));
  note("suggest p99 us", at(0.99));
}

// --- Opening --------------------------------------------------------------------------------------------------------

void print_file(const Workload& workload, double divisions_bytes) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const double begin = wall_s();
    const auto library = Library::open(workload.library);
    best = std::min(best, wall_s() - begin);
  }
  const double bytes = double(std::filesystem::file_size(workload.library));
  const auto facts = Library::open(workload.library)->facts();
  std::printf(
      "\n%s rooms: %s addresses, file %.1f MB, of which the nation's divisions %.1f MB; %.2f bytes an address without "
      "them; opened in %.2f ms\n",
      grouped(double(workload.rooms)).c_str(), grouped(double(facts.addresses)).c_str(), bytes / 1e6,
      divisions_bytes / 1e6, (bytes - divisions_bytes) / double(facts.addresses), best * 1e3);
  note("bytes an address " + std::to_string(workload.rooms), (bytes - divisions_bytes) / double(facts.addresses));
  note("open ms " + std::to_string(workload.rooms), best * 1e3);
  if (workload.wall_s > 0) {
    std::printf("  built: reading %.1f s, writing %.1f s of CPU; %.1f s in all by the clock\n", workload.read_cpu_s,
                workload.write_cpu_s, workload.wall_s);
    note("build wall s " + std::to_string(workload.rooms), workload.wall_s);
  }
}

// --- Divisions only -------------------------------------------------------------------------------------------------

void print_divisions(const DivisionSet& set, const Options& options) {
  const auto library = Library::open(make_divisions_library(options.folder, set));
  const std::vector<std::string> texts = national_texts(set, options.per_kind);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::vector<Answer> answers;
  const std::vector<std::vector<double>> taken = run_rounds({[&] {
                                                              Engine engine(library);
                                                              divide_all(engine, views, answers);
                                                            }},
                                                            options.rounds);
  std::vector<double> rates;
  for (const double seconds : taken[0]) rates.push_back(double(texts.size()) / seconds);
  const Spread rate = spread_of(rates);
  std::printf("\nDivisions only: %s addresses a CPU second (%s to %s)\n", grouped(rate.median).c_str(),
              grouped(rate.low).c_str(), grouped(rate.high).c_str());
  note("rate divisions only", rate.median);
}

// --- All of it ------------------------------------------------------------------------------------------------------

/// A part of the benchmark: once, with the largest town, or for each town.
struct Section {
  const char* name;
  std::function<void()> run;
};

/// Peers get a town of their own size, which may be one of those at hand.
void print_peers_of(const std::vector<Workload>& workloads, const DivisionSet& set, const Options& options) {
  if (options.peer_rooms == 0) return;
  const auto same = std::find_if(workloads.begin(), workloads.end(),
                                 [&](const Workload& w) { return w.asked_rooms == options.peer_rooms; });
  if (same != workloads.end()) return print_peers(*same, set, options);
  print_peers(make_workload(options.folder, set, options.peer_rooms, 1, options.per_kind, false), set, options);
}

std::vector<Section> sections_of(const std::vector<Workload>& workloads, const DivisionSet& set, const Options& options,
                                 const std::filesystem::path& self) {
  const Workload& largest = workloads.back();
  const auto each = [&workloads](const auto& print) {
    return [&workloads, print] {
      for (const Workload& workload : workloads) print(workload);
    };
  };
  const auto divisions_bytes = double(std::filesystem::file_size(make_divisions_library(options.folder, set)));
  return {
      {"file", each([&, divisions_bytes, self](const Workload& workload) {
         print_file(workload, divisions_bytes);
         print_cold(workload, self);
       })},
      {"right", each([](const Workload& workload) { print_right(workload); })},
      {"flat", [&] { print_flat_list(set, options); }},
      {"speed", [&] { print_speed(workloads, options); }},
      {"divisions", [&] { print_divisions(set, options); }},
      {"cores", [&] { print_two_cores(largest, options); }},
      {"hostile", [&] { print_hostile(largest, options); }},
      {"suggest", [&] { print_suggest(largest); }},
      {"reverse", [&] { print_reverse(largest, set, options); }},
      {"overlay", [&] { print_overlay(workloads, options); }},
      {"clean", [&] { print_clean_file(largest, options); }},
      {"peers", [&] { print_peers_of(workloads, set, options); }},
  };
}

int run(const Options& options, const std::filesystem::path& self) {
  std::filesystem::create_directories(options.folder);
  if (!options.first_answer.empty()) return answer_first(options.library, options.first_answer);
  if (!options.instructions.empty()) return answer_counted(options.folder, options.instructions);
  const DivisionSet set = spine::load_division_packages(options.packages, options.rules);
  if (options.prepare) return prepare_counted(options.folder, set, options.per_kind);
  std::printf("Controls before: %s\n", controls_text(read_controls()).c_str());
  std::vector<Workload> workloads;
  for (const std::uint64_t rooms : options.rooms)
    workloads.push_back(make_workload(options.folder, set, rooms, 1, options.per_kind, options.build_anew));
  for (const Section& section : sections_of(workloads, set, options, self)) {
    const bool wanted =
        options.only.empty() || std::find(options.only.begin(), options.only.end(), section.name) != options.only.end();
    if (wanted) section.run();
    std::fflush(stdout);
  }
  std::printf("\nControls after:  %s\n", controls_text(read_controls()).c_str());
  if (!options.json.empty()) std::ofstream(options.json) << "[\n" << noted() << "\n]\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a long run shows what it has
  Options options;
  CLI::App app("The address engine against its workloads and its peers.");
  app.add_option("--rooms", options.rooms, "Sizes of the town")->delimiter(',');
  app.add_option("--peers", options.peer_rooms, "Rooms that the peers get; 0: no peers");
  app.add_option("--texts", options.per_kind, "Texts of each kind");
  app.add_option("--rounds", options.rounds, "Rounds");
  app.add_option("--folder", options.folder, "Where the libraries are kept");
  app.add_option("--packages", options.packages, "Folder node_modules with the divisions");
  app.add_option("--rules", options.rules, "Folder rules");
  app.add_option("--program", options.program, "The menpai binary, for the private database");
  app.add_option("--json", options.json, "File for the figures");
  app.add_option("--clean-rows", options.clean_rows, "Rows of the list that `menpai clean` gets");
  app.add_option("--only", options.only,
                 "Parts: file, right, flat, speed, divisions, cores, hostile, suggest, reverse, clean, peers")
      ->delimiter(',');
  app.add_option("--first-answer", options.first_answer, "Only answer this text, from --library, and say how long");
  app.add_option("--library", options.library, "A library file, for --first-answer");
  app.add_option("--instructions", options.instructions, "Only answer the prepared texts of one kind (none: no text)");
  app.add_flag("--prepare", options.prepare, "Only prepare the texts for --instructions");
  app.add_flag("--build-anew", options.build_anew, "Build the libraries even if they are there");
  CLI11_PARSE(app, argc, argv);
  try {
    return run(options, std::filesystem::canonical("/proc/self/exe"));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
