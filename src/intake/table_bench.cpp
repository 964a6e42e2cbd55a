// SPDX-License-Identifier: Apache-2.0
// How fast tables go in and out, without any work on the rows: it must never be what the engine waits for.
#include <benchmark/benchmark.h>

#include "intake/table.hpp"

namespace menpai::intake {
namespace {

std::string csv_of(std::size_t rows, bool quoted) {
  std::string text = "编号,企业名称,地址,登记日期\n";
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string n = std::to_string(i);
    text += n + ",演示企业" + n + "号有限公司," +
            (quoted ? "\"广东省中山市港口镇\"\"兴港\"\"中路" : "广东省中山市港口镇兴港中路") + n +
            (quoted ? "号, 二楼\"" : "号二楼") + ",2019-03-05\n";
  }
  return text;
}

void copy_csv(benchmark::State& state, const std::string& text) {
  std::string out;
  for (auto _ : state) {
    out.clear();
    const auto reader = TableReader::open(bytes_of(text), "list.csv");
    const auto writer = TableWriter::create(bytes_into(out), TableFormat::csv, false, reader->columns());
    RowView row;
    while (reader->next_row(row)) writer->write(row.cells, row.kinds);
    writer->finish();
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void read_only(benchmark::State& state, const std::string& bytes, const char* name, std::size_t plain_bytes) {
  for (auto _ : state) {
    const auto reader = TableReader::open(bytes_of(bytes), name);
    RowView row;
    while (reader->next_row(row)) benchmark::DoNotOptimize(row.cells.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * plain_bytes));
}

std::string table_of(std::size_t rows, TableFormat format, bool gzip) {
  std::string out;
  const std::string csv = csv_of(rows, false);
  const auto reader = TableReader::open(bytes_of(csv), "list.csv");
  const auto writer = TableWriter::create(bytes_into(out), format, gzip, reader->columns());
  RowView row;
  while (reader->next_row(row)) writer->write(row.cells, row.kinds);
  writer->finish();
  return out;
}

void csv_to_csv(benchmark::State& state) {
  copy_csv(state, csv_of(200000, false));
}
void quoted_csv_to_csv(benchmark::State& state) {
  copy_csv(state, csv_of(200000, true));
}
void read_csv(benchmark::State& state) {
  const std::string text = csv_of(200000, false);
  read_only(state, text, "list.csv", text.size());
}
void read_csv_gz(benchmark::State& state) {
  const std::string text = csv_of(200000, false);
  read_only(state, table_of(200000, TableFormat::csv, true), "list.csv.gz", text.size());
}
void read_ndjson(benchmark::State& state) {
  const std::string text = table_of(200000, TableFormat::ndjson, false);
  read_only(state, text, "list.ndjson", text.size());
}
void read_xlsx_rows(benchmark::State& state) {
  const std::string book = table_of(50000, TableFormat::xlsx, false);
  for (auto _ : state) {
    const auto reader = TableReader::open(bytes_of(book), "list.xlsx");
    RowView row;
    while (reader->next_row(row)) benchmark::DoNotOptimize(row.cells.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * 50000));
}
void write_xlsx_rows(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(table_of(50000, TableFormat::xlsx, false).data());
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * 50000));
}

BENCHMARK(csv_to_csv)->Unit(benchmark::kMillisecond);
BENCHMARK(quoted_csv_to_csv)->Unit(benchmark::kMillisecond);
BENCHMARK(read_csv)->Unit(benchmark::kMillisecond);
BENCHMARK(read_csv_gz)->Unit(benchmark::kMillisecond);
BENCHMARK(read_ndjson)->Unit(benchmark::kMillisecond);
BENCHMARK(read_xlsx_rows)->Unit(benchmark::kMillisecond);
BENCHMARK(write_xlsx_rows)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace menpai::intake
