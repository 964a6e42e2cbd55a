// SPDX-License-Identifier: Apache-2.0
// Reader, workers and writer over a bounded ring of pieces.
#include "app/row_pipeline.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "base/error.hpp"

namespace menpai::app {
namespace {

using intake::CellKind;
using Clock = std::chrono::steady_clock;

constexpr std::size_t piece_rows_max = 1024;
constexpr std::size_t rows_expected = 128;  ///< a worker is told of so many rows at once
constexpr std::size_t piece_bytes_max = std::size_t{256} << 10;
constexpr auto watch_every = std::chrono::milliseconds(100);

/// Rows copied out of the reader, packed one after the other.
struct PackedRows {
  std::string bytes;
  std::vector<std::size_t> cell_ends;
  std::vector<CellKind> kinds;        ///< one a cell, or empty where all is text
  std::vector<std::size_t> row_ends;  ///< in cells

  void clear() {
    bytes.clear();
    cell_ends.clear();
    kinds.clear();
    row_ends.clear();
  }
  void add(const std::vector<std::string_view>& cells, const std::vector<CellKind>& cell_kinds) {
    for (const auto cell : cells) {
      bytes += cell;
      cell_ends.push_back(bytes.size());
    }
    kinds.insert(kinds.end(), cell_kinds.begin(), cell_kinds.end());
    row_ends.push_back(cell_ends.size());
  }
  std::size_t size() const { return row_ends.size(); }
  /// One cell of a row, empty where the row is shorter.
  std::string_view cell(std::size_t row, std::size_t column) const {
    const std::size_t i = (row == 0 ? 0 : row_ends[row - 1]) + column;
    if (i >= row_ends[row]) return {};
    const std::size_t begin = i == 0 ? 0 : cell_ends[i - 1];
    return std::string_view(bytes).substr(begin, cell_ends[i] - begin);
  }
  void get(std::size_t row, intake::RowView& view) const {
    const std::size_t first = row == 0 ? 0 : row_ends[row - 1];
    view.cells.clear();
    for (std::size_t i = first; i < row_ends[row]; ++i) {
      const std::size_t begin = i == 0 ? 0 : cell_ends[i - 1];
      view.cells.push_back(std::string_view(bytes).substr(begin, cell_ends[i] - begin));
    }
    view.kinds.clear();
    if (!kinds.empty())
      view.kinds.assign(kinds.begin() + static_cast<std::ptrdiff_t>(first),
                        kinds.begin() + static_cast<std::ptrdiff_t>(row_ends[row]));
  }
};

/// The names of a row out, for as long as the input shows no new column.
struct OutNames {
  explicit OutNames(const std::vector<std::string>& names, std::size_t input) : rows(names), input_columns(input) {}
  intake::RowNames rows;
  std::size_t input_columns;
};

struct Piece {
  std::uint64_t number = 0;
  PackedRows in;
  std::shared_ptr<const OutNames> names;
  FileProgress progress;  ///< of the reader when the piece was full
  intake::TableWriter::Packed packed;
  PackedRows out;  ///< where the writer takes rows only
};

class Pipeline {
 public:
  Pipeline(const TableFileInput& input, const TableFileOutput& output, const RowJob& job);
  FileSummary run(const WatchFile& watch);

 private:
  void choose_columns();
  std::shared_ptr<const OutNames> names_for(const std::vector<std::string>& columns) const;
  void read();
  void fill(Piece& piece, intake::RowView& row, bool& more);
  void work();
  void work_on(Piece& piece, RowWorker& worker);
  void write(const WatchFile& watch);
  void stop(std::exception_ptr why);
  std::unique_ptr<Piece> take_free();
  std::unique_ptr<Piece> take_read();
  std::unique_ptr<Piece> take_next_done(std::uint64_t number);

