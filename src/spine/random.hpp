// SPDX-License-Identifier: Apache-2.0
// Random numbers that are the same on every machine and compiler: the demo town is a function of its seed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace menpai::spine {

/// SplitMix64 (Steele, Lea, Flood 2014). Not for secrets. std::distributions are avoided because the standard leaves
/// their results to the library.
class Random {
 public:
  explicit Random(std::uint64_t seed) : m_state(seed) {}
  /// A stream of its own for one thing among many: the same words give the same numbers.
  explicit Random(std::initializer_list<std::uint64_t> words) {
    for (const std::uint64_t word : words) {
      m_state ^= word;
      m_state = next();
    }
  }

  std::uint64_t next() {
    m_state += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = m_state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31);
  }
  /// 0 to count - 1; count > 0. The unevenness for the small counts used here is under one in a billion.
  std::uint64_t below(std::uint64_t count) { return next() % count; }
  /// low to high, both included.
  int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::uint64_t>(high - low) + 1)); }
  /// 0 to 1, without 1.
  double real() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  double real(double low, double high) { return low + (high - low) * real(); }
  bool chance(double probability) { return real() < probability; }
  template <class T, std::size_t n>
  const T& pick(const std::array<T, n>& of) {
    return of[below(n)];
  }

 private:
  std::uint64_t m_state = 0;
};

}  // namespace menpai::spine
