// SPDX-License-Identifier: Apache-2.0
#include "address/library/double_array.hpp"

#include <gtest/gtest.h>
#include <random>
#include <set>

namespace menpai::address {
namespace {

std::uint32_t find(const DoubleArray& trie, const std::u16string& key) {
  std::uint32_t state = DoubleArray::root;
  for (const char16_t symbol : key) {
    if (!trie.step(state, symbol)) return no_value;
  }
  return trie.value(state);
}

TEST(DoubleArray, finds_every_key_and_nothing_else) {
  std::mt19937 random(7);
  std::set<std::u16string> distinct;
  while (distinct.size() < 5000) {
    std::u16string key(1 + random() % 6, u' ');
    for (char16_t& c : key) c = static_cast<char16_t>(1 + random() % (random() % 4 == 0 ? 3000 : 40));
    distinct.insert(key);
  }
  const std::vector<std::u16string> keys(distinct.begin(), distinct.end());
  const std::vector<TrieCell> cells = build_double_array(keys);
  const DoubleArray trie(cells);
  for (std::uint32_t i = 0; i < keys.size(); ++i) ASSERT_EQ(find(trie, keys[i]), i);
  for (int i = 0; i < 5000; ++i) {
    std::u16string key(1 + random() % 6, u' ');
    for (char16_t& c : key) c = static_cast<char16_t>(1 + random() % 60);
    ASSERT_EQ(find(trie, key) != no_value, distinct.contains(key));
  }
}

TEST(DoubleArray, of_no_keys_finds_nothing) {
  const std::vector<TrieCell> cells = build_double_array({});
  EXPECT_EQ(find(DoubleArray(cells), u"a"), no_value);
}

TEST(DoubleArray, survives_damaged_cells) {
  std::mt19937 random(3);
  std::vector<TrieCell> cells(100);
  for (TrieCell& cell : cells) {
    cell = {static_cast<std::uint32_t>(random()), static_cast<std::uint32_t>(random() % 100),
            static_cast<std::uint32_t>(random())};
  }
  const DoubleArray trie(cells);
  for (int i = 0; i < 10000; ++i) {
    std::uint32_t state = DoubleArray::root;
    for (int depth = 0; depth < 10; ++depth) {
      if (!trie.step(state, static_cast<std::uint16_t>(random()))) break;
    }
  }
}

}  // namespace
}  // namespace menpai::address
