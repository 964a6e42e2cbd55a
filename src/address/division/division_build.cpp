// SPDX-License-Identifier: Apache-2.0
// Lays a set of divisions out as one flat, searchable block.
#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <unordered_map>

#include "address/division/division_layout.hpp"
#include "address/text/normalise.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"
#include "model/division_name.hpp"

namespace menpai::address {
namespace {

Suffix suffix_of(std::string_view word) {
  std::u32string folded = fold_text(word);
  return folded.empty() ? Suffix::none : suffix_at(folded, 0).suffix;
}

bool ends_with(std::string_view text, std::string_view tail) {
  return text.ends_with(tail);
}

/// 鸣江村村委会 → 鸣江村, 多福巷社区居委会 → 多福巷社区: the place, not its committee.
std::string shown_village(std::string_view name) {
  for (const std::string_view committee : {"居民委员会", "居委会", "村民委员会", "村委会", "牧民委员会", "牧委会"}) {
    if (!ends_with(name, committee)) continue;
    const std::string_view place = name.substr(0, name.size() - committee.size());
    for (const std::string_view word : {"社区", "村", "嘎查"}) {
      if (ends_with(place, word) && place.size() > word.size()) return std::string(place);
    }
    if (committee.starts_with("村") && place.size() >= 3) return std::string(place) + "村";
  }
  return std::string(name);
}

class IndexBuilder {
 public:
  explicit IndexBuilder(const DivisionSet& set) : m_set(set) {}

  std::vector<std::byte> build() {
    sort_divisions();
    make_nodes();
    for (std::uint32_t i = 0; i < m_order.size(); ++i) add_own_names(i);
    add_other_names();
    make_symbols();
    make_trie();
    make_villages();
    return serialise();
  }

 private:
  struct Meaning {
    std::uint32_t node;
    Reason kind;
    Suffix suffix;
    std::uint8_t rank;
    bool whole;
  };

  void sort_divisions() {
    for (const Division& d : m_set.divisions) {
      if (d.valid_to.empty()) m_order.push_back(&d);
    }
    std::sort(m_order.begin(), m_order.end(), [](const Division* a, const Division* b) { return a->code < b->code; });
    for (std::uint32_t i = 0; i < m_order.size(); ++i) {
      if (!m_by_code.emplace(m_order[i]->code, i).second) {
        throw Error(ErrorCode::bad_request, "The division code " + m_order[i]->code + " is given twice.");
      }
    }
  }

  void make_nodes() {
    m_text = m_set.edition;
    m_nodes.resize(m_order.size());
    for (std::uint32_t i = 0; i < m_order.size(); ++i) {
      const Division& d = *m_order[i];
      NodeRecord& node = m_nodes[i];
      node = {};
      node.parent = no_division;
      if (!d.parent.empty()) {
        const auto parent = m_by_code.find(d.parent);
        if (parent == m_by_code.end() || !d.code.starts_with(d.parent)) {
          throw Error(ErrorCode::bad_request, "The division " + d.code + " " + d.name + " hangs below " + d.parent +
                                                  ", which is not in the set or not the beginning of its code.");
        }
        node.parent = parent->second;
      }
      const std::string name = shown_name(i);
      if (d.code.size() > 255 || name.size() > 65535 || name.empty()) {
        throw Error(ErrorCode::bad_request, "The division " + d.code + " has an empty or overlong name.");
      }
      node.end = i + 1;
      node.text = static_cast<std::uint32_t>(m_text.size());
      node.code_bytes = static_cast<std::uint8_t>(d.code.size());
      node.name_bytes = static_cast<std::uint16_t>(name.size());
      node.level = static_cast<std::uint8_t>(d.level);
      m_text += d.code;
      m_text += name;
    }
    for (std::uint32_t i = static_cast<std::uint32_t>(m_nodes.size()); i-- > 0;) {
      const std::uint32_t parent = m_nodes[i].parent;
      if (parent != no_division) m_nodes[parent].end = std::max(m_nodes[parent].end, m_nodes[i].end);
    }
  }

  /// A town's name without its county's or city's before it (召陵区青年镇) and without the office behind it.
  std::string_view town_name(std::uint32_t i) const {
    std::string_view name = m_order[i]->name;
    for (std::uint32_t up = m_nodes[i].parent; up != no_division; up = m_nodes[up].parent) {
      const std::string& above = m_order[up]->name;
      if (name.size() > above.size() + 3 && name.starts_with(above)) name.remove_prefix(above.size());
    }
    if (ends_with(name, "街道办事处")) name.remove_suffix(std::string_view("办事处").size());
    return name;
  }

  std::string shown_name(std::uint32_t i) const {
    const Division& division = *m_order[i];
    if (division.level == Level::village) return shown_village(division.name);
    return division.level == Level::town ? std::string(town_name(i)) : division.name;
  }

  void add_key(std::string_view name, Meaning meaning) {
    std::u32string folded = fold_text(name);
    if (folded.size() < 2 || folded.size() > 40) return;
    m_keys[folded].push_back(meaning);
  }

