// SPDX-License-Identifier: Apache-2.0
// Reads numbers, the separators between them and the unit word behind the last.
#include "address/number_chain.hpp"

#include "address/lexicon.hpp"

namespace menpai::address {
namespace {

struct Word {
  std::u32string_view text;
  UnitWord word;
};

// Longest first where one begins with another.
constexpr Word words[] = {
    {U"号大院", UnitWord::yuan},     {U"号院", UnitWord::yuan},       {U"号楼", UnitWord::building},
    {U"号栋", UnitWord::building},   {U"号幢", UnitWord::building},   {U"号座", UnitWord::building},
    {U"号厂房", UnitWord::building}, {U"号公寓", UnitWord::building}, {U"号宿舍楼", UnitWord::building},
    {U"号单元", UnitWord::unit},     {U"号地块", UnitWord::plot},     {U"号大街", UnitWord::name},
    {U"号路", UnitWord::name},       {U"号街", UnitWord::name},       {U"号桥", UnitWord::name},
    {U"号线", UnitWord::name},       {U"号门", UnitWord::name},       {U"号支路", UnitWord::name},
    {U"号商铺", UnitWord::room},     {U"号店铺", UnitWord::room},     {U"号铺位", UnitWord::room},
    {U"号铺", UnitWord::room},       {U"号房", UnitWord::room},       {U"号室", UnitWord::room},
    {U"号店面", UnitWord::room},     {U"号店", UnitWord::room},       {U"号档", UnitWord::room},
    {U"号摊位", UnitWord::room},     {U"号柜", UnitWord::room},       {U"号卡", UnitWord::room},
    {U"号", UnitWord::hao},          {U"栋楼", UnitWord::building},   {U"栋", UnitWord::building},
    {U"幢楼", UnitWord::building},   {U"幢", UnitWord::building},     {U"座楼", UnitWord::building},
    {U"座", UnitWord::building},     {U"#楼", UnitWord::building},    {U"#栋", UnitWord::building},
    {U"#厂房", UnitWord::building},  {U"#", UnitWord::hash},          {U"单元", UnitWord::unit},
    {U"梯", UnitWord::unit},         {U"门洞", UnitWord::unit},       {U"门", UnitWord::door},
    {U"层楼", UnitWord::floor},      {U"层", UnitWord::floor},        {U"楼", UnitWord::floor},
    {U"F", UnitWord::floor},         {U"室", UnitWord::room},         {U"房", UnitWord::room},
    {U"户", UnitWord::room},         {U"铺位", UnitWord::room},       {U"铺面", UnitWord::room},
    {U"铺", UnitWord::room},         {U"商铺", UnitWord::room},       {U"店面", UnitWord::room},
    {U"档", UnitWord::room},         {U"摊位", UnitWord::room},       {U"卡", UnitWord::room},
    {U"支弄", UnitWord::sub_lane},   {U"弄", UnitWord::lane},         {U"村民小组", UnitWord::group},
    {U"居民小组", UnitWord::group},  {U"小组", UnitWord::group},      {U"组", UnitWord::group},
    {U"生产队", UnitWord::group},    {U"大队", UnitWord::group},      {U"队", UnitWord::group},
    {U"社", UnitWord::group},        {U"排", UnitWord::row},          {U"地块", UnitWord::plot},
    {U"公里", UnitWord::distance},   {U"千米", UnitWord::distance},   {U"多米", UnitWord::distance},
    {U"米", UnitWord::distance},     {U"KM", UnitWord::distance},     {U"M", UnitWord::distance},
    {U"期", UnitWord::name},         {U"区", UnitWord::name},         {U"路", UnitWord::name},
    {U"街", UnitWord::name},         {U"大街", UnitWord::name},       {U"大道", UnitWord::name},
    {U"道", UnitWord::name},         {U"巷", UnitWord::name},         {U"村", UnitWord::name},
    {U"里", UnitWord::name},         {U"段", UnitWord::name},         {U"胡同", UnitWord::name},
    {U"横", UnitWord::name},         {U"马路", UnitWord::name},       {U"片", UnitWord::name},
    {U"坊", UnitWord::name},         {U"厂", UnitWord::name},         {U"环", UnitWord::name},
    {U"中", UnitWord::name},         {U"小", UnitWord::name},         {U"院", UnitWord::name},
    {U"桥", UnitWord::name},         {U"组团", UnitWord::name},       {U"社区", UnitWord::name},
    {U"楼盘", UnitWord::name},       {U"师", UnitWord::name},         {U"团", UnitWord::name},
    {U"连", UnitWord::name},         {U"经路", UnitWord::name},       {U"纬路", UnitWord::name},
    {U"支路", UnitWord::name},       {U"通道", UnitWord::name},       {U"馆", UnitWord::name},
    {U"园", UnitWord::name},         {U"城", UnitWord::name},         {U"国道", UnitWord::name},
    {U"省道", UnitWord::name},       {U"县道", UnitWord::name},       {U"乡道", UnitWord::name},
};

bool is_joint(char32_t c) {
  return c == U'-' || c == U'/' || c == U'_' || c == U',' || c == U'、' || c == U'.' || c == U'~' || c == U'至' ||
         c == U'之' || c == U'&' || c == U'+';
}

}  // namespace

UnitMatch unit_at(std::u32string_view chars, std::uint32_t pos) {
  if (pos >= chars.size()) return {};
  const std::u32string_view rest = chars.substr(pos);
  UnitMatch best;
  for (const Word& word : words) {
    if (word.text[0] == rest[0] && word.text.size() > best.length && rest.starts_with(word.text)) {
      best = {word.word, static_cast<std::uint8_t>(word.text.size())};
    }
  }
  if (best.length == 0) return best;
  const char32_t next = best.length < rest.size() ? rest[best.length] : U'\0';
  const std::u32string_view found = rest.substr(0, best.length);
  // 2楼盘, 8F座, 3房产, 5组团: the word goes on to another one.
  if ((found == U"F" || found == U"M") && (is_latin(next) || is_digit(next))) return {};
  if (found == U"房" && (next == U'产' || next == U'地')) return {UnitWord::name, best.length};
  if (found == U"门" && (next == U'市' || next == U'面' || next == U'店')) return {};
  if (found == U"户" && next == U'外') return {};
  return best;
}

NumberChain read_chain(std::u32string_view chars, std::uint32_t pos, std::uint32_t limit) {
  NumberChain chain;
  const std::u32string_view text = chars.substr(0, limit);
  std::uint32_t at = pos;
  char32_t joint = 0;
  if (at < limit && text[at] == U'第') ++at;
  while (chain.count < NumberChain::items_max) {
    const auto read = read_number(text, at);
    if (!read) break;
    const UnitMatch unit = unit_at(text, read->end);
    if (read->chinese && (unit.word == UnitWord::none || unit.word == UnitWord::distance) && joint != U'之') break;
    if (read->digits == 0 && unit.word == UnitWord::none && chain.count == 0) break;
    chain.items[chain.count] = {chain.count == 0 ? pos : at, read->end, *read, joint};
    ++chain.count;
    chain.unit = unit;
    chain.end = read->end + unit.length;
    if (unit.word != UnitWord::none) break;
    if (read->end >= limit || !is_joint(text[read->end])) break;
    joint = text[read->end];
    at = read->end + 1;
  }
  return chain;
}

}  // namespace menpai::address
