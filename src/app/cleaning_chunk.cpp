// SPDX-License-Identifier: Apache-2.0
#include "app/cleaning_chunk.hpp"

#include <boost/json.hpp>
#include <zlib.h>

#include "app/answer_json.hpp"
#include "base/error.hpp"

namespace menpai::app {
namespace {

std::string place_id(const CleaningJobId& job, std::uint64_t row) {
  return job.text() + "/" + std::to_string(row);
}

[[noreturn]] void throw_damaged(const char* detail) {
  throw Error(ErrorCode::damaged, "A stored row of a cleaning job cannot be read. Run `menpai check`.", detail);
}

/// The plain length in 8 bytes, then zlib. Level 1: a chunk is written once and read a few times.
std::string pack(std::string_view plain) {
  uLongf size = compressBound(plain.size());
  std::string out(8 + size, '\0');
  for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<char>(plain.size() >> (8 * i));
  const int status = compress2(reinterpret_cast<Bytef*>(out.data() + 8), &size,
                               reinterpret_cast<const Bytef*>(plain.data()), plain.size(), 1);
  MENPAI_ASSERT(status == Z_OK, "zlib takes any bytes");
  out.resize(8 + size);
  return out;
}

std::string unpack(std::string_view packed) {
  if (packed.size() < 8) throw_damaged("short chunk");
  std::uint64_t plain_size = 0;
  for (std::size_t i = 0; i < 8; ++i) plain_size |= std::uint64_t{static_cast<unsigned char>(packed[i])} << (8 * i);
  if (plain_size > std::uint64_t{1} << 32) throw_damaged("chunk too large");
  std::string plain(plain_size, '\0');
  uLongf size = plain.size();
  if (uncompress(reinterpret_cast<Bytef*>(plain.data()), &size, reinterpret_cast<const Bytef*>(packed.data() + 8),
                 packed.size() - 8) != Z_OK ||
      size != plain.size()) {
    throw_damaged("zlib");
  }
  return plain;
}

}  // namespace

std::string kept_row_json(const std::vector<std::string>& cells, const Answer& answer) {
  std::string out = "{\"cells\":[";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, cells[i]);
  }
  out += "],\"answer\":";
  out += answer_json(answer);
  out += '}';
  return out;
}

KeptRow parse_kept_row(std::string_view text) {
  // The answer is cut out as text, so that one reader of answers serves everywhere.
  constexpr std::string_view mark = "],\"answer\":";
  try {
    std::size_t at = std::string_view::npos;
    KeptRow row;
    bool is_quoted = false;
    for (std::size_t i = 0; i + mark.size() <= text.size(); ++i) {
      if (is_quoted && text[i] == '\\') {
        ++i;
      } else if (text[i] == '"') {
        is_quoted = !is_quoted;
      } else if (!is_quoted && text.substr(i, mark.size()) == mark) {
        at = i;
        break;
      }
    }
    constexpr std::size_t cells_at = 9;  // behind {"cells":
    if (at == std::string_view::npos || at < cells_at || text.back() != '}') throw_damaged("row form");
    const boost::json::value cells = boost::json::parse(text.substr(cells_at, at + 1 - cells_at));
    for (const boost::json::value& cell : cells.as_array()) row.cells.emplace_back(cell.as_string());
    const std::size_t answer_at = at + mark.size();
    row.answer = parse_answer_json(text.substr(answer_at, text.size() - 1 - answer_at));
    return row;
  } catch (const Error&) {
    throw;
  } catch (const std::exception& e) {
    throw_damaged(e.what());
  }
}

std::string seal_chunk(access::KeyRing& keys, const CleaningJobId& job, std::uint64_t first_row,
                       std::string_view lines) {
  return keys.seal({"cleaning_chunk", "sealed_payload", place_id(job, first_row), 0}, pack(lines));
}

std::string open_chunk(access::KeyRing& keys, const CleaningJobId& job, std::uint64_t first_row,
                       std::string_view sealed) {
  return unpack(keys.open({"cleaning_chunk", "sealed_payload", place_id(job, first_row), 0}, sealed));
}

std::string seal_row(access::KeyRing& keys, const CleaningJobId& job, std::uint64_t row, std::string_view json) {
  return keys.seal({"cleaning_row", "sealed_payload", place_id(job, row), 0}, json);
}

KeptRow open_row(access::KeyRing& keys, const CleaningJobId& job, std::uint64_t row, std::string_view sealed) {
  return parse_kept_row(keys.open({"cleaning_row", "sealed_payload", place_id(job, row), 0}, sealed));
}

std::vector<std::string_view> split_lines(std::string_view lines) {
  std::vector<std::string_view> out;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    if (end == std::string_view::npos) break;
    out.push_back(lines.substr(0, end));
    lines.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace menpai::app
