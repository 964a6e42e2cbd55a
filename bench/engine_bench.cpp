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
#include "bench/clock.hpp"
#include "bench/counted.hpp"
#include "bench/measure.hpp"
#include "bench/national.hpp"
#include "bench/peer_table.hpp"
#include "bench/run.hpp"
#include "bench/workload.hpp"
#include "spine/division_source.hpp"
#include "spine/random.hpp"
#include "spine/town.hpp"

namespace {

using namespace menpai;
using namespace menpai::bench;
using address::Engine;
using address::Library;

// --- How right ------------------------------------------------------------------------------------------------------

struct Right {
  std::size_t asked = 0, right = 0, wrong = 0, held = 0, none = 0, first = 0, a = 0, a_wrong = 0;
};

struct Decile {
  std::size_t count = 0, right = 0;
  double score = 0;
};

void print_right(const Workload& workload, const std::string& name) {
  Engine engine(Library::open(workload.library));
  std::array<Decile, 10> deciles{};
  std::printf("\n%s: how right (shares in %%)\n%-16s %8s %8s %8s %8s %8s %8s %9s\n", name.c_str(), "kind", "asked",
              "right", "wrong", "held", "none", "R@1", "A wrong");
  std::vector<Answer> answers;
  for (int k = 0; k < kind_count; ++k) {
    Right r;
    const std::vector<Asked>& asked = workload.asked[static_cast<std::size_t>(k)];
    Answer answer;
    for (const Asked& one : asked) {
      engine.clean(one.text, {}, answer);
      ++r.asked;
      const bool is_right = !one.code.empty() && answer.code == one.code;
      const std::string& best = answer.candidates.empty() ? answer.code : answer.candidates.front().code;
      if (!one.code.empty() && best == one.code) ++r.first;
      if (answer.grade == Grade::a) ++r.a, r.a_wrong += is_right ? 0 : 1;
      if (answer.grade == Grade::none) {
        ++r.none;
      } else if (answer.grade == Grade::c) {
        ++r.held;
      } else if (is_right) {
        ++r.right;
      } else {
        ++r.wrong;
      }
      if (answer.grade != Grade::none) {
        Decile& decile = deciles[std::min<std::size_t>(9, static_cast<std::size_t>(answer.score * 10))];
        ++decile.count;
        decile.score += answer.score;
        // Of an address that there is not, the score speaks of what there is of it: the building, the road.
        const bool is_part = one.code.empty() && answer.level < Level::room && one.address.starts_with(answer.address);
        decile.right += is_part || (!one.code.empty() && best == one.code) ? 1 : 0;
      }
    }
    if (r.asked == 0) continue;
    const auto share = [&](std::size_t n) { return 100.0 * double(n) / double(r.asked); };
    std::printf("%-16s %8zu %8.2f %8.2f %8.2f %8.2f %8.2f %5zu/%zu\n", kind_names[static_cast<std::size_t>(k)], r.asked,
                share(r.right), share(r.wrong), share(r.held), share(r.none), share(r.first), r.a_wrong, r.a);
    note(name + " R@1 " + kind_names[static_cast<std::size_t>(k)], share(r.first));
    note(name + " wrong " + kind_names[static_cast<std::size_t>(k)], share(r.wrong));
  }
  std::printf("\n%s: reliability (all kinds)\n%-10s %8s %10s %10s %8s\n", name.c_str(), "score", "answers",
              "mean score", "right %", "off by");
  for (std::size_t i = 0; i < deciles.size(); ++i) {
    const Decile& d = deciles[i];
    if (d.count == 0) continue;
    const double mean = 100 * d.score / double(d.count);
    const double right = 100.0 * double(d.right) / double(d.count);
    std::printf("%.1f-%.1f    %8zu %10.1f %10.1f %+8.1f\n", double(i) / 10, double(i + 1) / 10, d.count, mean, right,
                right - mean);
  }
}

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

void print_speed(const std::vector<Workload>& workloads, const Options& options, std::vector<double>& mix_rates) {
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
    if (subjects[i].name.ends_with("W1 mix")) mix_rates.push_back(rate.median);
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

void print_hostile(const Workload& workload, double mix_rate) {
  Engine engine(Library::open(workload.library));
  const std::string& plain = workload.asked[0].front().text;
  std::string rows;
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

// --- The nearest address --------------------------------------------------------------------------------------------

void print_reverse(const Workload& workload, const Options& options) {
  const auto library = Library::open(workload.library);
  Engine engine(library);
  Answer answer;
  std::vector<geo::LonLat> near;
  spine::Random random(3);
  for (const std::string& text : workload.standard) {
    if (near.size() >= options.per_kind) break;
    engine.clean(text, {}, answer);
    if (answer.point)
      near.push_back({answer.point->lon + random.real(-3e-4, 3e-4), answer.point->lat + random.real(-3e-4, 3e-4)});
  }
  if (near.empty()) return;
  std::vector<address::Nearest> found(near.size());
  const std::vector<std::vector<double>> taken =
      run_rounds({[&] { engine.reverse(near, 200, found); }}, options.rounds);
  std::vector<double> rates;
  for (const double seconds : taken[0]) rates.push_back(double(near.size()) / seconds);
  const Spread rate = spread_of(rates);
  std::printf("\nW10 nearest address, %s rooms: %s points a CPU second (%s to %s)\n",
              grouped(double(workload.rooms)).c_str(), grouped(rate.median).c_str(), grouped(rate.low).c_str(),
              grouped(rate.high).c_str());
  note("rate reverse", rate.median);
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
                                                              clean_all(engine, views, answers);
                                                            }},
                                                            options.rounds);
  std::vector<double> rates;
  for (const double seconds : taken[0]) rates.push_back(double(texts.size()) / seconds);
  const Spread rate = spread_of(rates);
  std::printf("\nDivisions only: %s addresses a CPU second (%s to %s)\n", grouped(rate.median).c_str(),
              grouped(rate.low).c_str(), grouped(rate.high).c_str());
  note("rate divisions only", rate.median);
}

