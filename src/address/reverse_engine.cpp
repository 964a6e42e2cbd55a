// SPDX-License-Identifier: Apache-2.0
// Reverse lookup as the engine's users see it: points in, addresses out.
#include "address/engine_scratch.hpp"

namespace menpai::address {
namespace {

/// The flat row of a row of the library: flat rows stand in the order of their rows.
std::uint32_t find_flat(const FlatRows& flat, RowId row) {
  std::size_t first = 0;
  for (std::size_t count = flat.size(); count > 0;) {
    const std::size_t half = count / 2;
    const bool less = flat.row(first + half) < row;
    first = less ? first + half + 1 : first;
    count = less ? count - half - 1 : half;
  }
  return first < flat.size() && flat.row(first) == row ? static_cast<std::uint32_t>(first) : no_row;
}

}  // namespace

void Engine::reverse(std::span<const geo::LonLat> points, double max_distance_m, std::span<Nearest> found) const {
  const Library::Data& library = m_library->data();
  if (!library.edits) return library.reverse.nearest(points, max_distance_m, found);
  Edits::Reader reader(library.edits);
  library.reverse.nearest(points, max_distance_m, found, &reader.enter().points);
  reader.leave();
}

bool Engine::describe(const Nearest& nearest, Candidate& address) {
  Scratch& s = *m_scratch;
  const Scratch::Question question(s);
  const Tree& tree = s.library.tree;
  if (!nearest.found()) return false;
  Hit hit;
  if ((nearest.anchor & node_anchor) != 0) {
    hit.spot = {nearest.anchor & ~node_anchor, -1};
  } else if (nearest.anchor < tree.rows() || tree.spot_of(nearest.anchor).node != no_node) {
    hit.row = nearest.anchor;
    hit.spot = tree.spot_of(nearest.anchor);
  } else {
    hit.row = nearest.anchor;
    hit.flat = find_flat(s.library.flat, nearest.anchor);
    if (hit.flat == no_row) return false;
  }
  if (hit.flat == no_row && hit.spot.node >= tree.size()) return false;
  address = {};
  s.renderer.render(hit, address);
  address.score = 0;
  return !address.address.empty();
}

}  // namespace menpai::address
