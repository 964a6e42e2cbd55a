// SPDX-License-Identifier: Apache-2.0
// Writes CSV, TSV and NDJSON, plain or gzipped. The gzip stream is made of pieces that any thread may pack.
#include <array>
#include <optional>
#include <zlib.h>

#include "base/error.hpp"
#include "intake/row_format.hpp"
#include "intake/writers.hpp"

namespace menpai::intake {
namespace {

/// One raw deflate piece that ends on a byte and leaves the stream open, as pigz makes them.
std::string deflate_piece(std::string_view bytes, int level) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw Error(ErrorCode::internal, "Could not start zlib.");
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 16, 0);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_SYNC_FLUSH);
  out.resize(stream.total_out);
  const bool whole = stream.avail_in == 0;
  deflateEnd(&stream);
  if (result != Z_OK || !whole) throw Error(ErrorCode::internal, "Could not compress with zlib.");
  return out;
}

class TextWriter final : public TableWriter {
 public:
  TextWriter(std::unique_ptr<ByteSink> sink, TableFormat format, bool gzip, const std::vector<std::string>& columns,
             const WriterOptions& options)
      : m_sink(std::move(sink)),
        m_format(make_row_format(format, options)),
        m_names(columns),
        m_gzip(gzip),
        m_gzip_level(options.gzip_level) {
    // RFC 1952, 2.3: magic, deflate, no flags, no time, no hints, Unix.
    if (m_gzip) m_sink->write(std::string_view("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10));
    if (format == TableFormat::ndjson) return;
    if (options.bom) m_rows += "\xEF\xBB\xBF";
    const std::vector<std::string_view> header(columns.begin(), columns.end());
    m_format->append(m_rows, m_names, header, {});
  }

  void write(const std::vector<std::string_view>& cells, const std::vector<CellKind>& kinds) override {
    m_format->append(m_rows, m_names, cells, kinds);
    if (m_rows.size() >= piece_bytes) flush();
  }

  const RowFormat* row_format() const override { return m_format.get(); }

  Packed pack(std::string&& rows) const override {
    Packed packed;
    packed.plain_bytes = rows.size();
    if (!m_gzip) {
      packed.bytes = std::move(rows);
      return packed;
    }
    packed.crc = static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(rows.data()), static_cast<uInt>(rows.size())));
    packed.bytes = deflate_piece(rows, m_gzip_level);
    return packed;
  }

  void write_packed(const Packed& packed) override {
    flush();
    append(packed);
  }

  void finish() override {
    flush();
    if (m_gzip) {
      // An empty last block, then the checksum and the length, both little-endian (RFC 1952, 2.3.1).
      std::string trailer("\x03\x00", 2);
      for (const std::uint64_t value : {std::uint64_t{m_crc}, m_plain_bytes})
        for (int shift = 0; shift < 32; shift += 8) trailer += static_cast<char>((value >> shift) & 0xFF);
      m_sink->write(trailer);
    }
    m_sink->finish();
  }

 private:
  static constexpr std::size_t piece_bytes = std::size_t{256} << 10;

  void flush() {
    if (m_rows.empty()) return;
    if (!m_gzip) {
      m_sink->write(m_rows);
      m_rows.clear();
      return;
    }
    append(pack(std::move(m_rows)));
    m_rows.clear();
  }

  void append(const Packed& packed) {
    m_sink->write(packed.bytes);
    if (!m_gzip) return;
    m_crc = static_cast<std::uint32_t>(crc32_combine(m_crc, packed.crc, static_cast<z_off_t>(packed.plain_bytes)));
    m_plain_bytes += packed.plain_bytes;
  }

  std::unique_ptr<ByteSink> m_sink;
  std::unique_ptr<RowFormat> m_format;
  RowNames m_names;
  bool m_gzip;
  int m_gzip_level;
  std::string m_rows;
  std::uint32_t m_crc = 0;
  std::uint64_t m_plain_bytes = 0;
};

bool gzip_by_name(const std::filesystem::path& file) {
  return file.extension() == ".gz" || file.extension() == ".GZ";
}

}  // namespace

TableWriter::Packed TableWriter::pack(std::string&& rows) const {
  return {std::move(rows), 0, 0};
}

void TableWriter::write_packed(const Packed& /*packed*/) {
  MENPAI_ASSERT(false, "a writer without a row format takes rows only");
}

std::unique_ptr<TableWriter> TableWriter::create(const std::filesystem::path& file, std::optional<TableFormat> format,
                                                 const std::vector<std::string>& columns,
                                                 const WriterOptions& options) {
  const TableFormat form = format.value_or(format_of_name(file).value_or(TableFormat::csv));
  if (form != TableFormat::xlsx)
    return std::make_unique<TextWriter>(create_bytes(file), form, gzip_by_name(file), columns, options);
  if (gzip_by_name(file))
    throw Error(ErrorCode::bad_request, "An .xlsx workbook is packed already: leave the .gz off its name.");
  return create_xlsx(create_bytes(file), columns);
}

std::unique_ptr<TableWriter> TableWriter::create(std::unique_ptr<ByteSink> sink, TableFormat format, bool gzip,
                                                 const std::vector<std::string>& columns,
                                                 const WriterOptions& options) {
  if (format == TableFormat::xlsx) return create_xlsx(std::move(sink), columns);
  return std::make_unique<TextWriter>(std::move(sink), format, gzip, columns, options);
}

}  // namespace menpai::intake
