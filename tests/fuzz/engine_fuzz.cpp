// SPDX-License-Identifier: Apache-2.0
// Any bytes as a question to the engine: read, cleaned, matched, completed, compared.
#include <cstddef>
#include <cstdint>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "fuzz/town.hpp"

using namespace menpai;

namespace {

std::shared_ptr<const address::Library> town() {
  static const fuzz::Folder folder;
  fuzz::write_town(folder.file("town.mpl"));
  return address::Library::open(folder.file("town.mpl"));
}

void check_elements(std::string_view text, const std::vector<address::Element>& elements) {
  std::uint32_t end = 0;
  for (const address::Element& element : elements) {
    MENPAI_ASSERT(element.start == end && element.end > element.start, "elements tile the text");
    end = element.end;
  }
  MENPAI_ASSERT(end <= utf8::length(text), "no element beyond the text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static address::Engine engine(town());
  static Answer answer;
  static std::vector<Candidate> candidates;
  static std::vector<address::Element> elements;
  static std::vector<address::Engine::Suggestion> suggestions;
  static Comparison comparison;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const address::Query query{(data[0] & 1) != 0 ? "442000" : "", (data[0] >> 1 & 7) + 1};
  switch (data[0] >> 4 & 7) {
    case 0:
      engine.match(text, query, candidates);
      MENPAI_ASSERT(static_cast<int>(candidates.size()) <= query.top, "no more candidates than asked for");
      return 0;
    case 1:
      engine.suggest(text, query, suggestions);
      MENPAI_ASSERT(static_cast<int>(suggestions.size()) <= query.top, "no more suggestions than asked for");
      return 0;
    case 2:
      engine.compare(text.substr(0, text.size() / 2), text.substr(text.size() / 2), query, comparison);
      MENPAI_ASSERT(comparison.score >= 0 && comparison.score <= 1, "a score is a probability");
      return 0;
    case 3:
      engine.parse(text, elements);
      check_elements(text, elements);
      return 0;
    default:
      engine.clean(text, query, answer);
      MENPAI_ASSERT(answer.score >= 0 && answer.score <= 1, "a score is a probability");
      MENPAI_ASSERT(utf8::valid(answer.address), "an answer is text");
      return 0;
  }
}