int run(const Options& options) {
  std::filesystem::create_directories(options.folder);
  if (!options.instructions.empty()) return answer_counted(options.folder, options.instructions);
  const DivisionSet set = spine::load_division_packages(options.packages, options.rules);
  if (options.prepare) return prepare_counted(options.folder, set, options.per_kind);
  std::printf("Controls before: %s\n", controls_text(read_controls()).c_str());
  const auto divisions_bytes = double(std::filesystem::file_size(make_divisions_library(options.folder, set)));
  std::vector<Workload> workloads;
  for (const std::uint64_t rooms : options.rooms)
    workloads.push_back(make_workload(options.folder, set, rooms, 1, options.per_kind, options.build_anew));
  for (const Workload& workload : workloads) print_file(workload, divisions_bytes);
  for (const Workload& workload : workloads) print_right(workload, grouped(double(workload.rooms)) + " rooms");
  std::vector<double> mix_rates;
  print_speed(workloads, options, mix_rates);
  print_divisions(set, options);
  print_two_cores(workloads.back(), options);
  print_hostile(workloads.back(), mix_rates.back());
  print_suggest(workloads.back());
  print_reverse(workloads.back(), options);
  if (options.peer_rooms > 0) {
    const auto same = std::find_if(workloads.begin(), workloads.end(), [&](const Workload& w) {
      return w.library.filename() == "town-" + std::to_string(options.peer_rooms) + "-1.mpl";
    });
    if (same != workloads.end()) {
      print_peers(*same, set, options);
    } else {
      print_peers(make_workload(options.folder, set, options.peer_rooms, 1, options.per_kind, false), set, options);
    }
  }
  std::printf("\nControls after:  %s\n", controls_text(read_controls()).c_str());
  if (!options.json.empty()) std::ofstream(options.json) << "[\n" << noted() << "\n]\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
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
  app.add_option("--instructions", options.instructions, "Only answer the prepared texts of one kind (none: no text)");
  app.add_flag("--prepare", options.prepare, "Only prepare the texts for --instructions");
  app.add_flag("--build-anew", options.build_anew, "Build the libraries even if they are there");
  CLI11_PARSE(app, argc, argv);
  try {
    return run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