  static DivisionNameParts parts_of(Level level, std::string_view name) {
    return level == Level::town ? town_name_parts(name) : division_name_parts(name);
  }

  /// One name of a node: by its stem with the generic word known apart, and whole where the word alone does not make
  /// it.
  void add_name(std::uint32_t node, std::string_view name, Reason kind, std::uint8_t rank) {
    const Level level = m_order[node]->level;
    const DivisionNameParts parts = parts_of(level, name);
    if (parts.suffix.empty()) {
      add_key(name, {node, kind, Suffix::none, rank, true});
      return;
    }
    add_key(parts.stem, {node, kind, suffix_of(parts.suffix), rank, false});
    if (parts.stem.size() + parts.suffix.size() < name.size()) add_key(name, {node, kind, Suffix::none, rank, true});
    if (level == Level::town) {
      const std::string as_county = std::string(parts.stem) + "自治县";
      const std::string_view bare = division_name_parts(as_county).stem;  // 富厚堂满族 → 富厚堂
      if (bare.size() < parts.stem.size()) {
        add_key(bare, {node, Reason::alias, suffix_of(parts.suffix), rank, false});
      }
    }
  }

  void add_own_names(std::uint32_t i) {
    const Division& d = *m_order[i];
    if (d.level == Level::village) return;
    add_name(i, d.name, Reason::matched, 0);
    if (d.level == Level::town && town_name(i) != d.name) add_name(i, town_name(i), Reason::matched, 0);
    if (d.level == Level::city) add_zone_names(i);
    for (const std::string_view office : {"管理委员会", "管委会"}) {
      if (ends_with(d.name, office)) {
        add_name(i, std::string_view(d.name).substr(0, d.name.size() - office.size()), Reason::alias, 0);
      }
    }
  }

  /// The part of a province's free trade zone that lies in a city: 自由贸易试验区厦门片区.
  void add_zone_names(std::uint32_t i) {
    const std::string stem(division_name_parts(m_order[i]->name).stem);
    if (stem.empty()) return;
    for (const std::string_view zone : {"自由贸易试验区", "自贸试验区", "自贸区"}) {
      add_key(std::string(zone) + stem + "片区", {i, Reason::alias, Suffix::none, 0, true});
    }
  }

  void add_other_names() {
    std::map<std::string, std::uint8_t> rank;
    for (const DivisionName& n : m_set.names) {
      const auto node = m_by_code.find(n.code);
      if (node == m_by_code.end() || m_order[node->second]->level == Level::village) continue;
      std::uint8_t& next = rank[n.name + n.code.substr(0, 2)];
      add_name(node->second, n.name, n.kind, n.kind == Reason::former_name ? next : std::uint8_t{0});
      if (next < 250) ++next;
    }
  }

  void make_symbols() {
    std::unordered_map<char32_t, std::uint32_t> uses;
    for (const auto& [key, meanings] : m_keys) {
      for (const char32_t c : key) ++uses[c];
    }
    for (std::uint32_t i = 0; i < m_order.size(); ++i) {
      if (m_order[i]->level != Level::village) continue;
      const std::u32string stem = fold_text(village_name_parts(m_order[i]->name).stem);
      for (const char32_t c : stem) ++uses[c];
    }
    std::vector<std::pair<std::uint32_t, char32_t>> ordered;
    for (const auto& [c, n] : uses) ordered.emplace_back(n, c);
    std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (ordered.size() > 65000) throw Error(ErrorCode::too_large, "The names use more than 65,000 characters.");
    m_symbols.assign(symbol_table_size, u'\0');
    char16_t next = 1;
    for (const auto& [n, c] : ordered) {
      if (c < symbol_table_size) {
        m_symbols[c] = next;
      } else {
        m_wide.push_back({c, next});
      }
      ++next;
    }
    std::sort(m_wide.begin(), m_wide.end(), [](const WideSymbol& a, const WideSymbol& b) { return a.c < b.c; });
  }

  std::u16string symbols_of(std::u32string_view text) const {
    std::u16string out;
    for (const char32_t c : text) {
      if (c < symbol_table_size) {
        out += m_symbols[c];
      } else {
        const auto it =
            std::lower_bound(m_wide.begin(), m_wide.end(), c, [](const WideSymbol& a, char32_t b) { return a.c < b; });
        out += static_cast<char16_t>(it->symbol);
      }
    }
    return out;
  }

