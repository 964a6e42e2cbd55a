// SPDX-License-Identifier: Apache-2.0
// Reads numbers, the separators between them and the unit word behind the last.
#include "address/read/number_chain.hpp"

#include "address/text/lexicon.hpp"
#include "address/text/word_list.hpp"

namespace menpai::address {
namespace {

const WordList& unit_words() {
  static const WordList list("address_units.tsv", {"hao", "yuan", "building", "hash", "unit", "door", "floor", "room",
                                                   "lane", "sub_lane", "group", "row", "plot", "distance", "name"});
  return list;
}

bool is_joint(char32_t c) {
  return c == U'-' || c == U'/' || c == U'_' || c == U',' || c == U'、' || c == U'.' || c == U'~' || c == U'至' ||
         c == U'之' || c == U'&' || c == U'+';
}

/// Whether a list of counted numbers goes on at `at`: 第二|、三层.
bool lists_on(std::u32string_view text, std::uint32_t at) {
  if (at >= text.size() || text[at] != U'、') return false;
  const auto next = read_number(text, at + 1);
  return next && unit_at(text, next->end).word > UnitWord::none && unit_at(text, next->end).word < UnitWord::lane;
}

/// Whether a list goes on with a number that is put together otherwise: 201-1、|201-2; 501、|4栋502.
bool begins_another(std::u32string_view text, const NumberChain& chain, char32_t joint, const NumberRead& read) {
  if (joint != U'、' && joint != U',' && joint != U'/') return false;
  const auto next = read_number(text, read.end + 1);
  if (!next) return false;
  const bool parts = next->end + 1 < text.size() && text[next->end] == U'-' && is_digit(text[next->end + 1]);
  if (parts && chain.count > 1 && chain.items[chain.count - 1].joint == U'-') return true;
  const UnitWord unit = unit_at(text, next->end).word;
  return read.digits >= 3 && next->digits <= 2 && (unit == UnitWord::building || unit == UnitWord::unit);
}

}  // namespace

UnitMatch unit_at(std::u32string_view chars, std::uint32_t pos) {
  if (pos >= chars.size()) return {};
  const WordList::Found word = unit_words().at(chars, pos);
  const UnitMatch best{static_cast<UnitWord>(word.kind), word.length};
  if (best.length == 0) return best;
  const std::u32string_view rest = chars.substr(pos);
  const char32_t next = best.length < rest.size() ? rest[best.length] : U'\0';
  const std::u32string_view found = rest.substr(0, best.length);
  // 2楼盘, 8F座, 3房产, 5组团: the word goes on to another one.
  const bool room_behind =  // 5F501室, 12F19
      found == U"F" && rest.size() > 2 && is_digit(rest[1]) && is_digit(rest[2]);
  if ((found == U"F" || found == U"M") && (is_latin(next) || is_digit(next)) && !room_behind) return {};
  if (found == U"房" && (next == U'产' || next == U'地')) return {UnitWord::name, best.length};
  if (found == U"门" && (next == U'市' || next == U'面' || next == U'店')) return {};
  if (found == U"户" && next == U'外') return {};
  if (found == U"号仓" && next == U'库') return {UnitWord::hao, 1};
  if (found == U"市" && next != U'\0') return {};  // 1202市 for 1202室, at the end only
  return best;
}

NumberChain read_chain(std::u32string_view chars, std::uint32_t pos, std::uint32_t limit) {
  NumberChain chain;
  const std::u32string_view text = chars.substr(0, limit);
  std::uint32_t at = pos;
  char32_t joint = 0;
  if (at < limit && is_ordinal(text[at])) ++at;
  while (chain.count < NumberChain::items_max) {
    const auto read = read_number(text, at);
    if (!read) break;
    const UnitMatch unit = unit_at(text, read->end);
    const bool before_sub = read->end + 1 < limit && text[read->end] == U'之' && is_digit(text[read->end + 1]);
    if (read->chinese && unit.word == UnitWord::none && joint != U'之' && !before_sub && !lists_on(text, read->end)) {
      break;
    }
    const bool dash_number = read->end + 1 < limit && text[read->end] == U'-' && is_digit(text[read->end + 1]);
    if (read->digits == 0 && unit.word == UnitWord::none && chain.count == 0 && !dash_number) break;
    chain.items[chain.count] = {chain.count == 0 ? pos : at, read->end, *read, joint};
    ++chain.count;
    chain.unit = unit;
    chain.end = read->end + unit.length;
    if (unit.word != UnitWord::none) break;
    if (read->end >= limit) break;
    const bool stem_joint = is_stem(read->number.suffix) && is_digit(text[read->end]);  // 28甲6号
    if (!stem_joint && !is_joint(text[read->end])) break;
    const char32_t next_joint = stem_joint ? U'-' : text[read->end];
    if (begins_another(text, chain, next_joint, *read)) break;
    joint = next_joint;
    at = stem_joint ? read->end : read->end + 1;
    if (joint == U'-' && at < limit && text[at] == U'-') ++at;  // 123--125号
  }
  return chain;
}

}  // namespace menpai::address
