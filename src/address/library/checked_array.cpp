// SPDX-License-Identifier: Apache-2.0
#include "address/library/checked_array.hpp"

#include <algorithm>
#include <cstdint>
#include <sys/mman.h>

#include "address/library/library_file.hpp"
#include "base/error.hpp"

namespace menpai::address {

ChunkChecks::ChunkChecks(std::span<const std::byte> bytes, std::span<const std::uint64_t> sums, std::string name)
    : m_bytes(bytes),
      m_sums(sums),
      m_name(std::move(name)),
      m_good(std::make_unique<std::atomic<std::uint8_t>[]>(sums.size())) {}

namespace {

/// Has the kernel bring all of it from the disk at once, instead of page by page. Of other memory it asks nothing.
void ask_for(std::span<const std::byte> part) {
  constexpr std::uintptr_t page_bytes = 4096;
  const auto begin = reinterpret_cast<std::uintptr_t>(part.data());
  madvise(reinterpret_cast<void*>(begin / page_bytes * page_bytes), begin % page_bytes + part.size(), MADV_WILLNEED);
}

}  // namespace

void ChunkChecks::verify_one(std::size_t chunk) const {
  const std::size_t at = chunk << chunk_bits;
  const auto part = m_bytes.subspan(at, std::min(chunk_bytes, m_bytes.size() - at));
  ask_for(part);
  if (checksum(part) == m_sums[chunk]) return;
  throw Error(ErrorCode::damaged,
              m_name +
                  " is damaged (the checksum of a part of it does not hold); copy it again or build "
                  "it anew with `menpai library build`");
}

void ChunkChecks::verify_two(std::size_t chunk) const {
  verify_one(chunk);
  const bool next_known = chunk + 1 < m_sums.size() && m_good[chunk + 1].load(std::memory_order_acquire) != 0;
  if (chunk + 1 < m_sums.size() && !next_known) verify_one(chunk + 1);
  m_good[chunk].store(1, std::memory_order_release);
}

void ChunkChecks::touch_all(std::span<const std::byte> part) const {
  if (part.empty()) return;
  const auto at = static_cast<std::size_t>(part.data() - m_bytes.data());
  for (std::size_t chunk = at >> chunk_bits; chunk <= (at + part.size() - 1) >> chunk_bits; ++chunk) {
    if (m_good[chunk].load(std::memory_order_acquire) == 0) verify_two(chunk);
  }
}

void ChunkChecks::verify() const {
  // From the end, where each finds the one behind it done.
  for (std::size_t chunk = m_sums.size(); chunk-- > 0;) {
    if (m_good[chunk].load(std::memory_order_acquire) == 0) verify_two(chunk);
  }
}

void ChunkChecks::trust() const {
  for (std::size_t chunk = 0; chunk < m_sums.size(); ++chunk) m_good[chunk].store(1, std::memory_order_release);
}

void ChunkChecks::throw_outside() const {
  throw Error(ErrorCode::damaged, m_name +
                                      " is damaged (a part of it points outside of it); copy it again or build it anew "
                                      "with `menpai library build`");
}

void throw_outside_of_array(const ChunkChecks* checks) {
  MENPAI_ASSERT(checks != nullptr, "what was made in this process does not point outside of itself");
  checks->throw_outside();
}

}  // namespace menpai::address
