// SPDX-License-Identifier: Apache-2.0
#include "address/suggest/suggest_numbers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "address/text/lexicon.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t spots_max = 16;
constexpr std::size_t children_seen_max = 4096;
constexpr std::size_t numbers_max = 8;
constexpr std::int32_t value_max = 999'999;
constexpr int kind_count = 12;

constexpr std::uint32_t bit(NumberKind kind) {
  return 1U << static_cast<unsigned>(kind);
}
constexpr std::uint32_t any_kind = (1U << kind_count) - 2;
constexpr std::uint32_t building_kinds = bit(NumberKind::building);
constexpr std::uint32_t room_kinds = bit(NumberKind::room);

struct Word {
  std::u32string_view text;
  std::uint32_t kinds;
};
/// Longer words before their beginnings; a word that is only begun (单) counts as the whole.
constexpr std::array<Word, 45> words = {{
    {U"号公寓", building_kinds},
    {U"号厂房", building_kinds},
    {U"号楼", building_kinds},
    {U"号院", bit(NumberKind::door)},
    {U"号", any_kind},
    {U"栋", building_kinds},
    {U"幢", building_kinds},
    {U"座", building_kinds},
    {U"期", building_kinds},
    {U"区", building_kinds},
    {U"楼", building_kinds | bit(NumberKind::floor)},
    {U"单元", bit(NumberKind::unit) | room_kinds},
    {U"单", bit(NumberKind::unit) | room_kinds},
    {U"梯", bit(NumberKind::unit)},
    {U"门", bit(NumberKind::unit)},
    {U"层", bit(NumberKind::floor)},
    {U"室", room_kinds},
    {U"房", room_kinds},
    {U"户", room_kinds},
    {U"铺", room_kinds},
    {U"档", room_kinds},
    {U"店", room_kinds},
    {U"支弄", bit(NumberKind::sub_lane)},
    {U"弄", bit(NumberKind::lane) | bit(NumberKind::sub_lane)},
    {U"巷", bit(NumberKind::lane) | bit(NumberKind::sub_lane)},
    {U"条", bit(NumberKind::lane)},
    {U"组", bit(NumberKind::group)},
    {U"队", bit(NumberKind::group)},
    {U"社", bit(NumberKind::group)},
    {U"屯", bit(NumberKind::group)},
    {U"地块", bit(NumberKind::plot)},
    {U"HAO", any_kind},
    {U"DANYUAN", bit(NumberKind::unit)},
    {U"DONG", building_kinds},
    {U"ZHUANG", building_kinds},
    {U"ZUO", building_kinds},
    {U"LOU", building_kinds | bit(NumberKind::floor)},
    {U"CENG", bit(NumberKind::floor)},
    {U"SHI", room_kinds},
    {U"FANG", room_kinds},
    {U"HU", room_kinds},
    {U"PU", room_kinds},
    {U"ZU", bit(NumberKind::group)},
    {U"XIANG", bit(NumberKind::lane) | bit(NumberKind::sub_lane)},
    {U"NONG", bit(NumberKind::lane) | bit(NumberKind::sub_lane)},
}};

bool separates(char32_t c) {
  return c == U' ' || c == U'-' || c == U'/' || c == U'#' || c == U',' || c == U'.' || c == U'之';
}

/// The kinds of all words in pinyin that begin with `letters`.
std::uint32_t kinds_of_letters(std::u32string_view letters) {
  std::uint32_t kinds = 0;
  for (const Word& word : words) {
    if (is_latin(word.text.front()) && word.text.starts_with(letters)) kinds |= word.kinds;
  }
  return kinds;
}

std::size_t take_word(std::u32string_view text, TypedNumber& number) {
  for (const Word& word : words) {
    if (!is_latin(word.text.front()) && text.starts_with(word.text)) {
      number.kinds = word.kinds;
      return word.text.size();
    }
  }
  return 0;
}

