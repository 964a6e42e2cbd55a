// SPDX-License-Identifier: Apache-2.0
// The engine's quick form: divisions alone, what lies behind them left as it is.
#include "address/engine_scratch.hpp"
#include "address/match/assess.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

/// Appends a stretch of the text as it was written, without blanks at its beginning.
void append_piece(std::string_view piece, bool well_formed, std::string& out) {
  const std::size_t first = piece.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return;
  piece.remove_prefix(first);
  if (!out.empty()) out += ' ';
  if (well_formed) {
    out += piece;
  } else {
    for (std::size_t pos = 0; pos < piece.size();) utf8::append(out, utf8::next(piece, pos));
  }
}

/// What the text says beside the mentions of divisions.
void append_rest(std::string_view text, const Reading& reading, std::string& out) {
  const NormalText& normal = reading.normal;
  const auto append = [&](std::uint32_t from, std::uint32_t to) {
    if (from >= to) return;
    append_piece(normal.original(text, normal.origin[from], normal.origin[to]), normal.well_formed, out);
  };
  std::uint32_t at = 0;
  for (const Mention& mention : reading.division.mentions) {
    append(at, mention.from);
    at = mention.to;
  }
  append(at, static_cast<std::uint32_t>(normal.chars.size()));
  if (normal.truncated) append_piece(text.substr(normal.byte_at.back()), false, out);
}

}  // namespace

void Engine::divide(std::string_view text, const Query& query, Answer& answer) {
  divide_batch({&text, 1}, query, {&answer, 1});
}

void Engine::divide_batch(std::span<const std::string_view> texts, const Query& query, std::span<Answer> answers) {
  constexpr std::size_t lanes_max = 32;
  Scratch& s = *m_scratch;
  const DivisionIndex& index = s.library.divisions;
  const DivisionNode region = s.region(query);
  if (s.readings.size() < std::min(lanes_max, texts.size())) s.readings.resize(std::min(lanes_max, texts.size()));
  s.path.clear();
  for (std::size_t first = 0; first < texts.size(); first += lanes_max) {
    const std::size_t count = std::min(lanes_max, texts.size() - first);
    const std::span<Reading> readings = std::span(s.readings).first(count);
    s.reader.read_divisions(texts.subspan(first, count), region, readings);
    for (const Reading& reading : readings) index.fetch(reading.division.node);
    for (const Reading& reading : readings) index.fetch_name(reading.division.node);
    for (std::size_t i = 0; i < count; ++i) {
      Answer& answer = answers[first + i];
      s.empty(answer);
      answer_from_divisions(index, texts[first + i], readings[i], s.path, query.top, answer);
      answer.residue.clear();
      append_rest(texts[first + i], readings[i], answer.residue);
    }
  }
}

}  // namespace menpai::address
