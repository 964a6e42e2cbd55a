// SPDX-License-Identifier: Apache-2.0
// Parts of a library file that are verified when they are first touched, 64 KiB at a time.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace menpai::address {

/// Verifies the chunks of a mapped file as they are first used. For any thread; a verified chunk costs one byte's load.
/// A damaged chunk throws damaged, each time.
class ChunkChecks {
 public:
  static constexpr unsigned chunk_bits = 16;
  static constexpr std::size_t chunk_bytes = std::size_t{1} << chunk_bits;

  /// `sums`: the checksum of each chunk of `bytes`. Both must outlive this. `name`: the file's, for messages.
  ChunkChecks(std::span<const std::byte> bytes, std::span<const std::uint64_t> sums, std::string name);

  /// What lies at [data, data + size) may be relied upon from here on. Within the bytes, and at most a chunk's size.
  void touch(const void* data, std::size_t size) const {
    const auto at = static_cast<std::size_t>(static_cast<const std::byte*>(data) - m_bytes.data());
    if (m_good[at >> chunk_bits].load(std::memory_order_acquire) == 0) [[unlikely]] {
      verify_two(at >> chunk_bits);
    }
    static_cast<void>(size);
  }
  /// The same for any size.
  void touch_all(std::span<const std::byte> part) const;
  /// Verifies every chunk.
  void verify() const;
  /// Takes every chunk for good; what points outside of the bytes is still found.
  void trust() const;
  [[noreturn]] void throw_outside() const;

 private:
  void verify_two(std::size_t chunk) const;
  void verify_one(std::size_t chunk) const;

  std::span<const std::byte> m_bytes;
  std::span<const std::uint64_t> m_sums;
  std::string m_name;
  /// By chunk: it and the one behind it are good, so that what begins in it may end in the next.
  std::unique_ptr<std::atomic<std::uint8_t>[]> m_good;
};

/// Bytes of a library; without checks they are trusted (made in this process).
struct CheckedBytes {
  std::span<const std::byte> bytes;
  const ChunkChecks* checks = nullptr;

  /// bytes.subspan(at, size), verified; empty if it does not lie inside.
  std::span<const std::byte> part(std::size_t at, std::size_t size) const {
    if (at > bytes.size() || size > bytes.size() - at) return {};
    const std::span<const std::byte> out = bytes.subspan(at, size);
    if (checks != nullptr) checks->touch_all(out);
    return out;
  }
};

/// An array in a library, each value verified when it is first read. Reading outside of it throws damaged.
template <class T>
class CheckedArray {
 public:
  static_assert(sizeof(T) <= ChunkChecks::chunk_bytes);
  CheckedArray() = default;
  explicit CheckedArray(std::span<const T> values, const ChunkChecks* checks = nullptr)
      : m_values(values), m_checks(checks) {}

  const T& operator[](std::size_t i) const {
    if (i >= m_values.size()) [[unlikely]]
      throw_outside();
    if (m_checks != nullptr) m_checks->touch(&m_values[i], sizeof(T));
    return m_values[i];
  }
  std::size_t size() const { return m_values.size(); }
  bool empty() const { return m_values.empty(); }
  const T& front() const { return (*this)[0]; }
  const T& back() const { return (*this)[size() - 1]; }
  std::span<const T> subspan(std::size_t first, std::size_t count) const {
    if (first > m_values.size() || count > m_values.size() - first) throw_outside();
    const std::span<const T> out = m_values.subspan(first, count);
    if (m_checks != nullptr) m_checks->touch_all(std::as_bytes(out));
    return out;
  }
  /// All of it; verifies all of it.
  std::span<const T> all() const { return subspan(0, size()); }
  /// Where value i lies, for prefetching; not to be read.
  const T* address(std::size_t i) const { return m_values.data() + i; }

 private:
  [[noreturn]] void throw_outside() const;
  std::span<const T> m_values;
  const ChunkChecks* m_checks = nullptr;
};

[[noreturn]] void throw_outside_of_array(const ChunkChecks* checks);

template <class T>
void CheckedArray<T>::throw_outside() const {
  throw_outside_of_array(m_checks);
}

/// The first i in [first, last) for which `before(array[i])` does not hold; as std::partition_point.
template <class T, class Before>
std::size_t partition_index(const CheckedArray<T>& array, std::size_t first, std::size_t last, const Before& before) {
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    if (before(array[middle])) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

}  // namespace menpai::address