std::size_t take_digits(std::u32string_view text, std::int32_t& value) {
  std::size_t n = 0;
  value = 0;
  while (n < text.size() && is_digit(text[n]) && value <= value_max / 10) {
    value = value * 10 + static_cast<std::int32_t>(text[n++] - U'0');
  }
  return n;
}

std::size_t take_letters(std::u32string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_latin(text[n])) ++n;
  return n;
}

/// The first key of a kind with a value, as an identity.
std::uint64_t identity_of(int kind, std::int32_t value) {
  return identity(with_value(static_cast<NumberKey>(kind) << 60, value));
}

bool has_letter(NumberKey key, char32_t letter) {
  std::string text;
  append_number(key, text);
  return letter < 128 && text.find(static_cast<char>(letter)) != std::string::npos;
}

}  // namespace

void cut_typed_numbers(std::u32string_view tail, std::vector<TypedNumber>& numbers, std::u32string_view& rest) {
  numbers.clear();
  std::size_t at = 0;
  while (at < tail.size() && numbers.size() < numbers_max) {
    if (separates(tail[at]) || tail[at] == U'第' || tail[at] == U'附') {
      if (!numbers.empty()) numbers.back().closed = true;
      ++at;
      continue;
    }
    TypedNumber number;
    number.kinds = any_kind;
    const std::size_t start = at;
    if (const std::size_t n = take_letters(tail.substr(at)); n == 1) {
      number.letter = tail[at++];
    } else if (n > 1) {
      break;
    }
    const std::size_t digits = take_digits(tail.substr(at), number.value);
    at += digits;
    if (digits == 0) number.value = -1;
    if (digits == 0 && number.letter == 0) break;
    if (digits > 0) {
      const std::size_t letters = take_letters(tail.substr(at));
      number.letters = tail.substr(at, letters);
      const bool is_word = letters > 0 && kinds_of_letters(number.letters) != 0;
      if (letters > 1 && !is_word) {
        at = start;
        break;
      }
      at += letters;
    }
    const std::size_t word = take_word(tail.substr(at), number);
    at += word;
    number.closed = word > 0;
    if (!numbers.empty()) numbers.back().closed = true;
    numbers.push_back(number);
  }
  rest = tail.substr(at);
  if (!rest.empty() && !numbers.empty()) numbers.back().closed = true;
}

/// Calls use(spot, key) for the numeric children of `node` whose identity is in [first, last), in order; stops when it
/// gives false.
template <class Use>
void NumberWalk::each_number(TreeNode node, std::uint64_t first, std::uint64_t last, const Use& use) const {
  const Tree::Leaves leaves = m_tree.leaves(node);
  const std::span<const TreeNode> inner = m_tree.children(node);
  std::size_t leaf = 0;
  for (std::size_t count = leaves.size(); count > 0;) {
    const std::size_t half = count / 2;
    const bool less = identity(leaves.key(leaf + half)) < first;
    leaf = less ? leaf + half + 1 : leaf;
    count = less ? count - half - 1 : half;
  }
  const auto key_of = [&](TreeNode child) {
    const StepKey step = m_tree.step(child);
    return is_name_step(step) ? ~std::uint64_t{0} : identity(step);
  };
  auto child =
      std::lower_bound(inner.begin(), inner.end(), first, [&](TreeNode n, std::uint64_t id) { return key_of(n) < id; });
  for (std::size_t seen = 0; seen < children_seen_max; ++seen) {
    const std::uint64_t leaf_id = leaf < leaves.size() ? identity(leaves.key(leaf)) : ~std::uint64_t{0};
    const std::uint64_t child_id = child != inner.end() ? key_of(*child) : ~std::uint64_t{0};
    if (std::min(leaf_id, child_id) >= last) return;
    const bool is_leaf = leaf_id < child_id;
    const Tree::Spot spot = is_leaf ? Tree::Spot{node, static_cast<std::int32_t>(leaf)} : Tree::Spot{*child, -1};
    const NumberKey key = is_leaf ? leaves.key(leaf) : m_tree.step(*child);
    const bool gone = is_leaf ? m_tree.is_gone(node, leaf) : m_tree.is_gone(*child);
    is_leaf ? static_cast<void>(++leaf) : static_cast<void>(++child);
    if (!gone && !use(spot, key)) return;
  }
}