  void make_trie() {
    std::map<std::u16string, const std::vector<Meaning>*> sorted;
    for (const auto& [key, meanings] : m_keys) sorted.emplace(symbols_of(key), &meanings);
    std::vector<std::u16string> keys;
    for (const auto& [key, meanings] : sorted) {
      keys.push_back(key);
      std::vector<Meaning> unique = *meanings;
      std::stable_sort(unique.begin(), unique.end(), [](const Meaning& a, const Meaning& b) {
        return a.node != b.node ? a.node < b.node : a.kind < b.kind;
      });
      const auto same = [](const Meaning& a, const Meaning& b) {
        return a.node == b.node && a.suffix == b.suffix && a.whole == b.whole;
      };
      unique.erase(std::unique(unique.begin(), unique.end(), same), unique.end());
      m_key_records.push_back(
          {static_cast<std::uint32_t>(m_postings.size()), static_cast<std::uint32_t>(unique.size()), 0, 0});
      for (const Meaning& m : unique) {
        std::uint16_t& levels = m.whole ? m_key_records.back().whole_levels : m_key_records.back().stem_levels;
        levels = static_cast<std::uint16_t>(levels | 1u << m_nodes[m.node].level);
        m_postings.push_back({m.node, m_nodes[m.node].parent, static_cast<std::uint8_t>(m.kind),
                              static_cast<std::uint8_t>(m.suffix), m.rank, static_cast<std::uint8_t>(m.whole),
                              static_cast<std::uint8_t>(m_nodes[m.node].level & 0x7F)});
      }
    }
    m_cells = build_double_array(keys);
  }

  void make_villages() {
    for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
      const bool has_towns =
          i + 1 < m_nodes.size() && m_nodes[i + 1].parent == i && m_order[i + 1]->level == Level::town;
      if (!has_towns) continue;
      std::vector<std::pair<std::u16string, std::uint32_t>> stems;
      for (std::uint32_t v = i + 1; v < m_nodes[i].end; ++v) {
        if (m_order[v]->level != Level::village) continue;
        std::u16string stem = symbols_of(fold_text(village_name_parts(m_order[v]->name).stem));
        if (!stem.empty() && stem.size() <= 60) stems.emplace_back(std::move(stem), v);
      }
      std::sort(stems.begin(), stems.end());
      m_nodes[i].village_first = static_cast<std::uint32_t>(m_villages.size());
      m_nodes[i].village_count = static_cast<std::uint32_t>(stems.size());
      for (const auto& [stem, node] : stems) {
        const std::uint32_t bit = village_head(i, stem[0], stem.size() > 1 ? stem[1] : 0u);
        m_village_heads[bit / 64] |= std::uint64_t{1} << (bit % 64);
        const std::uint32_t head = std::uint32_t{stem[0]} << 16 | (stem.size() > 1 ? stem[1] : 0u);
        m_villages.push_back(
            {head, static_cast<std::uint32_t>(m_pool.size()), node, static_cast<std::uint32_t>(stem.size())});
        m_pool.insert(m_pool.end(), stem.begin(), stem.end());
      }
    }
  }

  template <class T>
  static void append(std::vector<std::byte>& out, Section& section, const T* data, std::size_t count) {
    out.resize((out.size() + 63) / 64 * 64);
    section = {out.size(), count};
    const auto* bytes = reinterpret_cast<const std::byte*>(data);
    out.insert(out.end(), bytes, bytes + count * sizeof(T));
  }

  std::vector<std::byte> serialise() const {
    DivisionHeader header{};
    header.magic = division_magic;
    header.version = division_version;
    header.edition_bytes = static_cast<std::uint32_t>(m_set.edition.size());
    const auto island = std::find_if(m_order.begin(), m_order.end(), [](const Division* d) { return d->code >= "7"; });
    header.first_island = static_cast<std::uint32_t>(island - m_order.begin());
    std::vector<std::byte> out(sizeof header);
    append(out, header.nodes, m_nodes.data(), m_nodes.size());
    append(out, header.cells, m_cells.data(), m_cells.size());
    append(out, header.keys, m_key_records.data(), m_key_records.size());
    append(out, header.postings, m_postings.data(), m_postings.size());
    append(out, header.villages, m_villages.data(), m_villages.size());
    append(out, header.pool, m_pool.data(), m_pool.size());
    append(out, header.text, m_text.data(), m_text.size());
    append(out, header.symbols, m_symbols.data(), m_symbols.size());
    append(out, header.wide, m_wide.data(), m_wide.size());
    append(out, header.village_heads, m_village_heads.data(), m_village_heads.size());
    out.resize((out.size() + 63) / 64 * 64);
    std::memcpy(out.data(), &header, sizeof header);
    return out;
  }

  const DivisionSet& m_set;
  std::vector<const Division*> m_order;
  std::unordered_map<std::string, std::uint32_t> m_by_code;
  std::map<std::u32string, std::vector<Meaning>> m_keys;
  std::vector<NodeRecord> m_nodes;
  std::vector<TrieCell> m_cells;
  std::vector<KeyRecord> m_key_records;
  std::vector<PostingRecord> m_postings;
  std::vector<VillageRecord> m_villages;
  std::vector<std::uint64_t> m_village_heads = std::vector<std::uint64_t>(village_head_bits / 64);
  std::u16string m_pool;
  std::string m_text;
  std::u16string m_symbols;
  std::vector<WideSymbol> m_wide;
};

}  // namespace

std::vector<std::byte> build_division_index(const DivisionSet& set) {
  return IndexBuilder(set).build();
}

}  // namespace menpai::address
