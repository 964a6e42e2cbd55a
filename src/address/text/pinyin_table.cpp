// SPDX-License-Identifier: Apache-2.0
#include "address/text/pinyin_table.hpp"

#include <algorithm>
#include <vector>

#include "address/rules.hpp"
#include "address/text/pinyin_data.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

/// Unihan's readings with those of place names in front.
struct Table {
  std::vector<std::uint16_t> starts;
  std::vector<Syllable> readings;
};

Table make_table() {
  std::vector<std::vector<Syllable>> first(pinyin_data.reading_starts.size() - 1);
  for_each_rule("pinyin_places.tsv", [&](std::string_view character, std::string_view readings) {
    std::size_t pos = 0;
    const char32_t c = utf8::next(character, pos);
    if (c < pinyin_data.first || c - pinyin_data.first >= first.size()) return;
    while (!readings.empty()) {
      const std::string_view word = readings.substr(0, readings.find(' '));
      readings.remove_prefix(std::min(readings.size(), word.size() + 1));
      const auto at = std::lower_bound(pinyin_data.syllables.begin(), pinyin_data.syllables.end(), word);
      if (at == pinyin_data.syllables.end() || *at != word) continue;
      first[c - pinyin_data.first].push_back(static_cast<Syllable>(at - pinyin_data.syllables.begin()));
    }
  });
  Table table;
  table.readings.reserve(pinyin_data.readings.size() + 256);
  for (std::size_t i = 0; i < first.size(); ++i) {
    const auto start = static_cast<std::ptrdiff_t>(table.readings.size());
    table.starts.push_back(static_cast<std::uint16_t>(start));
    table.readings.insert(table.readings.end(), first[i].begin(), first[i].end());
    for (std::size_t r = pinyin_data.reading_starts[i]; r < pinyin_data.reading_starts[i + 1]; ++r) {
      const Syllable syllable = pinyin_data.readings[r];
      if (std::find(table.readings.begin() + start, table.readings.end(), syllable) == table.readings.end()) {
        table.readings.push_back(syllable);
      }
    }
  }
  table.starts.push_back(static_cast<std::uint16_t>(table.readings.size()));
  return table;
}

}  // namespace

std::string_view syllable_text(Syllable syllable) {
  return syllable < pinyin_data.syllables.size() ? pinyin_data.syllables[syllable] : std::string_view();
}

std::span<const Syllable> pinyin_of(char32_t c) {
  static const Table table = make_table();
  if (c < pinyin_data.first || c - pinyin_data.first + 1 >= table.starts.size()) return {};
  const std::size_t i = c - pinyin_data.first;
  return std::span(table.readings).subspan(table.starts[i], table.starts[i + 1] - table.starts[i]);
}

bool same_sound(char32_t a, char32_t b) {
  const std::span<const Syllable> of_a = pinyin_of(a);
  const std::span<const Syllable> of_b = pinyin_of(b);
  return std::find_first_of(of_a.begin(), of_a.end(), of_b.begin(), of_b.end()) != of_a.end();
}

}  // namespace menpai::address
