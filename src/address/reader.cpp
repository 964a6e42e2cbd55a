// SPDX-License-Identifier: Apache-2.0
// Normalise, resolve the divisions, cut the rest.
#include "address/reader.hpp"

#include "address/cutter.hpp"
#include "address/quick_divisions.hpp"

namespace menpai::address {

struct Reader::Scratch {
  explicit Scratch(const DivisionIndex& index) : resolver(index) {}
  QuickDivisions resolver;
  std::vector<TypedElement> cut;
};

Reader::Reader(const DivisionIndex& index) : m_index(&index), m_scratch(std::make_unique<Scratch>(index)) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;

void Reader::read_divisions(std::string_view text, DivisionNode region, Reading& out) {
  normalise(text, out.normal);
  m_scratch->resolver.resolve(out.normal, region, out.division);
  out.elements.clear();
}

void Reader::read(std::string_view text, DivisionNode region, Reading& out) {
  read_divisions(text, region, out);
  cut_elements(out.normal, out.division, *m_index, m_scratch->cut, out.elements);
}

void elements_of(const Reading& reading, std::vector<Element>& elements) {
  elements.clear();
  for (const TypedElement& e : reading.elements) elements.push_back({e.label, e.start, e.end});
}

}  // namespace menpai::address