void NumberWalk::below(Tree::Spot spot, std::size_t limit, std::vector<Tree::Spot>& out) const {
  if (spot.leaf >= 0) return;
  const std::size_t end = out.size() + limit;
  each_number(spot.node, 0, identity_of(kind_count, 0), [&](Tree::Spot child, NumberKey) {
    if (out.size() < end) out.push_back(child);
    return out.size() < end;
  });
  if (out.size() < end) add_names(spot, {}, end - out.size(), out);
}

void NumberWalk::add_names(Tree::Spot spot, std::u32string_view typed, std::size_t limit,
                           std::vector<Tree::Spot>& out) const {
  if (spot.leaf >= 0) return;
  const std::size_t end = out.size() + limit;
  std::size_t seen = 0;
  const std::span<const TreeNode> inner = m_tree.children(spot.node);
  for (auto child = inner.rbegin(); child != inner.rend(); ++child) {  // names stand behind numbers
    const StepKey step = m_tree.step(*child);
    if (!is_name_step(step) || ++seen > children_seen_max || out.size() >= end) return;
    if (m_tree.is_gone(*child)) continue;
    if (m_names.key(step_name(step)).starts_with(typed)) out.push_back({*child, -1});
  }
}

void NumberWalk::find_equal(Tree::Spot spot, const TypedNumber& number, std::vector<Tree::Spot>& out) const {
  if (spot.leaf >= 0) return;
  for (int kind = 1; kind < kind_count; ++kind) {
    if ((number.kinds >> kind & 1) == 0) continue;
    const std::int32_t value = std::max(number.value, 0);
    each_number(spot.node, identity_of(kind, value), identity_of(kind, value + 1),
                [&](Tree::Spot child, NumberKey key) {
                  if (number.value < 0 && number_letters(key) == 0) return true;
                  if (number.letter != 0 && !has_letter(key, number.letter)) return true;
                  if (number.letter == 0 && number_letters(key) != 0) return true;
                  if (number_sub(key) != 0) return true;
                  out.push_back(child);
                  return out.size() < spots_max;
                });
  }
}

void NumberWalk::find_beginning(Tree::Spot spot, const TypedNumber& number, std::size_t limit,
                                std::vector<Tree::Spot>& out) const {
  if (spot.leaf >= 0) return;
  const std::size_t end = out.size() + limit;
  const auto add = [&](Tree::Spot child, NumberKey key) {
    if (number.letter != 0 && !has_letter(key, number.letter)) return true;
    if (std::find(out.begin(), out.end(), child) == out.end()) out.push_back(child);
    return out.size() < end;
  };
  for (int kind = 1; kind < kind_count; ++kind) {
    if ((number.kinds >> kind & 1) == 0) continue;
    if (number.value <= 0) {  // a letter alone, or a zero: it may go on to anything with that letter
      if (number.letter != 0) each_number(spot.node, identity_of(kind, 0), identity_of(kind + 1, 0), add);
      continue;
    }
    std::int64_t first = number.value;
    const std::int64_t most = number.closed ? first : value_max;  // with a word behind it only its parts may follow
    for (std::int64_t width = 1; first <= most && out.size() < end; width *= 10, first *= 10) {
      each_number(spot.node, identity_of(kind, static_cast<std::int32_t>(first)),
                  identity_of(kind, static_cast<std::int32_t>(first + width)), add);
    }
  }
}

