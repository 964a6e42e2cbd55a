// SPDX-License-Identifier: Apache-2.0
// Opening a table: what form it has, and whether it is one at all.
#include "intake/readers.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/utf8.hpp"

namespace menpai::intake {
namespace {

constexpr std::size_t look_bytes = 4096;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool begins(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

/// What a file is that people send in place of a table, with the way out; empty if nothing known.
std::string_view foreign_kind(std::string_view head) {
  using namespace std::string_view_literals;
  struct Kind {
    std::string_view magic;
    std::string_view is;
  };
  static constexpr std::array<Kind, 12> kinds{{
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv,
       "it is an old .xls workbook or one locked by a password; save it as .xlsx without a password"},
      {"%PDF-"sv, "it is a PDF; ask for the table it was printed from"},
      {"\x89PNG"sv, "it is a picture"},
      {"\xFF\xD8\xFF"sv, "it is a picture"},
      {"GIF8"sv, "it is a picture"},
      {"Rar!"sv, "it is a RAR archive; unpack it first"},
      {"7z\xBC\xAF\x27\x1C"sv, "it is a 7z archive; unpack it first"},
      {"BZh"sv, "it is packed with bzip2; unpack it with bunzip2 first"},
      {"\xFD\x37zXZ"sv, "it is packed with xz; unpack it with unxz first"},
      {"\x28\xB5\x2F\xFD"sv, "it is packed with zstd; unpack it with unzstd first"},
      {"SQLite format 3"sv, "it is an SQLite database or GeoPackage"},
      {"\x7F"
       "ELF"sv,
       "it is a program"},
  }};
  for (const auto& kind : kinds)
    if (begins(head, kind.magic)) return kind.is;
  std::string_view text = head;
  if (begins(text, "\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text[0])) != 0) text.remove_prefix(1);
  const std::string start = lower(std::string(text.substr(0, 16)));
  if (begins(start, "<!doctype html") || begins(start, "<html") || begins(start, "<table"))
    return "it is a web page, as some systems export under the name .xls; open it in a spreadsheet and save it as "
           ".xlsx";
  if (begins(start, "<?xml")) return "it is XML; open it in a spreadsheet and save it as .xlsx";
  return {};
}

/// Reads the first bytes and puts them back.
std::string look(std::unique_ptr<ByteSource>& bytes) {
  std::string head(look_bytes, 0);
  std::size_t have = 0;
  while (have < head.size()) {
    const std::size_t got = bytes->read(head.data() + have, head.size() - have);
    if (got == 0) break;
    have += got;
  }
  head.resize(have);
  if (bytes->seekable())
    bytes->seek(0);
  else
    bytes = prepend(head, std::move(bytes));
  return head;
}

bool begins_with_object(std::string_view head) {
  if (begins(head, "\xEF\xBB\xBF")) head.remove_prefix(3);
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && head[first] == '{';
}

TableFormat format_of(const std::filesystem::path& name, std::string_view head, const TableOptions& options) {
  const bool zip = begins(head, std::string_view("PK\x03\x04", 4)) || begins(head, std::string_view("PK\x05\x06", 4));
  if (zip) return TableFormat::xlsx;
  if (options.format) return *options.format;
  if (const auto named = format_of_name(name)) return *named;
  return begins_with_object(head) ? TableFormat::ndjson : TableFormat::csv;
}

}  // namespace

std::string_view table_format_name(TableFormat format) {
  switch (format) {
    case TableFormat::csv:
      return "csv";
    case TableFormat::tsv:
      return "tsv";
    case TableFormat::xlsx:
      return "xlsx";
    case TableFormat::ndjson:
      return "ndjson";
  }
  return "csv";
}

std::optional<TableFormat> parse_table_format(std::string_view name) {
  const std::string plain = lower(std::string(name));
  if (plain == "csv" || plain == "txt") return TableFormat::csv;
  if (plain == "tsv" || plain == "tab") return TableFormat::tsv;
  if (plain == "xlsx" || plain == "xlsm") return TableFormat::xlsx;
  if (plain == "ndjson" || plain == "jsonl") return TableFormat::ndjson;
  return std::nullopt;
}

std::optional<TableFormat> format_of_name(const std::filesystem::path& name) {
  std::filesystem::path bare = name.filename();
  if (lower(bare.extension().string()) == ".gz") bare = bare.stem();
  const std::string ending = bare.extension().string();
  return ending.empty() ? std::nullopt : parse_table_format(std::string_view(ending).substr(1));
}

bool TableReader::next(std::vector<std::string>& cells) {
  if (!next_row(m_row)) return false;
  cells.resize(m_row.cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i].assign(m_row.cells[i]);
  return true;
}

std::unique_ptr<TableReader> TableReader::open(const std::filesystem::path& file, const TableOptions& options) {
  return open(open_bytes(file), file == "-" ? std::filesystem::path("standard input") : file, options);
}

std::unique_ptr<TableReader> TableReader::open(std::unique_ptr<ByteSource> bytes, const std::filesystem::path& name,
                                               const TableOptions& options) {
  TableInput input{name.filename().string(), TableFormat::csv, options};
  std::string head = look(bytes);
  if (head.empty()) throw_empty(input);
  if (begins(head, "\x1F\x8B")) {
    bytes = gunzip(std::move(bytes), input.name, options.limits.inflated_bytes, options.limits.inflate_ratio);
    head = look(bytes);
    if (head.empty()) throw_empty(input);
  }
  input.format = format_of(name, head, options);
  if (const auto foreign = foreign_kind(head); !foreign.empty()) throw_no_table(input, foreign);
  switch (input.format) {
    case TableFormat::csv:
    case TableFormat::tsv:
      return open_delimited(std::move(bytes), input);
    case TableFormat::ndjson:
      return open_ndjson(std::move(bytes), input);
    case TableFormat::xlsx:
      break;
  }
  if (!begins(head, "PK"))
    throw_no_table(input, "it is not an .xlsx workbook, whatever its name says; if it is text, give --format csv");
  if (!bytes->seekable()) bytes = spool(std::move(bytes), options.limits.inflated_bytes);
  return open_xlsx(std::move(bytes), input);
}

bool looks_binary(std::string_view text) {
  std::size_t strange = 0;
  std::size_t all = 0;
  for (std::size_t pos = 0; pos < text.size(); ++all) {
    const char32_t c = utf8::next(text, pos);
    const bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1B;
    if (control || c == 0x7F || c == utf8::replacement) ++strange;
  }
  return strange > 10 + all / 10;
}

std::string place_of_row(const TableInput& input, std::uint64_t row) {
  return "row " + std::to_string(row) + " of " + input.name;
}

void throw_empty(const TableInput& input) {
  throw Error(ErrorCode::bad_request, input.name + " is empty. Give a table whose first row names its columns.");
}

void throw_no_table(const TableInput& input, std::string_view what_it_is) {
  throw Error(ErrorCode::unsupported, input.name + " cannot be read as a table: " + std::string(what_it_is) +
                                          ". Menpai reads CSV, TSV, XLSX and NDJSON, each also gzipped.");
}

void throw_row_too_large(std::uint64_t row, const TableInput& input) {
  throw Error(ErrorCode::too_large, place_of_row(input, row) + " is larger than " +
                                        std::to_string(input.options.limits.row_bytes >> 20) +
                                        " MB. Is the file a table, and does every quote in it have its closing one?");
}

void check_row(const std::vector<std::string_view>& cells, std::uint64_t row, const TableInput& input) {
  const TableLimits& limits = input.options.limits;
  if (cells.size() > limits.columns)
    throw Error(ErrorCode::too_large, place_of_row(input, row) + " has more than " + std::to_string(limits.columns) +
                                          " cells. Is the delimiter right? --delimiter sets it.");
  std::uint64_t total = 0;
  for (const auto cell : cells) {
    total += cell.size();
    if (cell.size() > limits.cell_bytes)
      throw Error(ErrorCode::too_large, place_of_row(input, row) + " has a cell larger than " +
                                            std::to_string(limits.cell_bytes >> 20) + " MB. Mend it or take it out.");
  }
  if (total > limits.row_bytes) throw_row_too_large(row, input);
}

std::vector<std::string> numbered_columns(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= count; ++i) names.push_back("column_" + std::to_string(i));
  return names;
}

void check_header(const std::vector<std::string>& columns, const TableInput& input) {
  if (columns.size() > input.options.limits.columns)
    throw Error(ErrorCode::too_large, input.name + " has more than " + std::to_string(input.options.limits.columns) +
                                          " columns. Is the delimiter right? --delimiter sets it.");
  const bool named = std::any_of(columns.begin(), columns.end(),
                                 [](const std::string& name) { return name.find_first_not_of(" \t") != name.npos; });
  if (!named)
    throw Error(ErrorCode::bad_request, input.name +
                                            " has no column names in its first row. Write them there, or give "
                                            "--no-header if the first row is data already.");
}

}  // namespace menpai::intake
