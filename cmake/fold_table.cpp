// SPDX-License-Identifier: Apache-2.0
// Makes the table by which texts are normalised (src/address/text/fold_data.hpp): a C++ array on standard output. Run
// by the build; the program itself needs neither OpenCC nor utf8proc.
#include <array>
#include <cstdio>
#include <exception>
#include <memory>
#include <opencc.h>
#include <string>
#include <string_view>
#include <utf8proc.h>

#include "base/utf8.hpp"

namespace {

using menpai::utf8::append;
using menpai::utf8::decode;

constexpr std::size_t table_size = 0x10000;
using FoldTable = std::array<char32_t, table_size>;

struct Pair {
  char32_t from, to;
};

// Look-alikes that no general table folds the way addresses need.
constexpr Pair look_alikes[] = {
    {U'‐', U'-'},   {U'‑', U'-'},  {U'‒', U'-'},  {U'–', U'-'},   {U'—', U'-'},   {U'―', U'-'},   {U'−', U'-'},
    {U'﹣', U'-'},  {U'－', U'-'}, {U'﹘', U'-'}, {U'─', U'-'},   {U'━', U'-'},   {U'ー', U'-'},  {U'⁃', U'-'},
    {U'～', U'~'},  {U'〜', U'~'}, {U'∼', U'~'},  {U'【', U'('},  {U'】', U')'},  {U'〔', U'('},  {U'〕', U')'},
    {U'［', U'('},  {U'］', U')'}, {U'[', U'('},  {U']', U')'},   {U'｛', U'('},  {U'｝', U')'},  {U'{', U'('},
    {U'}', U')'},   {U'〈', U'('}, {U'〉', U')'}, {U'《', U'('},  {U'》', U')'},  {U'「', U'"'},  {U'」', U'"'},
    {U'『', U'"'},  {U'』', U'"'}, {U'“', U'"'},  {U'”', U'"'},   {U'‘', U'"'},   {U'’', U'"'},   {U'＂', U'"'},
    {U'\'', U'"'},  {U'，', U','}, {U'。', U'.'}, {U'．', U'.'},  {U'·', U'.'},   {U'•', U'.'},   {U'・', U'.'},
    {U'；', U';'},  {U'：', U':'}, {U'＃', U'#'}, {U'♯', U'#'},   {U'／', U'/'},  {U'＼', U'/'},  {U'\\', U'/'},
    {U'｜', U'/'},  {U'|', U'/'},  {U'﹒', U'.'}, {U'﹐', U','},  {U'﹟', U'#'},  {U'橦', U'幢'}, {U'憧', U'幢'},
    {U'邨', U'村'}, {U'○', U'〇'}, {U'◯', U'〇'}, {U'乄', U'五'}, {U'氹', U'氹'}, {U'臺', U'台'}, {U'埗', U'埗'},
};

/// What is not written at all: zero width, control, private use, variation selectors.
bool is_dropped(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE000 && c <= 0xF8FF);
}

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F;
}

/// Traditional → simplified for single characters, asked of OpenCC once: every ideograph on a line of its own.
void add_simplified(FoldTable& table) {
  std::string lines;
  std::u32string asked;
  const auto ask = [&](char32_t first, char32_t last) {
    for (char32_t c = first; c <= last; ++c) {
      asked += c;
      append(lines, c);
      lines += '\n';
    }
  };
  ask(0x3400, 0x4DBF);
  ask(0x4E00, 0x9FFF);
  const std::u32string simple = decode(opencc::SimpleConverter("t2s.json").Convert(lines));
  std::size_t pos = 0;
  for (const char32_t c : asked) {
    const std::size_t stop = simple.find(U'\n', pos);
    if (stop == std::u32string::npos) break;
    if (stop == pos + 1 && simple[pos] < table_size) table[c] = simple[pos];
    pos = stop + 1;
  }
}

/// Full width, circled digits, compatibility ideographs.
void add_compatible(FoldTable& table) {
  for (char32_t c = 0; c < table_size; ++c) {
    if (c >= 0xFF01 && c <= 0xFF5E) table[c] = c - 0xFEE0;
    if (c >= 0x2460 && c <= 0x2468) table[c] = U'1' + (c - 0x2460);
    if (c >= 0x2776 && c <= 0x277E) table[c] = U'1' + (c - 0x2776);
    if (c < 0xF900 || c > 0xFAFF) continue;
    utf8proc_int32_t decomposed = 0;
    int boundary = 0;
    const auto length =
        utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), &decomposed, 1, UTF8PROC_DECOMPOSE, &boundary);
    if (length == 1 && decomposed < static_cast<utf8proc_int32_t>(table_size)) {
      table[c] = static_cast<char32_t>(decomposed);
    }
  }
}

std::unique_ptr<FoldTable> make_table() {
  auto table = std::make_unique<FoldTable>();
  for (char32_t c = 0; c < table_size; ++c) (*table)[c] = is_dropped(c) ? 0 : is_space(c) ? U' ' : c;
  add_simplified(*table);
  add_compatible(*table);
  for (const Pair& pair : look_alikes) (*table)[pair.from] = pair.to;
  for (char32_t c = 0; c < table_size; ++c) {
    char32_t& to = (*table)[c];
    for (const Pair& pair : look_alikes) {
      if (to != c && pair.from == to) to = pair.to;
    }
    if (to >= U'a' && to <= U'z') to -= 32;
  }
  return table;
}

}  // namespace

int main() {
  try {
    const std::unique_ptr<FoldTable> table = make_table();
    std::printf("// Made by cmake/fold_table.cpp.\n#include \"address/text/fold_data.hpp\"\n\n");
    std::printf("namespace menpai::address {\n\nconst std::uint16_t fold_data[0x10000] = {");
    for (std::size_t c = 0; c < table_size; ++c) {
      std::printf("%s%u,", c % 16 == 0 ? "\n    " : " ", static_cast<unsigned>((*table)[c]));
    }
    std::printf("\n};\n\n}  // namespace menpai::address\n");
  } catch (const std::exception& e) {
    std::fprintf(stderr, "The table of traditional characters cannot be read (package libopencc-data): %s\n", e.what());
    return 1;
  }
  return 0;
}
