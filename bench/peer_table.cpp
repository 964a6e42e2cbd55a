// SPDX-License-Identifier: Apache-2.0
#include "bench/peer_table.hpp"

#include <cstdio>

#include "bench/clock.hpp"
#include "bench/measure.hpp"
#include "bench/peers.hpp"
#include "spine/town.hpp"

namespace menpai::bench {
namespace {

using address::Engine;
using address::Library;
constexpr std::size_t turn = 20;      ///< questions to a peer between two readings of the engine's own rate
constexpr double peer_budget_s = 60;  ///< CPU seconds after which a peer is asked no more

using KindCounts = std::array<std::size_t, kind_count>;

class PeerFeeder : public spine::TownSink {
 public:
  PeerFeeder(const std::vector<Peer*>& peers, const spine::TownDivisions& divisions)
      : m_peers(peers), m_divisions(divisions) {}
  void place(const spine::TownPlace&) override {}
  void building(const spine::TownBuilding&) override {}
  void address(const spine::TownAddress& town) override {
    if (town.code.empty()) return;
    const std::string text = spine::standard_text(town, m_divisions);
    for (Peer* peer : m_peers) peer->add(text, town.code);
  }

 private:
  const std::vector<Peer*>& m_peers;
  const spine::TownDivisions& m_divisions;
};

std::vector<std::unique_ptr<Peer>> make_peers(const DivisionSet& set, const Options& options) {
  std::vector<std::unique_ptr<Peer>> owned;
  owned.push_back(make_trigram_peer(std::filesystem::absolute(options.folder / "peer"),
                                    std::filesystem::absolute(options.program)));
  if (auto xapian = make_xapian_peer(options.folder)) owned.push_back(std::move(xapian));
  std::vector<Peer*> peers;
  for (const auto& peer : owned) peers.push_back(peer.get());
  const spine::TownDivisions divisions = spine::town_divisions(set);
  PeerFeeder feeder(peers, divisions);
  spine::TownOptions town;
  town.rooms = options.peer_rooms;
  spine::make_town(town, divisions, feeder);
  for (Peer* peer : peers) peer->build();
  return owned;
}

std::string shares_text(const KindCounts& right, const KindCounts& asked) {
  std::string text;
  for (std::size_t k = 0; k < 4; ++k) {
    char share[16];
    std::snprintf(share, sizeof share, "%s%.0f", k > 0 ? " / " : "",
                  100.0 * double(right[k]) / double(std::max<std::size_t>(1, asked[k])));
    text += share;
  }
  return text + " %";
}

const std::string& best_code(const Answer& answer) {
  return answer.candidates.empty() ? answer.code : answer.candidates.front().code;
}

}  // namespace

void print_peers(const Workload& workload, const DivisionSet& set, const Options& options) {
  const std::vector<std::unique_ptr<Peer>> peers = make_peers(set, options);
  const std::vector<const Asked*> questions = mix_of(workload, 200);
  // Two hundred texts are too few for a clock, and the same ones again would be remembered: the engine's rate is that
  // of many different texts of the same mix.
  const std::vector<std::string_view> many = texts_of(mix_of(workload, options.per_kind));
  std::vector<Answer> answers;
  const auto rate_now = [&] {
    Engine fresh(Library::open(workload.library));
    const double begin = thread_cpu_s();
    clean_all(fresh, many, answers);
    return double(many.size()) / (thread_cpu_s() - begin);
  };
  rate_now();

  KindCounts asked{}, engine_right{};
  Engine engine(Library::open(workload.library));
  Answer answer;
  for (const Asked* question : questions) {
    engine.clean(question->text, {}, answer);
    ++asked[static_cast<std::size_t>(question->kind)];
    engine_right[static_cast<std::size_t>(question->kind)] += best_code(answer) == question->code ? 1 : 0;
  }
  std::printf("\nPeers on the same 200 questions, %s rooms (R@1 by kind A / B / C / D)\n",
              grouped(double(workload.rooms)).c_str());
  for (const auto& peer : peers) {
    KindCounts right{}, told{};
    std::vector<double> ratios, rates;
    double spent_s = 0;
    for (std::size_t at = 0; at < questions.size() && spent_s < peer_budget_s; at += turn) {
      const double own = rate_now();
      peer->cpu_s();
      const std::size_t end = std::min(at + turn, questions.size());
      for (std::size_t i = at; i < end; ++i) {
        const auto kind = static_cast<std::size_t>(questions[i]->kind);
        ++told[kind];
        right[kind] += peer->find(questions[i]->text) == questions[i]->code ? 1 : 0;
      }
      const double seconds = std::max(peer->cpu_s(), 1e-3);
      spent_s += seconds;
      rates.push_back(double(end - at) / seconds);
      ratios.push_back(own / rates.back());
    }
    const Spread ratio = spread_of(ratios);
    std::printf("  %-10s %10.2f a CPU second, %s of %zu; the engine is %s times as fast (%s to %s)\n",
                peer->name().c_str(), spread_of(rates).median, shares_text(right, told).c_str(),
                std::min(questions.size(), ratios.size() * turn), grouped(ratio.median).c_str(),
                grouped(ratio.low).c_str(), grouped(ratio.high).c_str());
    note("times " + peer->name(), ratio.median);
  }
  std::printf("  %-10s %s\n", "Menpai", shares_text(engine_right, asked).c_str());
}

}  // namespace menpai::bench