  const RowJob& m_job;
  unsigned m_threads;
  std::unique_ptr<intake::TableReader> m_reader;
  std::unique_ptr<intake::TableWriter> m_writer;
  intake::TableFormat m_form;
  std::size_t m_column = 0;
  std::optional<std::size_t> m_second_column;
  std::size_t m_header_columns = 0;
  std::vector<bool> m_replaced;  ///< by input column: an added one has its name
  FileSummary m_summary;

  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::vector<std::unique_ptr<Piece>> m_free;
  std::deque<std::unique_ptr<Piece>> m_read;
  std::map<std::uint64_t, std::unique_ptr<Piece>> m_done;
  std::uint64_t m_pieces = 0;  ///< read so far
  bool m_reading_over = false;
  bool m_stopped = false;
  std::exception_ptr m_error;
};

intake::TableFormat output_format(const TableFileOutput& output, intake::TableFormat otherwise) {
  if (output.format.empty()) return intake::format_of_name(output.file).value_or(otherwise);
  const auto format = intake::parse_table_format(output.format);
  if (!format)
    throw Error(ErrorCode::bad_request,
                "There is no output format \"" + output.format + "\". Use csv, tsv, xlsx or ndjson.");
  return *format;
}

Pipeline::Pipeline(const TableFileInput& input, const TableFileOutput& output, const RowJob& job)
    : m_job(job),
      m_threads(job.threads != 0 ? job.threads : std::max(1U, std::thread::hardware_concurrency())),
      m_reader(intake::TableReader::open(input.file, table_options(input))),
      m_form(output_format(output, job.form_otherwise)) {
  m_column = intake::find_column(m_reader->columns(), input.column);
  m_summary.column = m_reader->columns()[m_column];
  if (!job.second_column.empty()) {
    m_second_column = intake::find_column(m_reader->columns(), job.second_column);
    m_summary.column += ", " + m_reader->columns()[*m_second_column];
  }
  choose_columns();
  intake::WriterOptions options;
  options.inert_formulas = output.inert_formulas;
  options.bom = output.bom;
  const auto names = names_for(m_reader->columns());
  std::vector<std::string> header;
  for (std::size_t i = 0; i < m_header_columns; ++i)
    if (!m_replaced[i]) header.push_back(m_reader->columns()[i]);
  header.insert(header.end(), job.added_columns.begin(), job.added_columns.end());
  m_writer = intake::TableWriter::create(output.file, m_form, header, options);
  const std::size_t pieces = std::size_t{4} * m_threads + 4;
  for (std::size_t i = 0; i < pieces; ++i) m_free.push_back(std::make_unique<Piece>());
}

void Pipeline::choose_columns() {
  const auto& columns = m_reader->columns();
  m_header_columns = columns.size();
  std::string replaced;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& added = m_job.added_columns;
    m_replaced.push_back(i != m_column && i != m_second_column &&
                         std::find(added.begin(), added.end(), columns[i]) != added.end());
    if (m_replaced.back()) replaced += (replaced.empty() ? "" : ", ") + columns[i];
  }
  if (!replaced.empty())
    m_summary.notes.push_back("The input had these columns already; they are made anew: " + replaced + ".");
}

/// NDJSON names every column there is by now; other forms have their header and take later ones behind it.
std::shared_ptr<const OutNames> Pipeline::names_for(const std::vector<std::string>& columns) const {
  const std::size_t input_columns = m_form == intake::TableFormat::ndjson ? columns.size() : m_header_columns;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < input_columns; ++i)
    if (i >= m_replaced.size() || !m_replaced[i]) names.push_back(columns[i]);
  names.insert(names.end(), m_job.added_columns.begin(), m_job.added_columns.end());
  return std::make_shared<OutNames>(names, input_columns);
}

void Pipeline::stop(std::exception_ptr why) {
  const std::lock_guard lock(m_mutex);
  if (!m_error) m_error = std::move(why);
  m_stopped = true;
  m_changed.notify_all();
}

std::unique_ptr<Piece> Pipeline::take_free() {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, [&] { return m_stopped || !m_free.empty(); });
  if (m_stopped) return nullptr;
  auto piece = std::move(m_free.back());
  m_free.pop_back();
  return piece;
}

