// SPDX-License-Identifier: Apache-2.0
#include "address/library/tree.hpp"

#include <algorithm>

#include "address/overlay/tree_patch.hpp"

namespace menpai::address {
namespace {

constexpr std::uint64_t name_tag = std::uint64_t{15} << 60;

/// The first of `count` ascending keys that is not less than `wanted`. Guesses where it lies as if they rose evenly, as
/// numbers of houses do, and gallops from there: a few keys are looked at where halving would look at many, each of
/// which is a place of its own in memory.
template <class KeyAt>
std::size_t seek(std::size_t count, std::uint64_t wanted, const KeyAt& key_at) {
  if (count == 0) return 0;
  const std::uint64_t least = key_at(0);
  if (wanted <= least) return 0;
  const std::uint64_t most = key_at(count - 1);
  if (wanted > most) return count;
  std::size_t low = 0;           // its key is less than `wanted`
  std::size_t high = count - 1;  // its key is not
  const double share = static_cast<double>(wanted - least) / static_cast<double>(most - least);
  std::size_t at = std::clamp<std::size_t>(static_cast<std::size_t>(share * static_cast<double>(high)), 1, high);
  for (std::size_t step = 1; low + 1 < high; step *= 2) {
    if (key_at(at) < wanted) {
      low = at;
      if (high - low <= step || key_at(low + step) >= wanted) {
        high = std::min(high, low + step);
        break;
      }
      at = low + step;
    } else {
      high = at;
      if (high - low <= step || key_at(high - step) < wanted) {
        low = std::max(low, high > step ? high - step : 0);
        break;
      }
      at = high - step;
    }
  }
  while (low + 1 < high) {
    const std::size_t middle = low + (high - low) / 2;
    (key_at(middle) < wanted ? low : high) = middle;
  }
  return high;
}

}  // namespace

StepKey name_step(Level level, NameId name) {
  return name_tag | static_cast<StepKey>(level) << 56 | name;
}

Level step_level(StepKey step) {
  if (!is_name_step(step)) return number_level(number_kind(step));
  return static_cast<Level>(std::min<StepKey>(step >> 56 & 15, level_count - 1));
}

// A narrow key: kind (4 bits), value (16), sub-number (8), style (4); only for numbers without letters.
std::optional<std::uint32_t> narrow_key(NumberKey key) {
  const std::int32_t value = number_value(key);
  const std::int32_t sub = number_sub(key);
  if (value < 0 || value > 0xFFFF || sub > 0xFF || number_letters(key) != 0) return std::nullopt;
  return static_cast<std::uint32_t>(key >> 60) << 28 | static_cast<std::uint32_t>(value) << 12 |
         static_cast<std::uint32_t>(sub) << 4 | static_cast<std::uint32_t>(key & 15);
}

NumberKey wide_key(std::uint32_t narrow) {
  const NumberKey key =
      static_cast<NumberKey>(narrow >> 28) << 60 | static_cast<NumberKey>(narrow >> 4 & 0xFF) << 16 | (narrow & 15);
  return with_value(key, static_cast<std::int32_t>(narrow >> 12 & 0xFFFF));
}

Tree::Tree(const LibraryFile& file)
    : m_nodes(file.checked<NodeData>("tree.nodes")),
      m_children(file.checked<TreeNode>("tree.children")),
      m_shapes(file.checked<std::uint32_t>("tree.shapes")),
      m_tops(file.array<Pair>("tree.tops")),
      m_aliases(file.array<Pair>("tree.aliases")),
      m_more(file.array<Pair>("tree.more")),
      m_name_starts(file.array<std::uint32_t>("tree.name_starts")),
      m_name_nodes(file.array<TreeNode>("tree.name_nodes")),
      m_node_points(file.checked<NodePoint>("tree.node_points")) {
  const CheckedArray<std::uint32_t> counts = file.checked<std::uint32_t>("tree.counts");
  if (counts.size() == 2) {
    m_rows = counts[0];
    m_rows_all = counts[1];
  }
}

void Tree::check(const LibraryFile& file, const DivisionIndex& divisions, std::size_t names, bool nodes) const {
  const auto in_nodes = [&](TreeNode n) { return n < size(); };
  const bool holds = std::all_of(m_name_nodes.begin(), m_name_nodes.end(), in_nodes) &&
                     std::all_of(m_tops.begin(), m_tops.end(),
                                 [&](const Pair& p) {
                                   return in_nodes(p.second) && (p.first == no_division || p.first < divisions.size());
                                 }) &&
                     std::is_sorted(m_name_starts.begin(), m_name_starts.end()) &&
                     (m_name_starts.empty() || m_name_starts.back() <= m_name_nodes.size()) && m_rows <= m_rows_all;
  if (!holds || (nodes && !nodes_hold(divisions, names))) {
    file.throw_damaged("its tree of addresses contradicts itself");
  }
}

bool Tree::nodes_hold(const DivisionIndex& divisions, std::size_t names) const {
  const auto all = m_nodes.all();
  for (TreeNode i = 0; i < all.size(); ++i) {
    const NodeData& n = all[i];
    const bool fits = (n.parent == no_node || n.parent < i) && n.end > i && n.end <= all.size() &&
                      (n.division == no_division || n.division < divisions.size()) && n.children <= m_children.size() &&
                      n.child_count <= m_children.size() - n.children &&
                      (!is_name_step(n.step) || step_name(n.step) < names);
    if (!fits) return false;
  }
  const auto children = m_children.all();
  return std::all_of(children.begin(), children.end(), [&](TreeNode n) { return n < size(); });
}

RowId Tree::row(TreeNode node) const {
  if (m_patch != nullptr && m_patch->touches(node)) return patched_row(node);
  if (m_nodes[node].has_row != 0) return m_nodes[node].first_row;
  const auto at =
      std::lower_bound(m_aliases.begin(), m_aliases.end(), node, [](const Pair& p, TreeNode n) { return p.first < n; });
  return at != m_aliases.end() && at->first == node ? at->second : no_row;
}

bool Tree::is_alias(TreeNode node) const {
  if (m_patch != nullptr && m_patch->touches(node)) {
    return !m_patch->has_own_row(node, m_view) && m_patch->row(node, m_view) != no_row;
  }
  return m_nodes[node].has_row == 0 && row(node) != no_row;
}

TreeNode Tree::division_node(DivisionNode division) const {
  const auto at = std::lower_bound(m_tops.begin(), m_tops.end(), division,
                                   [](const Pair& p, DivisionNode d) { return p.first < d; });
  const TreeNode own = at != m_tops.end() && at->first == division ? at->second : no_node;
  if (m_patch == nullptr) return own;
  const TreeNode node = own == no_node ? m_patch->top(division).value_or(no_node) : own;
  return node != no_node && is_gone(node) ? no_node : node;
}

DivisionNode Tree::common_division(const DivisionIndex& divisions) const {
  if (m_tops.empty()) return no_division;
  DivisionNode common = m_tops.front().first;  // depth-first numbers: what holds the first and the last holds all
  const DivisionNode last = m_tops.back().first;
  if (common == no_division || last == no_division) return no_division;
  while (common != no_division && !divisions.contains(common, last)) common = divisions.parent(common);
  return common;
}

std::pair<TreeNode, TreeNode> Tree::nodes_of(DivisionNode first, DivisionNode last) const {
  const auto start = [&](DivisionNode division) {
    const auto at = std::lower_bound(m_tops.begin(), m_tops.end(), division,
                                     [](const Pair& p, DivisionNode d) { return p.first < d; });
    return at == m_tops.end() ? static_cast<TreeNode>(m_nodes.size()) : at->second;
  };
  return {start(first), start(last)};
}

std::span<const TreeNode> Tree::named(NameId name, TreeNode first, TreeNode last) const {
  if (m_name_starts.empty() || name + std::size_t{1} >= m_name_starts.size()) return {};
  const auto begin = m_name_nodes.begin() + m_name_starts[name];
  const auto end = m_name_nodes.begin() + m_name_starts[name + 1];
  return {std::lower_bound(begin, end, first), std::lower_bound(begin, end, last)};
}

Tree::Part Tree::part_of(DivisionNode first, DivisionNode last) const {
  const auto [first_node, last_node] = nodes_of(first, last);
  return {first_node, last_node, first, last};
}

std::span<const TreeNode> Tree::named(NameId name, const Part& part, std::vector<TreeNode>& memory) const {
  const std::span<const TreeNode> own = named(name, part.first, part.last);
  if (m_patch == nullptr || !m_patch->touches_name(name)) return own;
  return named_patched(name, own, part, no_node, memory);
}

std::span<const TreeNode> Tree::named_below(NameId name, TreeNode node, std::vector<TreeNode>& memory) const {
  const std::span<const TreeNode> own =
      node < m_nodes.size() ? named(name, node + 1, m_nodes[node].end) : std::span<const TreeNode>();
  if (m_patch == nullptr || !m_patch->touches_name(name)) return own;
  return named_patched(name, own, {}, node, memory);
}

std::span<const TreeNode> Tree::children(TreeNode node) const {
  if (m_patch != nullptr && m_patch->touches(node)) {
    if (const std::vector<TreeNode>* list = m_patch->children(node)) return *list;
    if (node >= m_nodes.size()) return {};
  }
  return m_children.subspan(m_nodes[node].children, m_nodes[node].child_count);
}

NumberKey Tree::Leaves::key(std::size_t i) const {
  return wide.empty() ? wide_key(narrow[i]) : wide[i];
}

Tree::Leaves Tree::leaves(TreeNode node) const {
  Leaves out = own_leaves(node);
  if (m_patch == nullptr || out.size() == 0 || !m_patch->touches(node)) return out;
  std::size_t i = 0;
  while (i < out.size() && is_gone(node, i)) ++i;
  if (i == out.size()) out.narrow = {}, out.wide = {};
  return out;
}

Tree::Leaves Tree::own_leaves(TreeNode node) const {
  const NodeData& n = data(node);
  Leaves out;
  out.first = n.first_row + n.has_row;
  if (n.shape == no_shape || n.shape % 2 != 0 || n.shape > m_shapes.size() || m_shapes.size() - n.shape < 2) return out;
  const std::size_t count = m_shapes[n.shape];
  const bool wide = m_shapes[n.shape + 1] != 0;
  const std::size_t size_words = count * (wide ? 2 : 1);
  if (size_words > m_shapes.size() - n.shape - 2 || out.first > m_rows || count > m_rows - out.first) return out;
  const std::span<const std::uint32_t> words = m_shapes.subspan(n.shape + std::size_t{2}, size_words);
  if (wide) {
    out.wide = {reinterpret_cast<const std::uint64_t*>(words.data()), count};
  } else {
    out.narrow = words.first(count);
  }
  return out;
}

Tree::Spot Tree::find_child(TreeNode node, StepKey step) const {
  if (m_patch != nullptr && m_patch->touches(node)) return find_patched_child(node, step);
  return find_own_child(node, step);
}

Tree::Spot Tree::find_own_child(TreeNode node, StepKey step) const {
  const std::uint64_t wanted = step_identity(step);
  if (!is_name_step(step)) {
    const Leaves here = own_leaves(node);
    const std::size_t at = seek(here.size(), wanted, [&](std::size_t i) { return identity(here.key(i)); });
    if (at < here.size() && identity(here.key(at)) == wanted) return {node, static_cast<std::int32_t>(at)};
  }
  // Numbers stand before names: their identities are less than any name's step.
  const NodeData& parent = m_nodes[node];
  const std::span<const TreeNode> inner = m_children.subspan(parent.children, parent.child_count);
  const auto key_at = [&](std::size_t i) { return step_identity(m_nodes[inner[i]].step); };
  const std::size_t at = seek(inner.size(), wanted, key_at);
  if (at < inner.size() && key_at(at) == wanted) return {inner[at], -1};
  return {};
}

void Tree::fetch(TreeNode node, StepKey step, int stage) const {
  if (node >= m_nodes.size()) return;
  if (stage == 0) return __builtin_prefetch(m_nodes.address(node));
  const NodeData& n = m_nodes[node];
  if (stage == 1 && n.shape != no_shape && n.shape < m_shapes.size()) __builtin_prefetch(&m_shapes[n.shape]);
  if (n.child_count == 0) return;
  // Where the child stands if they count from one, as buildings and units do.
  const auto value = is_name_step(step) ? 1 : std::clamp<std::int64_t>(number_value(step), 1, n.child_count);
  for (const std::uint32_t i : {0U, static_cast<std::uint32_t>(value - 1), n.child_count - 1}) {
    const TreeNode& child = m_children[n.children + std::size_t{i}];
    __builtin_prefetch(stage == 1 ? static_cast<const void*>(&child) : &m_nodes[child]);
  }
}

StepKey Tree::step(Spot spot) const {
  if (spot.leaf < 0) return data(spot.node).step;
  const Leaves here = own_leaves(spot.node);
  return static_cast<std::size_t>(spot.leaf) < here.size() ? here.key(static_cast<std::size_t>(spot.leaf)) : 0;
}

RowId Tree::row(Spot spot) const {
  if (spot.node >= size()) return no_row;
  if (spot.leaf < 0) return row(spot.node);
  const RowId own = own_leaves(spot.node).first + static_cast<RowId>(spot.leaf);
  return m_patch != nullptr && m_patch->touches(spot.node) ? m_patch->row_of_leaf(own, m_view) : own;
}

Tree::Spot Tree::spot_of(RowId row) const {
  if (m_patch != nullptr) return m_patch->spot_of(row);
  if (row >= m_rows) {
    const auto at =
        std::lower_bound(m_more.begin(), m_more.end(), row, [](const Pair& p, RowId r) { return p.second < r; });
    if (at == m_more.end() || at->second != row || at->first >= m_rows) return {};
    row = at->first;
  }
  const std::size_t at =
      partition_index(m_nodes, 0, m_nodes.size(), [&](const NodeData& n) { return n.first_row <= row; });
  if (at == 0) return {};
  const auto node = static_cast<TreeNode>(at - 1);
  const RowId within = row - m_nodes[node].first_row;
  if (within < m_nodes[node].has_row) return {node, -1};
  const auto leaf = within - m_nodes[node].has_row;
  return leaf < own_leaves(node).size() ? Spot{node, static_cast<std::int32_t>(leaf)} : Spot{};
}

void Tree::more_rows(RowId row, std::vector<RowId>& rows) const {
  if (m_patch != nullptr) {
    const Spot spot = m_patch->spot_of(row);
    if (spot.node != no_node && m_patch->touches(spot.node)) {
      const std::size_t before = rows.size();
      m_patch->rows_at(spot, m_view, rows);
      const auto own = std::find(rows.begin() + static_cast<std::ptrdiff_t>(before), rows.end(), row);
      if (own != rows.end()) rows.erase(own);
      return;
    }
  }
  auto at = std::lower_bound(m_more.begin(), m_more.end(), row, [](const Pair& p, RowId r) { return p.first < r; });
  for (; at != m_more.end() && at->first == row; ++at) rows.push_back(at->second);
}

std::optional<geo::LonLat> Tree::node_point(TreeNode node) const {
  if (node >= m_nodes.size()) {
    const std::optional<PackedPoint> point = m_patch->point(node);
    return point ? std::optional(point->unpack()) : std::nullopt;
  }
  const std::size_t at = seek(m_node_points.size(), node, [&](std::size_t i) { return m_node_points[i].node; });
  if (at == m_node_points.size() || m_node_points[at].node != node) return std::nullopt;
  return m_node_points[at].point.unpack();
}

std::optional<geo::LonLat> Tree::point(RowId row, const PointColumn& points) const {
  const Spot spot = spot_of(row);
  return spot.node == no_node ? points.get(row) : point(row, spot, points);
}

std::optional<geo::LonLat> Tree::own_point(RowId row, const PointColumn& points) const {
  const AddedRow* added = m_patch == nullptr ? nullptr : m_patch->find_row(row);
  if (added == nullptr) return points.get(row);
  return added->point ? std::optional(added->point->unpack()) : std::nullopt;
}

std::optional<geo::LonLat> Tree::point(RowId row, Spot spot, const PointColumn& points) const {
  if (const auto own = own_point(row, points)) return own;
  return point(spot.leaf < 0 ? Spot{parent(spot.node), -1} : Spot{spot.node, -1}, points);
}

std::optional<geo::LonLat> Tree::point(Spot spot, const PointColumn& points) const {
  TreeNode node = spot.node;
  while (node != no_node && step(node) != 0 && step_level(step(node)) >= Level::number) {
    if (const auto shared = node_point(node)) return shared;
    if (data(node).has_row != 0) {
      if (const auto own = points.get(data(node).first_row)) return own;
    }
    node = parent(node);
  }
  return std::nullopt;
}

}  // namespace menpai::address
