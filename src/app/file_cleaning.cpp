// SPDX-License-Identifier: Apache-2.0
// One worker a thread with its own engine over the shared library.
#include "app/file_cleaning.hpp"

#include <array>
#include <memory>

#include "address/engine.hpp"
#include "app/answer_json.hpp"
#include "app/cleaned_cells.hpp"
#include "app/row_pipeline.hpp"

namespace menpai::app {
namespace {

using intake::CellKind;

class Cleaner final : public RowWorker {
 public:
  Cleaner(std::shared_ptr<const address::Library> library, const FileEngine& asked)
      : m_engine(std::move(library)), m_divisions_only(asked.divisions_only) {
    m_query.region = asked.region;
    m_engine.set_grade_rules({asked.grade_a_min, asked.grade_b_min});
  }

  void expect(std::span<const std::string_view> texts) override {
    if (m_answers.size() < texts.size()) m_answers.resize(texts.size());
    const std::span<Answer> answers = std::span(m_answers).first(texts.size());
    if (m_divisions_only) {
      m_engine.divide_batch(texts, m_query, answers);
    } else {
      m_engine.clean_batch(texts, m_query, answers);
    }
    m_next = 0;
  }

  void work(std::string_view /*text*/, std::vector<std::string_view>& cells, std::vector<CellKind>& kinds) override {
    const Answer& answer = m_answers[m_next++];
    ++m_grade_count[static_cast<std::size_t>(answer.grade)];
    ++m_level_count[static_cast<std::size_t>(answer.level)];
    cells.clear();
    kinds.clear();
    m_cells.append(answer, cells, kinds);
  }

  void count_into(FileSummary& summary) const override {
    for (std::size_t i = 0; i < m_grade_count.size(); ++i) summary.by_grade[i] += m_grade_count[i];
    for (std::size_t i = 0; i < m_level_count.size(); ++i) summary.by_level[i] += m_level_count[i];
  }

 private:
  address::Engine m_engine;
  address::Query m_query;
  bool m_divisions_only;
  std::vector<Answer> m_answers;  ///< of the rows that are expected
  std::size_t m_next = 0;
  CleanedCells m_cells;
  std::array<std::uint64_t, 4> m_grade_count{};
  std::array<std::uint64_t, level_count> m_level_count{};
};

class Matcher final : public RowWorker {
 public:
  Matcher(std::shared_ptr<const address::Library> library, const std::string& region, int top)
      : m_engine(std::move(library)) {
    m_query.region = region;
    m_query.top = top;
  }

  void work(std::string_view text, std::vector<std::string_view>& cells, std::vector<CellKind>& kinds) override {
    m_engine.match(text, m_query, m_found);
    const bool found = !m_found.empty();
    ++m_grade_count[static_cast<std::size_t>(found ? m_found[0].grade : Grade::none)];
    ++m_level_count[static_cast<std::size_t>(found ? m_found[0].level : Level::none)];
    m_json = candidates_json(m_found);
    cells.assign(1, m_json);
    kinds.assign(1, CellKind::json);
  }

  void count_into(FileSummary& summary) const override {
    for (std::size_t i = 0; i < m_grade_count.size(); ++i) summary.by_grade[i] += m_grade_count[i];
    for (std::size_t i = 0; i < m_level_count.size(); ++i) summary.by_level[i] += m_level_count[i];
  }

 private:
  address::Engine m_engine;
  address::Query m_query;
  std::vector<Candidate> m_found;
  std::string m_json;
  std::array<std::uint64_t, 4> m_grade_count{};
  std::array<std::uint64_t, level_count> m_level_count{};
};

class Parser final : public RowWorker {
 public:
  explicit Parser(std::shared_ptr<const address::Library> library) : m_engine(std::move(library)) {}

  void work(std::string_view text, std::vector<std::string_view>& cells, std::vector<CellKind>& kinds) override {
    m_engine.parse(text, m_elements);
    m_json = "[";
    for (const auto& element : m_elements) {
      if (m_json.size() > 1) m_json += ',';
      m_json.append("{\"label\":\"").append(label_name(element.label)).append("\",\"start\":");
      m_json.append(std::to_string(element.start)).append(",\"end\":").append(std::to_string(element.end)).append("}");
    }
    m_json += ']';
    cells.assign(1, m_json);
    kinds.assign(1, CellKind::json);
  }

 private:
  address::Engine m_engine;
  std::vector<address::Element> m_elements;
  std::string m_json;
};

}  // namespace

FileSummary clean_file(const TableFileInput& input, const TableFileOutput& output, const FileEngine& engine,
                       const WatchFile& watch) {
  const auto library = address::Library::open(engine.library);
  RowJob job;
  job.added_columns = cleaned_columns();
  job.make_worker = [&] { return std::make_unique<Cleaner>(library, engine); };
  job.threads = engine.threads;
  return run_rows(input, output, job, watch);
}

FileSummary match_file(const TableFileInput& input, const TableFileOutput& output, const FileEngine& engine, int top,
                       const WatchFile& watch) {
  const auto library = address::Library::open(engine.library);
  RowJob job;
  job.added_columns = {"candidates"};
  job.make_worker = [&] { return std::make_unique<Matcher>(library, engine.region, top); };
  job.form_otherwise = intake::TableFormat::ndjson;
  job.threads = engine.threads;
  return run_rows(input, output, job, watch);
}

FileSummary parse_file(const TableFileInput& input, const TableFileOutput& output, const FileEngine& engine,
                       const WatchFile& watch) {
  const auto library = address::Library::open(engine.library);
  RowJob job;
  job.added_columns = {"elements"};
  job.make_worker = [&] { return std::make_unique<Parser>(library); };
  job.form_otherwise = intake::TableFormat::ndjson;
  job.threads = engine.threads;
  return run_rows(input, output, job, watch);
}

Answer find_in_library(const FileEngine& engine, std::string_view text) {
  address::Engine asked(address::Library::open(engine.library));
  address::Query query;
  query.region = engine.region;
  Answer answer;
  asked.clean(text, query, answer);
  return answer;
}

}  // namespace menpai::app
