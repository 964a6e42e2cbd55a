// SPDX-License-Identifier: Apache-2.0
// Opens a division index, and checks what it relies on.
#include "address/division/division_index.hpp"

#include <algorithm>
#include <cstring>

#include "address/division/division_layout.hpp"
#include "base/error.hpp"

namespace menpai::address {
namespace {

void require(bool condition, const char* what) {
  if (!condition) {
    throw Error(ErrorCode::damaged, "The division index is damaged; build the library anew.", what);
  }
}

template <class T>
void check_section(std::span<const std::byte> bytes, const Section& section) {
  require(section.offset % alignof(T) == 0 && section.offset <= bytes.size(), "section offset");
  require(section.count <= (bytes.size() - section.offset) / sizeof(T), "section length");
}

void check_nodes(const DivisionIndex::Data& data) {
  const auto nodes = data.node_records().all();
  const std::uint64_t text = data.text.count;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const NodeRecord& node = nodes[i];
    require(node.parent == no_division || node.parent < i, "parent");
    require(node.end > i && node.end <= nodes.size(), "subtree");
    require(node.parent == no_division || node.end <= nodes[node.parent].end, "subtree nesting");
    require(node.level >= static_cast<int>(Level::province) && node.level <= static_cast<int>(Level::village), "level");
    require(node.parent == no_division || nodes[node.parent].level < node.level, "order of levels");
    require(node.text <= text && std::size_t{node.name_bytes} + node.code_bytes <= text - node.text, "name");
    require(node.village_first <= data.villages.count && node.village_count <= data.villages.count - node.village_first,
            "villages");
  }
}

void check_names(const DivisionIndex::Data& data) {
  for (const TrieCell& cell : data.get<TrieCell>(data.cells)) {
    require(cell.value == no_value || cell.value < data.keys.count, "trie value");
  }
  for (const KeyRecord& key : data.key_records()) {
    require(key.first <= data.postings.count && key.count <= data.postings.count - key.first, "key");
    require(key.count > 0, "empty key");
  }
  for (const PostingRecord& posting : data.posting_records()) {
    require(posting.node < data.nodes.count && posting.suffix < suffix_count, "posting");
    require(posting.kind <= static_cast<int>(Reason::former_name), "posting kind");
    const NodeRecord& node = data.node_records()[posting.node];
    require(posting.level == node.level && posting.parent == node.parent, "posting node");
  }
  for (const VillageRecord& village : data.village_records().all()) {
    require(village.node < data.nodes.count && village.length > 0, "village");
    require(village.pool <= data.pool.count && village.length <= data.pool.count - village.pool, "village name");
  }
}

}  // namespace

char16_t DivisionIndex::Data::symbol(char32_t c) const {
  if (c < symbol_table_size) return get<char16_t>(symbols)[c];
  const auto all = get<WideSymbol>(wide);
  const auto it = std::lower_bound(all.begin(), all.end(), c, [](const WideSymbol& a, char32_t b) { return a.c < b; });
  return it != all.end() && it->c == c ? static_cast<char16_t>(it->symbol) : u'\0';
}

DivisionIndex::DivisionIndex(std::span<const std::byte> bytes) : DivisionIndex(CheckedBytes{bytes, nullptr}) {
  check();
}

DivisionIndex::DivisionIndex(const CheckedBytes& block) {
  const std::span<const std::byte> bytes = block.bytes;
  require(bytes.size() >= sizeof(DivisionHeader) && reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 == 0, "header");
  auto made = std::make_shared<Data>();
  std::memcpy(static_cast<DivisionHeader*>(made.get()), block.part(0, sizeof(DivisionHeader)).data(),
              sizeof(DivisionHeader));
  made->block = block;
  const Data& header = *made;
  require(header.magic == division_magic, "magic");
  if (header.version != division_version) {
    throw Error(ErrorCode::unsupported, "The division index has version " + std::to_string(header.version) +
                                            ", this program reads version " + std::to_string(division_version) +
                                            "; build the library anew.");
  }
  check_section<NodeRecord>(bytes, header.nodes);
  check_section<TrieCell>(bytes, header.cells);
  check_section<KeyRecord>(bytes, header.keys);
  check_section<PostingRecord>(bytes, header.postings);
  check_section<VillageRecord>(bytes, header.villages);
  check_section<char16_t>(bytes, header.pool);
  check_section<char>(bytes, header.text);
  check_section<char16_t>(bytes, header.symbols);
  check_section<WideSymbol>(bytes, header.wide);
  check_section<std::uint64_t>(bytes, header.village_heads);
  require(header.symbols.count == symbol_table_size && header.cells.count > 0 &&
              header.village_heads.count == village_head_bits / 64,
          "tables");
  require(header.nodes.count < no_division && header.edition_bytes <= header.text.count, "counts");
  require(header.first_island <= header.nodes.count, "islands");
  m_size = static_cast<std::uint32_t>(header.nodes.count);
  m_first_island = header.first_island;
  m_data = std::move(made);
}

void DivisionIndex::prepare() const {
  const auto touch = [&](const Section& section, std::size_t value_bytes) {
    m_data->block.part(section.offset, section.count * value_bytes);
  };
  touch(m_data->cells, sizeof(TrieCell));
  touch(m_data->keys, sizeof(KeyRecord));
  touch(m_data->postings, sizeof(PostingRecord));
  touch(m_data->symbols, sizeof(char16_t));
  touch(m_data->wide, sizeof(WideSymbol));
}

void DivisionIndex::check() const {
  prepare();
  check_nodes(*m_data);
  check_names(*m_data);
}

void DivisionIndex::fetch(DivisionNode node) const {
  if (node < m_size) __builtin_prefetch(data().node_records().address(node));
}

void DivisionIndex::fetch_name(DivisionNode node) const {
  if (node >= m_size) return;
  __builtin_prefetch(data().get<char>(data().text).data() + data().node_records()[node].text);
}

std::string_view DivisionIndex::edition() const {
  return data().text_at(0, data().edition_bytes);
}

Level DivisionIndex::level(DivisionNode node) const {
  return static_cast<Level>(data().node_records()[node].level);
}

DivisionNode DivisionIndex::parent(DivisionNode node) const {
  return data().node_records()[node].parent;
}

DivisionNode DivisionIndex::subtree_end(DivisionNode node) const {
  return data().node_records()[node].end;
}

DivisionNode DivisionIndex::at_level(DivisionNode node, Level wanted) const {
  while (node != no_division && level(node) > wanted) node = parent(node);
  return node != no_division && level(node) == wanted ? node : no_division;
}

std::string_view DivisionIndex::name(DivisionNode node) const {
  const NodeRecord& record = data().node_records()[node];
  return data().text_at(std::size_t{record.text} + record.code_bytes, record.name_bytes);
}

std::string_view DivisionIndex::code(DivisionNode node) const {
  const NodeRecord& record = data().node_records()[node];
  return data().text_at(record.text, record.code_bytes);
}

DivisionNode DivisionIndex::lower_bound_code(std::string_view wanted) const {
  DivisionNode lo = 0;
  DivisionNode hi = m_size;
  while (lo < hi) {
    const DivisionNode middle = lo + (hi - lo) / 2;
    if (code(middle) < wanted) {
      lo = middle + 1;
    } else {
      hi = middle;
    }
  }
  return lo;
}

std::optional<DivisionNode> DivisionIndex::find_code(std::string_view wanted) const {
  const DivisionNode node = lower_bound_code(wanted);
  if (node == m_size || code(node) != wanted) return std::nullopt;
  return node;
}

}  // namespace menpai::address
