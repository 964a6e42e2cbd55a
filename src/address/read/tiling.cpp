// SPDX-License-Identifier: Apache-2.0
// Fills the gaps between elements with what was removed, or with the element before.
#include "address/read/tiling.hpp"

namespace menpai::address {
namespace {

class Tiler {
 public:
  Tiler(const NormalText& normal, std::vector<TypedElement>& tiled) : m_normal(normal), m_tiled(tiled) {}

  /// Closes the gap up to `until` with removed stretches and the characters around them.
  void close(std::uint32_t until) {
    while (m_next < m_normal.removed.size() && m_normal.removed[m_next].start < until) {
      const Removed& removed = m_normal.removed[m_next++];
      TypedElement e;
      e.label = removed.kind == RemovedKind::person ? Label::person : Label::redundant;
      e.from = e.to = m_tiled.empty() ? 0 : m_tiled.back().to;
      e.start = removed.start;
      e.end = removed.end;
      put(e);
    }
    if (m_at < until && !m_tiled.empty()) {
      m_tiled.back().end = until;
      m_at = until;
    }
  }

  /// Puts an element; what lies before it goes to the element before, or to itself at the beginning.
  void put(TypedElement e) {
    if (m_tiled.empty()) {
      e.start = 0;
    } else {
      m_tiled.back().end = e.start;
    }
    m_at = e.end;
    m_tiled.push_back(e);
  }

 private:
  const NormalText& m_normal;
  std::vector<TypedElement>& m_tiled;
  std::size_t m_next = 0;
  std::uint32_t m_at = 0;
};

}  // namespace

void tile_elements(const NormalText& normal, const std::vector<TypedElement>& cut, std::vector<TypedElement>& tiled) {
  tiled.clear();
  Tiler tiler(normal, tiled);
  for (TypedElement e : cut) {
    e.start = normal.origin[e.from];
    e.end = normal.origin[e.to - 1] + 1;
    tiler.close(e.start);
    tiler.put(e);
  }
  tiler.close(normal.length);
  if (tiled.empty() && normal.length > 0) {
    TypedElement e;
    e.label = Label::redundant;
    e.end = normal.length;
    tiled.push_back(e);
  }
}

}  // namespace menpai::address
