// SPDX-License-Identifier: Apache-2.0
// Inflates gzip (RFC 1952) of one or several members, within limits.
#include <vector>
#include <zlib.h>

#include "base/error.hpp"
#include "intake/bytes.hpp"

namespace menpai::intake {
namespace {

// Small files may be packed as tightly as they like: the ratio counts once this much came out.
constexpr std::uint64_t ratio_free_bytes = std::uint64_t{64} << 20;

class GunzipSource final : public ByteSource {
 public:
  GunzipSource(std::unique_ptr<ByteSource> packed, std::string name, std::uint64_t bytes_max, double ratio_max)
      : m_packed(std::move(packed)),
        m_name(std::move(name)),
        m_bytes_max(bytes_max),
        m_ratio_max(ratio_max),
        m_block(std::size_t{128} << 10) {
    if (inflateInit2(&m_stream, 15 + 16) != Z_OK) throw Error(ErrorCode::internal, "Could not start zlib.");
  }
  ~GunzipSource() override { inflateEnd(&m_stream); }
  GunzipSource(const GunzipSource&) = delete;
  GunzipSource& operator=(const GunzipSource&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    if (m_ended || size == 0) return 0;
    m_stream.next_out = reinterpret_cast<Bytef*>(to);
    m_stream.avail_out = static_cast<uInt>(std::min<std::size_t>(size, std::size_t{1} << 30));
    const uInt wanted = m_stream.avail_out;
    while (m_stream.avail_out == wanted && !m_ended) step();
    const std::size_t given = wanted - m_stream.avail_out;
    m_inflated += given;
    check_limits();
    return given;
  }
  std::uint64_t bytes_read() const override { return m_packed->bytes_read(); }
  std::uint64_t bytes_total() const override { return m_packed->bytes_total(); }

 private:
  bool refill() {
    const std::size_t got = m_packed->read(m_block.data(), m_block.size());
    m_packed_bytes += got;
    m_stream.next_in = reinterpret_cast<Bytef*>(m_block.data());
    m_stream.avail_in = static_cast<uInt>(got);
    return got > 0;
  }

  void step() {
    if (m_stream.avail_in == 0 && !refill()) throw_cut_off();
    const int result = inflate(&m_stream, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      next_member();
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      throw Error(ErrorCode::damaged, m_name + " is a damaged gzip file (" +
                                          (m_stream.msg != nullptr ? m_stream.msg : "bad data") +
                                          "). Copy or download it again; `gzip -t` tests it.");
    }
  }

  // Behind a member: another one, or the end. Padding and rubbish behind the last member are passed over, as gzip does.
  void next_member() {
    if (m_stream.avail_in == 0 && !refill()) {
      m_ended = true;
      return;
    }
    if (*m_stream.next_in != 0x1f) {
      m_ended = true;
      return;
    }
    inflateReset(&m_stream);
  }

  [[noreturn]] void throw_cut_off() const {
    throw Error(ErrorCode::damaged,
                m_name + " ends in the middle of its gzip data. Copy or download it again; `gzip -t` tests it.");
  }

  void check_limits() const {
    if (m_inflated > m_bytes_max)
      throw Error(ErrorCode::too_large, m_name + " unpacks to more than " + std::to_string(m_bytes_max >> 20) +
                                            " MB, which is beyond the limit. Split it.");
    if (m_inflated > ratio_free_bytes &&
        static_cast<double>(m_inflated) > m_ratio_max * static_cast<double>(m_packed_bytes))
      throw Error(ErrorCode::too_large,
                  m_name + " unpacks to more than " + std::to_string(static_cast<int>(m_ratio_max)) +
                      " times its size, as a zip bomb does. If the file is good, unpack it with gunzip first.");
  }

  std::unique_ptr<ByteSource> m_packed;
  std::string m_name;
  std::uint64_t m_bytes_max;
  double m_ratio_max;
  std::vector<char> m_block;
  z_stream m_stream{};
  std::uint64_t m_inflated = 0;
  std::uint64_t m_packed_bytes = 0;
  bool m_ended = false;
};

}  // namespace

std::unique_ptr<ByteSource> gunzip(std::unique_ptr<ByteSource> packed, const std::string& name,
                                   std::uint64_t inflated_bytes_max, double ratio_max) {
  return std::make_unique<GunzipSource>(std::move(packed), name, inflated_bytes_max, ratio_max);
}

}  // namespace menpai::intake
