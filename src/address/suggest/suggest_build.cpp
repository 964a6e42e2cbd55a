// SPDX-License-Identifier: Apache-2.0
// Writes what type-ahead needs: every spelling of every name and division, sorted, with its weight.
#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "address/match/compose.hpp"
#include "address/suggest/suggest_index.hpp"
#include "address/text/normalise.hpp"
#include "address/text/pinyin_keys.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t inner_length_max = 24;

/// A weight in a byte: eight steps for every doubling of the addresses below. Divisions without addresses stand under
/// everything that has one, the larger the higher.
std::uint8_t weight_of(std::uint64_t addresses) {
  if (addresses == 0) return 0;
  return static_cast<std::uint8_t>(std::min(255.0, 8.0 + 8.0 * std::log2(static_cast<double>(addresses))));
}
std::uint8_t weight_of_level(Level level) {
  return static_cast<std::uint8_t>(6 - std::min(5, static_cast<int>(level)));
}

/// The end of a division's stem: 港口|镇, 思明|区, 民主|社区. The whole length where nothing of two characters is left.
std::size_t stem_length(std::u32string_view name) {
  for (const std::u32string_view word :
       {std::u32string_view(U"特别行政区"), std::u32string_view(U"自治区"), std::u32string_view(U"自治州"),
        std::u32string_view(U"自治县"), std::u32string_view(U"街道"), std::u32string_view(U"社区"),
        std::u32string_view(U"地区"), std::u32string_view(U"新区")}) {
    if (name.ends_with(word) && name.size() >= word.size() + 2) return name.size() - word.size();
  }
  const bool generic =
      name.size() >= 3 && std::u32string_view(U"省市区县镇乡村旗盟").find(name.back()) != std::u32string_view::npos;
  return generic ? name.size() - 1 : name.size();
}

class Spellings {
 public:
  /// `text` as shown, `key` as sought; both folded.
  void add(std::u32string_view text, std::u32string_view key, SuggestItem item, std::uint8_t weight, bool with_inner) {
    const std::uint32_t start = pool(utf8::encode(key));
    m_names.push_back({start, item, weight});
    std::size_t byte = 0;
    const std::string_view bytes(m_pool.data() + start);
    for (std::size_t i = 0; with_inner && i + 2 < std::min(key.size(), inner_length_max); ++i) {
      utf8::next(bytes, byte);
      m_inner.push_back({static_cast<std::uint32_t>(start + byte), item, weight});
    }
    add_pinyin(text, item, weight);
    if (text != key) add_pinyin(key, item, weight);
  }

  void write(LibraryFileWriter& file) {
    write_row(file, "names", m_names);
    write_row(file, "inner", m_inner);
    write_row(file, "pinyin", m_pinyin);
    write_row(file, "initials", m_initials);
    if (m_pool.empty()) m_pool += '\0';
    file.add_text("suggest.pool", m_pool, SectionTrust::checked_in_use);
  }

 private:
  struct Spelling {
    std::uint32_t text;
    SuggestItem item;
    std::uint8_t weight;
  };

  std::uint32_t pool(const std::string& text) {
    const auto [at, is_new] = m_starts.try_emplace(text, static_cast<std::uint32_t>(m_pool.size()));
    if (is_new) (m_pool += text) += '\0';
    return at->second;
  }

  void add_pinyin(std::u32string_view text, SuggestItem item, std::uint8_t weight) {
    make_pinyin_keys(text, m_keys);
    for (const std::string& key : m_keys.full) m_pinyin.push_back({pool(key), item, weight});
    for (const std::string& key : m_keys.initials) m_initials.push_back({pool(key), item, weight});
  }

  void write_row(LibraryFileWriter& file, const std::string& name, std::vector<Spelling>& spellings) const {
    const auto text = [&](const Spelling& s) { return std::string_view(m_pool.data() + s.text); };
    std::sort(spellings.begin(), spellings.end(), [&](const Spelling& a, const Spelling& b) {
      if (a.text != b.text) {
        const int order = text(a).compare(text(b));
        if (order != 0) return order < 0;
      }
      return a.weight != b.weight ? a.weight > b.weight : a.item < b.item;
    });
    std::vector<SuggestKey> keys;
    std::vector<std::uint8_t> weights;
    for (const Spelling& s : spellings) {
      const std::string_view t = text(s);
      std::uint32_t head = 0;
      for (std::size_t i = 0; i < 4; ++i) head = head << 8 | (i < t.size() ? static_cast<unsigned char>(t[i]) : 0U);
      keys.push_back({head, s.text, s.item});
      weights.push_back(s.weight);
    }
    file.add_array("suggest." + name, std::span<const SuggestKey>(keys), SectionTrust::checked_in_use);
    const std::vector<std::uint8_t> packed = WeightTree::pack(weights);
    file.add_array("suggest.w." + name, std::span<const std::uint8_t>(packed), SectionTrust::checked_in_use);
  }

  std::string m_pool;
  std::unordered_map<std::string, std::uint32_t> m_starts;
  std::vector<Spelling> m_names, m_inner, m_pinyin, m_initials;
  PinyinKeys m_keys;
};

void add_divisions(const DivisionIndex& divisions, const TreeBuilder::Written& written, Spellings& spellings) {
  std::vector<std::uint64_t> addresses(divisions.size());
  for (const auto& [division, rows] : written.division_rows) {
    for (DivisionNode d = division; d != no_division && d < divisions.size(); d = divisions.parent(d)) {
      addresses[d] += rows;
    }
  }
  std::u32string name, key;
  for (DivisionNode d = 0; d < divisions.size(); ++d) {
    if (divisions.level(d) > Level::town && addresses[d] == 0) continue;
    if (is_silent_division(divisions.name(d))) continue;
    const std::uint8_t weight = addresses[d] == 0 ? weight_of_level(divisions.level(d)) : weight_of(addresses[d]);
    fold_text(divisions.name(d), name);
    key.clear();
    append_name_key(name, key);
    spellings.add(name, key, division_item | d, weight, false);
    const std::u32string_view stem = std::u32string_view(name).substr(0, stem_length(name));
    if (addresses[d] == 0 || stem.size() == name.size()) continue;
    key.clear();
    append_name_key(stem, key);
    spellings.add(stem, key, division_item | d, weight, false);
  }
}

}  // namespace

void write_suggest_index(const NameTableBuilder& names, const DivisionIndex& divisions,
                         const TreeBuilder::Written& written, LibraryFileWriter& file) {
  std::vector<std::uint32_t> rows(names.size());
  std::vector<bool> used(names.size());
  std::vector<TreeNode> places;
  std::vector<std::uint8_t> weights;
  for (const TreeBuilder::Written::Named& named : written.named) {
    const NameId name = step_name(named.steps.back());
    rows[name] = std::max(rows[name], named.rows);
    used[name] = true;
    places.push_back(named.node);
    weights.push_back(weight_of(named.rows));
  }
  Spellings spellings;
  std::u32string text;
  for (NameId name = 0; name < names.size(); ++name) {
    if (!used[name]) continue;
    fold_text(names.text(name), text);
    spellings.add(text, names.key(name), name, weight_of(rows[name]), true);
  }
  add_divisions(divisions, written, spellings);
  spellings.write(file);
  file.add_array("suggest.places", std::span<const TreeNode>(places), SectionTrust::checked_in_use);
  const std::vector<std::uint8_t> packed = WeightTree::pack(weights);
  file.add_array("suggest.w.places", std::span<const std::uint8_t>(packed), SectionTrust::checked_in_use);
}

}  // namespace menpai::address
