// SPDX-License-Identifier: Apache-2.0
// The peer with PostgreSQL's trigram index, in a private cluster of its own.
#include "address/text/normalise.hpp"
#include "base/utf8.hpp"
#include "bench/child.hpp"
#include "bench/clock.hpp"
#include "bench/peers.hpp"
#include "store/cluster.hpp"
#include "store/connection.hpp"

namespace menpai::bench {
namespace {

constexpr store::Query create_extension{"bench.create_extension", "CREATE EXTENSION IF NOT EXISTS pg_trgm"};
constexpr store::Query drop_table{"bench.drop_table", "DROP TABLE IF EXISTS bench_address"};
constexpr store::Query create_table{"bench.create_table",
                                    "CREATE UNLOGGED TABLE bench_address (address text, code text)"};
constexpr store::Query copy_rows{"bench.copy_rows", "COPY bench_address (address, code) FROM STDIN (FORMAT binary)"};
constexpr store::Query create_index{
    "bench.create_index", "CREATE INDEX bench_address_gram ON bench_address USING gin (address gin_trgm_ops)"};
constexpr store::Query analyze{"bench.analyze", "ANALYZE bench_address"};
constexpr store::Query set_threshold{"bench.set_threshold", "SELECT set_limit(0.5)"};
constexpr store::Query backend{"bench.backend", "SELECT pg_backend_pid()"};
constexpr store::Query find_best{
    "bench.find_best",
    "SELECT code FROM bench_address WHERE address % $1 ORDER BY similarity(address, $1) DESC LIMIT 1"};

class TrigramPeer : public Peer {
 public:
  TrigramPeer(const std::filesystem::path& folder, const std::filesystem::path& program)
      : m_cluster(store::Cluster::open(folder, program)),
        m_connection(store::Connection::open(m_cluster->endpoint(), std::chrono::seconds(60))) {
    m_connection->run(create_extension);
    m_connection->run(drop_table);
    m_connection->run(create_table);
    m_copy = std::make_unique<store::CopyIn>(*m_connection, copy_rows);
  }
  ~TrigramPeer() override {
    m_copy.reset();
    m_connection->run(drop_table);
  }
  std::string name() const override { return "pg_trgm"; }
  void add(const std::string& text, const std::string& code) override { m_copy->row(folded(text), code); }
  void build() override {
    m_copy->finish();
    m_copy.reset();
    m_connection->run(create_index);
    m_connection->run(analyze);
    m_connection->run(set_threshold);
    m_pid = m_connection->run(backend)[0].get<std::int32_t>(0);
  }
  std::string find(const std::string& text) override {
    const store::Result result = m_connection->run(find_best, folded(text));
    return result.size() == 0 ? std::string() : std::string(result[0].get<std::string>(0));
  }
  double cpu_s() override {
    const double now = thread_cpu_s() + cpu_of(m_pid);
    const double since = now - m_before;
    m_before = now;
    return since;
  }

 private:
  static std::string folded(const std::string& text) { return utf8::encode(address::fold_text(text)); }

  std::unique_ptr<store::Cluster> m_cluster;
  std::unique_ptr<store::Connection> m_connection;
  std::unique_ptr<store::CopyIn> m_copy;
  std::int32_t m_pid = 0;
  double m_before = 0;
};

}  // namespace

std::unique_ptr<Peer> make_trigram_peer(const std::filesystem::path& folder, const std::filesystem::path& program) {
  return std::make_unique<TrigramPeer>(folder, program);
}

}  // namespace menpai::bench
