// SPDX-License-Identifier: Apache-2.0
#include "bench/reverse_peer.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>

#include "address/engine.hpp"
#include "bench/child.hpp"
#include "bench/clock.hpp"
#include "bench/measure.hpp"
#include "geo/geometry.hpp"
#include "spine/random.hpp"
#include "spine/town.hpp"
#include "store/cluster.hpp"
#include "store/connection.hpp"

namespace menpai::bench {
namespace {

using address::Engine;
using address::Library;
constexpr double reach_m = 200;
constexpr std::size_t asked_of_peer = 2000;

constexpr store::Query create_extension{"bench.create_postgis", "CREATE EXTENSION IF NOT EXISTS postgis"};
constexpr store::Query drop_table{"bench.drop_points", "DROP TABLE IF EXISTS bench_point"};
constexpr store::Query create_table{"bench.create_points",
                                    "CREATE UNLOGGED TABLE bench_point (lon float8, lat float8, code text, "
                                    "geom geometry(Point, 4490) GENERATED ALWAYS AS "
                                    "(ST_SetSRID(ST_MakePoint(lon, lat), 4490)) STORED)"};
constexpr store::Query copy_rows{"bench.copy_points", "COPY bench_point (lon, lat, code) FROM STDIN (FORMAT binary)"};
constexpr store::Query create_index{"bench.index_points",
                                    "CREATE INDEX bench_point_geom ON bench_point USING gist (geom)"};
constexpr store::Query analyze{"bench.analyze_points", "ANALYZE bench_point"};
constexpr store::Query backend{"bench.backend", "SELECT pg_backend_pid()"};
constexpr store::Query find_nearest{
    "bench.find_nearest",
    "SELECT lon, lat FROM bench_point ORDER BY geom <-> ST_SetSRID(ST_MakePoint($1, $2), 4490) LIMIT 1"};

/// Copies what stands at a place of its own: numbers and buildings.
class PointFeeder : public spine::TownSink {
 public:
  explicit PointFeeder(store::CopyIn& copy) : m_copy(copy) {}
  void place(const spine::TownPlace&) override {}
  void building(const spine::TownBuilding&) override {}
  void address(const spine::TownAddress& town) override {
    if (town.level != Level::number && town.level != Level::building) return;
    m_copy.row(town.point.lon, town.point.lat, town.code);
    ++count;
  }
  std::uint64_t count = 0;

 private:
  store::CopyIn& m_copy;
};

/// Points beside addresses, as somebody in the street would ask.
std::vector<geo::LonLat> points_near(const Workload& workload, Engine& engine, std::size_t count) {
  std::vector<geo::LonLat> near;
  spine::Random random(3);
  Answer answer;
  for (const std::string& text : workload.standard) {
    if (near.size() >= count) break;
    engine.clean(text, {}, answer);
    if (answer.point)
      near.push_back({answer.point->lon + random.real(-3e-4, 3e-4), answer.point->lat + random.real(-3e-4, 3e-4)});
  }
  return near;
}

class PostgisPeer {
 public:
  PostgisPeer(const Workload& workload, const DivisionSet& set, const Options& options)
      : m_cluster(store::Cluster::open(std::filesystem::absolute(options.folder / "peer"),
                                       std::filesystem::absolute(options.program))),
        m_connection(store::Connection::open(m_cluster->endpoint(), std::chrono::seconds(60))) {
    m_connection->run(create_extension);
    m_connection->run(drop_table);
    m_connection->run(create_table);
    store::CopyIn copy(*m_connection, copy_rows);
    PointFeeder feeder(copy);
    spine::TownOptions town;
    town.rooms = workload.asked_rooms;
    spine::make_town(town, spine::town_divisions(set), feeder);
    copy.finish();
    m_connection->run(create_index);
    m_connection->run(analyze);
    m_pid = m_connection->run(backend)[0].get<std::int32_t>(0);
    points = feeder.count;
  }
  ~PostgisPeer() { m_connection->run(drop_table); }
  PostgisPeer(const PostgisPeer&) = delete;
  PostgisPeer& operator=(const PostgisPeer&) = delete;

  geo::LonLat nearest(const geo::LonLat& at) {
    const store::Result result = m_connection->run(find_nearest, at.lon, at.lat);
    return {result[0].get<double>(0), result[0].get<double>(1)};
  }
  /// The server's and this thread's since the last call.
  double cpu_s() {
    const double now = thread_cpu_s() + cpu_of(m_pid);
    const double since = now - m_before;
    m_before = now;
    return since;
  }
  std::uint64_t points = 0;

 private:
  std::unique_ptr<store::Cluster> m_cluster;
  std::unique_ptr<store::Connection> m_connection;
  std::int32_t m_pid = 0;
  double m_before = 0;
};

}  // namespace

void print_reverse(const Workload& workload, const DivisionSet& set, const Options& options) {
  Engine engine(Library::open(workload.library));
  const std::vector<geo::LonLat> near = points_near(workload, engine, options.per_kind);
  if (near.empty()) return;
  std::vector<address::Nearest> found(near.size());
  const auto own_rate = [&] {
    const double begin = thread_cpu_s();
    engine.reverse(near, reach_m, found);
    return double(near.size()) / (thread_cpu_s() - begin);
  };
  own_rate();
  std::vector<double> rates, peer_rates, ratios;
  const auto peer = options.peer_rooms > 0 ? std::make_unique<PostgisPeer>(workload, set, options) : nullptr;
  std::size_t asked = 0, same = 0;
  for (int round = 0; round < options.rounds; ++round) {
    rates.push_back(own_rate());
    if (!peer) continue;
    peer->cpu_s();
    const std::size_t first = asked;
    for (; asked < first + asked_of_peer / std::size_t(options.rounds) && asked < near.size(); ++asked) {
      const double distance_m = geo::distance_m(near[asked], peer->nearest(near[asked]));
      same += found[asked].found() && std::abs(distance_m - found[asked].distance_m) < 1 ? 1 : 0;
    }
    if (asked == first) break;
    peer_rates.push_back(double(asked - first) / std::max(peer->cpu_s(), 1e-3));
    ratios.push_back(rates.back() / peer_rates.back());
  }
  const Spread rate = spread_of(rates);
  std::printf("\nW10 nearest address, %s rooms: %s points a CPU second (%s to %s)\n",
              grouped(double(workload.rooms)).c_str(), grouped(rate.median).c_str(), grouped(rate.low).c_str(),
              grouped(rate.high).c_str());
  note("rate reverse", rate.median);
  if (!peer || ratios.empty()) return;
  const Spread ratio = spread_of(ratios);
  std::printf(
      "  PostGIS, index over %s points: %s a CPU second; the engine is %s times as fast (%s to %s); the same "
      "distance within a metre for %.1f %% of %zu points\n",
      grouped(double(peer->points)).c_str(), grouped(spread_of(peer_rates).median).c_str(),
      grouped(ratio.median).c_str(), grouped(ratio.low).c_str(), grouped(ratio.high).c_str(),
      100.0 * double(same) / double(asked), asked);
  note("times PostGIS", ratio.median);
}

}  // namespace menpai::bench
