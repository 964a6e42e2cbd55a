// SPDX-License-Identifier: Apache-2.0
// The engine's quick form: divisions alone, what lies behind them left as it is.
#include "address/engine_scratch.hpp"
#include "address/match/assess.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

/// Appends what stands between two positions of the normalised text, as it was written.
void append_piece(std::string_view text, const NormalText& normal, std::uint32_t from, std::uint32_t to,
                  std::string& out) {
  if (from >= to) return;
  const std::string_view piece = normal.original(text, normal.origin[from], normal.origin[to]);
  const std::size_t first = piece.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return;
  if (!out.empty()) out += ' ';
  for (std::size_t pos = first; pos < piece.size();) utf8::append(out, utf8::next(piece, pos));
}

}  // namespace

void Engine::divide(std::string_view text, const Query& query, Answer& answer) {
  Scratch& s = *m_scratch;
  answer.clear();
  const DivisionNode region =
      query.region.empty() ? s.library.home : s.library.divisions.find_code(query.region).value_or(s.library.home);
  s.reader.read_divisions(text, region, s.reading);
  s.path.clear();
  answer_from_divisions(s.library.divisions, text, s.reading, s.path, query.top, answer);
  answer.residue.clear();
  const NormalText& normal = s.reading.normal;
  std::uint32_t at = 0;
  for (const Mention& mention : s.reading.division.mentions) {
    append_piece(text, normal, at, mention.from, answer.residue);
    at = mention.to;
  }
  append_piece(text, normal, at, static_cast<std::uint32_t>(normal.chars.size()), answer.residue);
}

}  // namespace menpai::address
