// SPDX-License-Identifier: Apache-2.0
// libzip over any seekable byte source.
#include "intake/xlsx_package.hpp"

#include <algorithm>
#include <cstring>
#include <zip.h>

namespace menpai::intake {
namespace {

constexpr std::uint64_t ratio_free_bytes = std::uint64_t{64} << 20;

struct SourceState {
  ByteSource* bytes;
  std::uint64_t position = 0;
  zip_error_t error{};
};

zip_int64_t fail(SourceState& state, int code) {
  zip_error_set(&state.error, code, 0);
  return -1;
}

// No exception may pass through libzip: a failed read is told to it as ZIP_ER_READ.
zip_int64_t read_some(SourceState& state, void* to, zip_uint64_t size) {
  try {
    std::size_t have = 0;
    while (have < size) {
      const std::size_t got = state.bytes->read(static_cast<char*>(to) + have, static_cast<std::size_t>(size) - have);
      if (got == 0) break;
      have += got;
    }
    state.position += have;
    return static_cast<zip_int64_t>(have);
  } catch (const std::exception&) {
    return fail(state, ZIP_ER_READ);
  }
}

zip_int64_t seek_to(SourceState& state, std::uint64_t offset) {
  if (offset > state.bytes->bytes_total()) return fail(state, ZIP_ER_SEEK);
  try {
    state.bytes->seek(offset);
  } catch (const std::exception&) {
    return fail(state, ZIP_ER_SEEK);
  }
  state.position = offset;
  return 0;
}

zip_int64_t serve_zip(void* user, void* data, zip_uint64_t size, zip_source_cmd_t command) {
  auto& state = *static_cast<SourceState*>(user);
  switch (command) {
    case ZIP_SOURCE_OPEN:
      return seek_to(state, 0);
    case ZIP_SOURCE_READ:
      return read_some(state, data, size);
    case ZIP_SOURCE_CLOSE:
      return 0;
    case ZIP_SOURCE_STAT: {
      auto* facts = static_cast<zip_stat_t*>(data);
      zip_stat_init(facts);
      facts->size = state.bytes->bytes_total();
      facts->valid |= ZIP_STAT_SIZE;
      return sizeof(zip_stat_t);
    }
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data(&state.error, data, size);
    case ZIP_SOURCE_FREE:
      delete &state;
      return 0;
    case ZIP_SOURCE_SEEK: {
      const zip_int64_t to =
          zip_source_seek_compute_offset(state.position, state.bytes->bytes_total(), data, size, &state.error);
      return to < 0 ? -1 : seek_to(state, static_cast<std::uint64_t>(to));
    }
    case ZIP_SOURCE_TELL:
      return static_cast<zip_int64_t>(state.position);
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                            ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                                            ZIP_SOURCE_SUPPORTS, -1);
    default:
      return fail(state, ZIP_ER_OPNOTSUPP);
  }
}

}  // namespace

PackageEntry::PackageEntry(zip_file* file, std::uint64_t packed_bytes, std::uint64_t plain_bytes,
                           const TableInput& input)
    : m_file(file), m_packed_bytes(packed_bytes), m_plain_bytes(plain_bytes), m_input(input) {}

PackageEntry::~PackageEntry() {
  zip_fclose(m_file);
}

std::size_t PackageEntry::read(char* to, std::size_t size) {
  const zip_int64_t got = zip_fread(m_file, to, size);
  if (got < 0)
    throw Error(ErrorCode::damaged,
                m_input.name +
                    " is a damaged workbook: what is packed in it cannot be unpacked. Open it in a "
                    "spreadsheet and save it anew, or ask for another copy.",
                zip_file_strerror(m_file));
  m_read += static_cast<std::uint64_t>(got);
  const TableLimits& limits = m_input.options.limits;
  if (m_read > limits.inflated_bytes)
    throw Error(ErrorCode::too_large, m_input.name + " unpacks to more than " +
                                          std::to_string(limits.inflated_bytes >> 20) +
                                          " MB, which is beyond the limit. Split it, or save it as CSV.");
  if (m_read > ratio_free_bytes &&
      static_cast<double>(m_read) > limits.inflate_ratio * static_cast<double>(m_packed_bytes))
    throw Error(ErrorCode::too_large, m_input.name + " unpacks to more than " +
                                          std::to_string(static_cast<int>(limits.inflate_ratio)) +
                                          " times its size, as a zip bomb does. If the table is good, save it as CSV.");
  return static_cast<std::size_t>(got);
}

Package::Package(std::unique_ptr<ByteSource> bytes, const TableInput& input)
    : m_bytes(std::move(bytes)), m_input(input) {
  check_zip_layout(*m_bytes, input);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_function_create(&serve_zip, new SourceState{m_bytes.get()}, &error);
  if (source != nullptr) m_zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (m_zip == nullptr) {
    const std::string detail = zip_error_strerror(&error);
    if (source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    throw Error(
        ErrorCode::damaged,
        input.name + " is a damaged workbook. Open it in a spreadsheet and save it anew, or ask for another copy.",
        detail);
  }
  zip_error_fini(&error);
}

Package::~Package() {
  if (m_zip != nullptr) zip_discard(m_zip);
}

bool Package::has(const std::string& entry) const {
  return zip_name_locate(m_zip, entry.c_str(), ZIP_FL_NOCASE) >= 0;
}

std::unique_ptr<PackageEntry> Package::open(const std::string& entry) {
  const zip_int64_t index = zip_name_locate(m_zip, entry.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return nullptr;
  zip_stat_t facts;
  zip_stat_init(&facts);
  zip_stat_index(m_zip, static_cast<zip_uint64_t>(index), 0, &facts);
  if (facts.encryption_method != ZIP_EM_NONE)
    throw Error(ErrorCode::unsupported, m_input.name + " is locked by a password. Save it without one.");
  zip_file* file = zip_fopen_index(m_zip, static_cast<zip_uint64_t>(index), 0);
  if (file == nullptr)
    throw Error(ErrorCode::damaged, m_input.name + " is a damaged workbook. Open it in a spreadsheet and save it anew.",
                zip_strerror(m_zip));
  return std::make_unique<PackageEntry>(file, facts.comp_size, facts.size, m_input);
}

}  // namespace menpai::intake
