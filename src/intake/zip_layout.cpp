// SPDX-License-Identifier: Apache-2.0
// A look at a zip file's central directory before a library unpacks anything.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "intake/xlsx_package.hpp"

namespace menpai::intake {
namespace {

constexpr std::uint64_t end_record_bytes = 22;
constexpr std::uint64_t comment_bytes_max = 65535;
constexpr std::uint64_t central_record_bytes = 46;
constexpr std::uint64_t local_record_bytes = 30;

[[noreturn]] void throw_damaged(const TableInput& input, std::string_view what) {
  throw Error(ErrorCode::damaged, input.name + " is a damaged workbook (" + std::string(what) +
                                      "). Open it in a spreadsheet and save it anew, or ask for another copy.");
}

std::uint64_t number(std::string_view bytes, std::uint64_t at, int width) {
  std::uint64_t value = 0;
  for (int i = width - 1; i >= 0; --i)
    value = value << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(at) + static_cast<std::size_t>(i)]);
  return value;
}

std::string read_at(ByteSource& bytes, std::uint64_t offset, std::uint64_t size) {
  std::string text(static_cast<std::size_t>(size), 0);
  bytes.seek(offset);
  std::size_t have = 0;
  while (have < text.size()) {
    const std::size_t got = bytes.read(text.data() + have, text.size() - have);
    if (got == 0) break;
    have += got;
  }
  text.resize(have);
  return text;
}

struct Directory {
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;
  std::uint64_t offset = 0;
};

Directory find_directory(ByteSource& bytes, const TableInput& input) {
  const std::uint64_t total = bytes.bytes_total();
  const std::uint64_t tail_bytes = std::min(total, end_record_bytes + comment_bytes_max + 20);
  const std::string tail = read_at(bytes, total - tail_bytes, tail_bytes);
  const std::size_t end = tail.rfind("PK\x05\x06");
  if (end == std::string::npos || end + end_record_bytes > tail.size()) throw_damaged(input, "it ends too early");
  Directory directory{number(tail, end + 10, 2), number(tail, end + 12, 4), number(tail, end + 16, 4)};
  if (end >= 20 && tail.compare(end - 20, 4, "PK\x06\x07") == 0) {
    const std::string large = read_at(bytes, number(tail, end - 12, 8), 56);
    if (large.size() < 56 || large.compare(0, 4, "PK\x06\x06") != 0) throw_damaged(input, "it has no directory");
    directory = {number(large, 32, 8), number(large, 40, 8), number(large, 48, 8)};
  }
  if (directory.offset > total || directory.bytes > total - directory.offset)
    throw_damaged(input, "its directory lies outside of it");
  return directory;
}

/// Size and offset of an entry; those that do not fit 32 bits stand in the zip64 field of `extra`.
std::pair<std::uint64_t, std::uint64_t> packed_size_and_offset(std::string_view record, std::string_view extra) {
  std::uint64_t packed = number(record, 20, 4);
  const std::uint64_t plain = number(record, 24, 4);
  std::uint64_t offset = number(record, 42, 4);
  constexpr std::uint64_t elsewhere = 0xFFFFFFFF;
  for (std::uint64_t at = 0; at + 4 <= extra.size();) {
    const std::uint64_t size = number(extra, at + 2, 2);
    if (at + 4 + size > extra.size()) break;
    if (number(extra, at, 2) == 1) {
      std::uint64_t field = at + 4;
      const std::uint64_t end = field + size;
      auto take = [&](std::uint64_t& value) {
        if (value != elsewhere || field + 8 > end) return;
        value = number(extra, field, 8);
        field += 8;
      };
      std::uint64_t ignored = plain;
      take(ignored);
      take(packed);
      take(offset);
    }
    at += 4 + size;
  }
  return {packed, offset};
}

}  // namespace

void check_zip_layout(ByteSource& bytes, const TableInput& input) {
  const Directory directory = find_directory(bytes, input);
  if (directory.entries > input.options.limits.package_entries ||
      directory.bytes > input.options.limits.package_entries * 4096)
    throw Error(ErrorCode::too_large, input.name + " holds more than " +
                                          std::to_string(input.options.limits.package_entries) +
                                          " files, which no workbook does. Save the table as CSV.");
  const std::string records = read_at(bytes, directory.offset, directory.bytes);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> spans;
  for (std::uint64_t at = 0; spans.size() < directory.entries;) {
    if (at + central_record_bytes > records.size() || records.compare(at, 4, "PK\x01\x02") != 0)
      throw_damaged(input, "its directory is broken");
    const std::uint64_t name = number(records, at + 28, 2);
    const std::uint64_t extra = number(records, at + 30, 2);
    const std::uint64_t comment = number(records, at + 32, 2);
    if (at + central_record_bytes + name + extra + comment > records.size())
      throw_damaged(input, "its directory is broken");
    const std::string_view all = records;
    const auto [packed, offset] =
        packed_size_and_offset(all.substr(at), all.substr(at + central_record_bytes + name, extra));
    spans.emplace_back(offset, offset + local_record_bytes + name + packed);
    at += central_record_bytes + name + extra + comment;
  }
  std::sort(spans.begin(), spans.end());
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const std::uint64_t room_end = i + 1 < spans.size() ? spans[i + 1].first : directory.offset;
    if (spans[i].second > room_end || spans[i].second < spans[i].first)
      throw_damaged(input, "files in it lie over each other, as in a zip bomb");
  }
  bytes.seek(0);
}

}  // namespace menpai::intake