std::unique_ptr<Piece> Pipeline::take_read() {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, [&] { return m_stopped || m_reading_over || !m_read.empty(); });
  if (m_stopped || m_read.empty()) return nullptr;
  auto piece = std::move(m_read.front());
  m_read.pop_front();
  return piece;
}

std::unique_ptr<Piece> Pipeline::take_next_done(std::uint64_t number) {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, [&] { return m_stopped || m_done.contains(number) || (m_reading_over && number == m_pieces); });
  if (m_stopped || !m_done.contains(number)) return nullptr;
  return std::move(m_done.extract(number).mapped());
}

void Pipeline::read() {
  intake::RowView row;
  auto names = names_for(m_reader->columns());
  std::size_t columns = m_reader->columns().size();
  for (bool more = true; more;) {
    auto piece = take_free();
    if (!piece) return;
    fill(*piece, row, more);
    if (m_reader->columns().size() != columns) {
      columns = m_reader->columns().size();
      names = names_for(m_reader->columns());
    }
    piece->names = names;
    const std::lock_guard lock(m_mutex);
    piece->number = m_pieces++;
    m_read.push_back(std::move(piece));
    m_changed.notify_all();
  }
  const std::lock_guard lock(m_mutex);
  m_reading_over = true;
  m_changed.notify_all();
}

void Pipeline::fill(Piece& piece, intake::RowView& row, bool& more) {
  piece.in.clear();
  while (piece.in.size() < piece_rows_max && piece.in.bytes.size() < piece_bytes_max) {
    more = m_reader->next_row(row);
    if (!more) break;
    piece.in.add(row.cells, row.kinds);
  }
  const auto position = m_reader->position();
  piece.progress = {position.row, position.bytes_read, position.bytes_total};
}

void Pipeline::work() {
  const auto worker = m_job.make_worker();
  while (auto piece = take_read()) {
    work_on(*piece, *worker);
    const std::lock_guard lock(m_mutex);
    m_done.emplace(piece->number, std::move(piece));
    m_changed.notify_all();
  }
  const std::lock_guard lock(m_mutex);
  worker->count_into(m_summary);
}

void Pipeline::work_on(Piece& piece, RowWorker& worker) {
  const intake::RowFormat* format = m_writer->row_format();
  intake::RowView in;
  std::vector<std::string_view> added, cells;
  std::vector<CellKind> added_kinds, kinds;
  std::string rows = std::move(piece.packed.bytes);
  rows.clear();
  piece.out.clear();
  std::vector<std::string_view> texts;
  for (std::size_t r = 0; r < piece.in.size(); ++r) {
    if (r % rows_expected == 0) {
      texts.clear();
      for (std::size_t i = r; i < std::min(r + rows_expected, piece.in.size()); ++i) {
        texts.push_back(piece.in.cell(i, m_column));
      }
      worker.expect(texts);
    }
    piece.in.get(r, in);
    if (m_second_column)
      worker.take_second(*m_second_column < in.cells.size() ? in.cells[*m_second_column] : std::string_view());
    worker.work(texts[r % rows_expected], added, added_kinds);
    cells.clear();
    kinds.clear();
    auto copy_input = [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < std::min(to, in.cells.size()); ++i) {
        if (i < m_replaced.size() && m_replaced[i]) continue;
        cells.push_back(in.cells[i]);
        kinds.push_back(in.kinds.empty() ? CellKind::text : in.kinds[i]);
      }
    };
    const std::size_t named = piece.names->input_columns;
    copy_input(0, named);
    for (std::size_t i = in.cells.size(); i < named; ++i) {
      cells.emplace_back();
      kinds.push_back(CellKind::absent);
    }
    cells.insert(cells.end(), added.begin(), added.end());
    kinds.insert(kinds.end(), added_kinds.begin(), added_kinds.end());
    copy_input(named, in.cells.size());
    if (format != nullptr)
      format->append(rows, piece.names->rows, cells, kinds);
    else
      piece.out.add(cells, kinds);
  }
  if (format != nullptr) piece.packed = m_writer->pack(std::move(rows));
}

