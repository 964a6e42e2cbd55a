// SPDX-License-Identifier: Apache-2.0
// One worker a thread, each with an engine of its own over the shared library.
#include "app/pair_file.hpp"

#include <charconv>
#include <memory>
#include <mutex>

#include "address/engine.hpp"
#include "app/row_pipeline.hpp"
#include "base/error.hpp"

namespace menpai::app {
namespace {

using intake::CellKind;

/// Sums what the workers counted; they end in any order.
struct Counts {
  std::mutex mutex;
  std::array<std::uint64_t, 5> by_relation{};
};

class PairComparer final : public RowWorker {
 public:
  PairComparer(std::shared_ptr<const address::Library> library, const std::string& region, Counts& counts)
      : m_engine(std::move(library)), m_counts(counts) {
    m_query.region = region;
  }

  void take_second(std::string_view text) override { m_second = text; }

  void work(std::string_view text, std::vector<std::string_view>& cells, std::vector<CellKind>& kinds) override {
    m_engine.compare(text, m_second, m_query, m_comparison);
    ++m_by_relation[static_cast<std::size_t>(m_comparison.relation)];
    const auto [end, failed] =
        std::to_chars(m_score.data(), m_score.data() + m_score.size(), m_comparison.score, std::chars_format::fixed, 4);
    m_reasons = agreements_text(m_comparison.elements);
    cells.assign({std::string_view(m_score.data(), end), relation_name(m_comparison.relation), m_reasons});
    kinds.assign({CellKind::json, CellKind::text, CellKind::text});
  }

  void count_into(FileSummary& /*summary*/) const override {
    const std::lock_guard lock(m_counts.mutex);
    for (std::size_t i = 0; i < m_by_relation.size(); ++i) m_counts.by_relation[i] += m_by_relation[i];
  }

 private:
  address::Engine m_engine;
  Counts& m_counts;
  address::Query m_query;
  std::string_view m_second;
  Comparison m_comparison;
  std::array<char, 32> m_score{};
  std::string m_reasons;
  std::array<std::uint64_t, 5> m_by_relation{};
};

}  // namespace

PairColumns pair_columns(const std::map<std::string, std::string>& map) {
  PairColumns columns;
  for (const auto& [role, column] : map) {
    if (role != "a" && role != "b")
      throw Error(ErrorCode::bad_request, "There is no role \"" + role + "\" in --map. Use a and b.");
    (role == "a" ? columns.a : columns.b) = column;
  }
  return columns;
}

PairSummary compare_file(const TableFileInput& input, const PairColumns& columns, const TableFileOutput& output,
                         const FileEngine& engine, const WatchFile& watch) {
  const auto library = address::Library::open(engine.library);
  Counts counts;
  RowJob job;
  job.added_columns = {"score", "relation", "reasons"};
  job.second_column = columns.b;
  job.make_worker = [&] { return std::make_unique<PairComparer>(library, engine.region, counts); };
  job.threads = engine.threads;
  TableFileInput first = input;
  first.column = columns.a;
  PairSummary summary;
  summary.file = run_rows(first, output, job, watch);
  summary.by_relation = counts.by_relation;
  return summary;
}

}  // namespace menpai::app