/// The numbers with a part (5-1号, 5号附1号) whose main number and part are typed as two.
void NumberWalk::find_parts(Tree::Spot spot, const TypedNumber& main, const TypedNumber& part,
                            std::vector<Tree::Spot>& out) const {
  if (spot.leaf >= 0 || main.value < 0 || part.value < 0) return;
  const std::string typed = std::to_string(part.value);
  for (int kind = 1; kind < kind_count; ++kind) {
    if ((main.kinds >> kind & 1) == 0) continue;
    each_number(spot.node, identity_of(kind, main.value), identity_of(kind, main.value + 1),
                [&](Tree::Spot child, NumberKey key) {
                  const std::string own = std::to_string(number_sub(key));
                  if (number_sub(key) != 0 && (part.closed ? own == typed : own.starts_with(typed)))
                    out.push_back(child);
                  return out.size() < spots_max;
                });
  }
}

/// From the spots to those below them that have the number; over a level that is left out where none has it.
void NumberWalk::step_down(const TypedNumber& number) {
  m_next.clear();
  for (const Tree::Spot spot : m_spots) {
    if (m_next.size() < spots_max) find_equal(spot, number, m_next);
  }
  if (m_next.empty()) {
    std::vector<Tree::Spot> children;
    for (const Tree::Spot spot : m_spots) below(spot, spots_max, children);
    for (const Tree::Spot child : children) {
      if (m_next.size() < spots_max) find_equal(child, number, m_next);
    }
  }
  m_spots.swap(m_next);
}

/// One typed number down, letters behind it taken for a part of it or for the beginning of a word.
void NumberWalk::step_over(const TypedNumber& typed, TypedNumber& number) {
  number = typed;
  const std::vector<Tree::Spot> above = m_spots;
  if (number.letters.size() == 1) {
    number.letter = number.letters.front();
    step_down(number);
    if (!m_spots.empty()) return;
  }
  number.letter = typed.letter;
  if (!number.letters.empty()) {
    number.kinds = kinds_of_letters(number.letters);
    number.closed = true;
  }
  m_spots = above;
  step_down(number);
}

void NumberWalk::complete(const std::vector<Tree::Spot>& places, std::u32string_view tail, std::size_t limit,
                          std::vector<Tree::Spot>& out) {
  std::u32string_view rest;
  cut_typed_numbers(tail, m_numbers, rest);
  if (m_numbers.empty()) return;
  m_end = out.size() + limit;
  m_spots = places;
  std::vector<Tree::Spot> above, before;
  TypedNumber number;
  for (std::size_t i = 0; i < m_numbers.size() && !m_spots.empty(); ++i) {
    before.swap(above);
    above = m_spots;
    step_over(m_numbers[i], number);
    if (!m_spots.empty() || i == 0) continue;
    for (const Tree::Spot spot : before) find_parts(spot, m_numbers[i - 1], number, m_spots);
  }
  const std::vector<Tree::Spot> equal = m_spots;
  for (const Tree::Spot spot : equal) {
    if (out.size() < m_end && rest.empty()) out.push_back(spot);
  }
  if (rest.empty()) complete_last(above, number, equal.empty(), out);
  for (const Tree::Spot spot : equal) {
    if (out.size() >= m_end) break;
    rest.empty() ? below(spot, m_end - out.size(), out) : add_names(spot, rest, m_end - out.size(), out);
  }
}

/// The numbers that begin like the last one typed.
void NumberWalk::complete_last(const std::vector<Tree::Spot>& above, const TypedNumber& number, bool skip_level,
                               std::vector<Tree::Spot>& out) {
  for (const Tree::Spot spot : above) {
    if (out.size() < m_end) find_beginning(spot, number, m_end - out.size(), out);
  }
  if (!skip_level || out.size() >= m_end) return;
  std::vector<Tree::Spot> children;
  for (const Tree::Spot spot : above) below(spot, spots_max, children);
  for (const Tree::Spot child : children) {
    if (out.size() < m_end) find_beginning(child, number, m_end - out.size(), out);
  }
}

}  // namespace menpai::address