void Pipeline::write(const WatchFile& watch) {
  intake::RowView row;
  auto watched = Clock::now();
  for (std::uint64_t number = 0;; ++number) {
    auto piece = take_next_done(number);
    if (!piece) break;
    if (m_writer->row_format() != nullptr) {
      m_writer->write_packed(piece->packed);
    } else {
      for (std::size_t r = 0; r < piece->out.size(); ++r) {
        piece->out.get(r, row);
        m_writer->write(row.cells, row.kinds);
      }
    }
    m_summary.rows_out += piece->in.size();
    if (watch && Clock::now() - watched >= watch_every) {
      watched = Clock::now();
      watch({m_summary.rows_out, piece->progress.bytes_read, piece->progress.bytes_total});
    }
    const std::lock_guard lock(m_mutex);
    m_free.push_back(std::move(piece));
    m_changed.notify_all();
  }
}

FileSummary Pipeline::run(const WatchFile& watch) {
  const auto began = Clock::now();
  std::vector<std::thread> threads;
  auto guarded = [this](auto member) {
    return [this, member] {
      try {
        (this->*member)();
      } catch (...) {
        stop(std::current_exception());
      }
    };
  };
  threads.emplace_back(guarded(&Pipeline::read));
  for (unsigned i = 0; i < m_threads; ++i) threads.emplace_back(guarded(&Pipeline::work));
  try {
    write(watch);
  } catch (...) {
    stop(std::current_exception());
  }
  for (auto& thread : threads) thread.join();
  if (m_error) std::rethrow_exception(m_error);
  m_writer->finish();
  const auto position = m_reader->position();
  m_summary.rows_in = position.row;
  m_summary.bytes_in = position.bytes_read;
  m_summary.bad_bytes = position.bad_bytes;
  m_summary.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  for (const std::string& note : {m_reader->note(), m_writer->note()})
    if (!note.empty()) m_summary.notes.push_back(note);
  const std::size_t late = m_reader->columns().size() - m_header_columns;
  if (late > 0 && m_form != intake::TableFormat::ndjson)
    m_summary.notes.push_back(std::to_string(late) + " keys of the input came up only later, the first of them \"" +
                              m_reader->columns()[m_header_columns] +
                              "\": their values stand behind the last named column. NDJSON keeps their names.");
  if (m_summary.bad_bytes > 0)
    m_summary.notes.push_back(
        std::to_string(m_summary.bad_bytes) +
        " bytes could not be read in the input's character set and became U+FFFD. Is the character "
        "set right? --charset sets it.");
  return std::move(m_summary);
}

}  // namespace

intake::TableOptions table_options(const TableFileInput& input) {
  intake::TableOptions options;
  if (!input.format.empty()) {
    options.format = intake::parse_table_format(input.format);
    if (!options.format)
      throw Error(ErrorCode::bad_request, "There is no format \"" + input.format + "\". Use csv, tsv, xlsx or ndjson.");
  }
  if (!input.charset.empty()) {
    const auto charset = intake::parse_charset(input.charset);
    if (!charset)
      throw Error(ErrorCode::bad_request,
                  "There is no character set \"" + input.charset + "\". Use utf8, gb18030, utf16le or utf16be.");
    options.charset = *charset;
  }
  if (input.delimiter == "tab" || input.delimiter == "\\t")
    options.delimiter = '\t';
  else if (input.delimiter.size() == 1)
    options.delimiter = input.delimiter[0];
  else if (!input.delimiter.empty())
    throw Error(ErrorCode::bad_request, "A delimiter is one ASCII character, or the word tab.");
  options.header = input.header;
  options.sheet = input.sheet;
  return options;
}

FileSummary run_rows(const TableFileInput& input, const TableFileOutput& output, const RowJob& job,
                     const WatchFile& watch) {
  return Pipeline(input, output, job).run(watch);
}

}  // namespace menpai::app
