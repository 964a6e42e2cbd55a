// SPDX-License-Identifier: Apache-2.0
// Reduces what lies behind the divisions to what the cutters see, and keeps their elements under that name.
#include "address/read/quick_cuts.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "address/read/number_chain.hpp"
#include "address/rules.hpp"
#include "address/text/normalise.hpp"
#include "address/text/numerals.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t reduced_max = 48;
constexpr std::size_t head_size = 4;  ///< the state in which the cut begins
constexpr std::size_t elements_max = 12;
constexpr std::size_t memory_size = 4096;  // a power of two
constexpr std::uint32_t digits_max = 8;
constexpr char16_t blank = 1;
constexpr char16_t digit = u'9';

/// What the cutters test for by itself, beside the words of the rules.
constexpr std::u32string_view seen =
    U"一丁七三上下与丙业东两中之乙九二五产仓以伍侧保假八六内前北区十单南厦叁及发口号同后和商四团园国地场城墅壬壹外大头"
    U"室层"
    U"工己巷市干广库底店庚度庭开心戊户房捌支新旁期村柒楼横段片玖甲癸百社税笫第线组肆胡至苑街西负货贰路辛通道邸里门附陆"
    U"零面"
    U"原旧曾用老即又名亦称边角近靠毗紧临对过隔"
    U"馆首高〇笫邻屯队栋幢座号院厂馆阁排单元梯层楼室铺档卡条弄地块公里处千米";

/// What may join numbers to a chain; then their values are compared.
constexpr std::u32string_view joints = U"-/_,、.~至之&+";

class SeenTable {
 public:
  enum Sight : std::uint8_t { shown = 1, begins_word = 2, second = 4 };

  static const SeenTable& get() {
    static const SeenTable made;
    return made;
  }
  std::uint8_t operator[](char32_t c) const { return m_seen[c]; }

 private:
  SeenTable() : m_seen(0x10000) {
    for (char32_t c = 0; c < 0x10000; ++c) m_seen[c] = is_ideograph(c) ? 0 : shown;
    for (const char32_t c : seen) m_seen[c] |= shown;
    for (const std::string_view file : {"address_words.tsv", "address_units.tsv"}) {
      for_each_rule(file, [&](std::string_view, std::string_view word) {
        const std::u32string folded = fold_text(word);
        if (folded[0] < 0x10000) m_seen[folded[0]] |= folded.size() == 1 ? shown : begins_word;
        if (folded.size() > 1 && folded[1] < 0x10000) m_seen[folded[1]] |= second;
      });
    }
  }
  std::vector<std::uint8_t> m_seen;
};

/// An element, from and to counted from where the cut began.
struct Kept {
  TypedElement element;
  std::uint8_t digits_at = 0;
  std::uint8_t digits = 0;  ///< of its number; 0: the number is the same in every text that looks like this
  bool negative = false;
};

}  // namespace

struct QuickCuts::Memory {
  struct Entry {
    std::array<char16_t, reduced_max> reduced{};
    std::uint8_t length = 0;  ///< 0: nothing is remembered here
    std::uint8_t count = 0;
    std::uint8_t used = 0;
    std::array<Kept, elements_max> elements;
  };

  bool holds(const Entry& entry) const {
    return entry.length == length && std::memcmp(entry.reduced.data(), reduced.data(), length * sizeof reduced[0]) == 0;
  }
  Entry& entry() {
    if (entries.empty()) entries.resize(memory_size);
    std::uint64_t hash = length;
    for (std::size_t i = 0; i < reduced_max && i < length; i += 4) {
      std::uint64_t word;
      std::memcpy(&word, reduced.data() + i, sizeof word);
      hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
      hash ^= hash >> 32;
    }
    Entry& first = entries[hash & (memory_size - 1)];
    if (holds(first)) return first;
    Entry& second = entries[hash >> 20 & (memory_size - 1)];
    if (holds(second)) return second;
    Entry& worse = first.used <= second.used ? first : second;
    Entry& better = first.used <= second.used ? second : first;
    better.used = static_cast<std::uint8_t>(better.used - better.used / 8);
    return worse;
  }

  std::vector<Entry> entries;
  std::array<char16_t, reduced_max + 4> reduced{};  ///< of the text at hand, zeros behind it
  std::size_t length = 0;
  Entry* free = nullptr;  ///< where the text at hand may be remembered
};

QuickCuts::QuickCuts() : m_memory(std::make_unique<Memory>()) {}
QuickCuts::~QuickCuts() = default;
QuickCuts::QuickCuts(QuickCuts&&) noexcept = default;

/// Fills the memory's reduced text. False for a text whose cut is not remembered.
bool QuickCuts::reduce(const CutState& cut, std::uint32_t from) {
  Memory& m = *m_memory;
  const auto size = static_cast<std::uint32_t>(cut.chars.size());
  if (size - from + head_size > reduced_max || size == from) return false;
  // Numbers before are asked for more than the state says.
  const auto numbered = [](const TypedElement& e) { return e.kind != NumberKind::none; };
  if (std::any_of(cut.out.begin(), cut.out.end(), numbered)) return false;
  // All that the state holds, and what the cutters ask of the elements before.
  const auto as_bit = [](bool set, int place) { return static_cast<unsigned>(set) << place; };
  const bool behind_village = !cut.out.empty() && cut.out.back().label == Label::community;
  m.reduced[0] =
      static_cast<char16_t>(static_cast<unsigned>(cut.last) | static_cast<unsigned>(cut.last_word) << 5 |
                            static_cast<unsigned>(cut.place) << 9 | as_bit(cut.last_tower, 12) |
                            as_bit(cut.last_market, 13) | as_bit(cut.last_hamlet, 14) | as_bit(cut.in_village, 15));
  m.reduced[1] = static_cast<char16_t>(as_bit(cut.seen_door, 4) | as_bit(behind_village, 5) |
                                       as_bit(cut.out.empty(), 6) | 1u << 15);
  m.reduced[2] = static_cast<char16_t>(cut.last_char);
  const char32_t before = from == 0 ? U'\0' : cut.chars[from - 1];
  m.reduced[3] = is_ideograph(before) && before != U'号' ? blank : static_cast<char16_t>(before);
  const SeenTable& table = SeenTable::get();
  char16_t* out = m.reduced.data() + head_size;
  std::uint32_t word_end = from;
  for (std::uint32_t i = from; i < size; ++i) {
    const char32_t c = cut.chars[i];
    if (c >= 0x10000 || c == blank) return false;
    if (!is_digit(c)) {
      const std::uint8_t sight = table[c];
      const char32_t next = i + 1 < size ? cut.chars[i + 1] : U'\0';
      if ((sight & SeenTable::begins_word) != 0 && next < 0x10000 && (table[next] & SeenTable::second) != 0) {
        const std::uint32_t unit = unit_at(cut.chars, i).length;
        word_end = std::max({word_end, i + word_at(cut.chars, i).length, i + assist_at(cut.chars, i), i + unit});
      }
      *out++ = i < word_end || (sight & SeenTable::shown) != 0 ? static_cast<char16_t>(c) : blank;
      continue;
    }
    std::uint32_t end = i + 1;
    while (end < size && is_digit(cut.chars[end])) ++end;
    const bool joined = end + 1 < size && (joints.find(cut.chars[end]) != std::u32string_view::npos ||
                                           (is_stem(cut.chars[end]) && is_digit(cut.chars[end + 1])));
    if (c == U'0' || end - i > digits_max || joined) return false;
    for (; i < end; ++i) *out++ = digit;
    --i;
  }
  m.length = static_cast<std::size_t>(out - m.reduced.data());
  std::fill(out, out + 4, u'\0');
  return true;
}

bool QuickCuts::replay(CutState& cut, std::uint32_t from) {
  Memory& m = *m_memory;
  ++m_counts.asked;
  m.free = nullptr;
  if (!reduce(cut, from)) return false;
  Memory::Entry& entry = m.entry();
  if (!m.holds(entry)) {
    m.free = &entry;
    return false;
  }
  ++m_counts.replayed;
  if (entry.used < 255) ++entry.used;
  for (std::size_t i = 0; i < entry.count; ++i) {
    const Kept& kept = entry.elements[i];
    TypedElement& e = cut.out.emplace_back(kept.element);
    e.from += from;
    e.to += from;
    if (kept.digits == 0) continue;
    std::int32_t value = 0;
    for (std::uint32_t k = from + kept.digits_at; k < from + kept.digits_at + kept.digits; ++k) {
      value = value * 10 + static_cast<std::int32_t>(cut.chars[k] - U'0');
    }
    e.number.value = e.last.value = kept.negative ? -value : value;
  }
  return true;
}

void QuickCuts::learn(const CutState& cut, std::uint32_t from, std::size_t first) {
  Memory& m = *m_memory;
  if (m.free == nullptr || cut.out.size() < first || cut.out.size() - first > elements_max) return;
  Memory::Entry& entry = *m.free;
  entry.length = 0;
  entry.count = 0;
  for (std::size_t i = first; i < cut.out.size(); ++i) {
    const TypedElement& e = cut.out[i];
    Kept kept;
    kept.element = e;
    kept.element.from -= from;
    kept.element.to -= from;
    const bool numbered = e.number.value != 0 || e.last.value != 0;
    std::uint32_t at = e.from;
    while (at < e.to && !is_digit(cut.chars[at])) ++at;
    std::uint32_t end = at;
    std::int32_t value = 0;
    for (; end < e.to && is_digit(cut.chars[end]); ++end) {
      value = value * 10 + static_cast<std::int32_t>(cut.chars[end] - U'0');
    }
    for (std::uint32_t k = end; k < e.to; ++k) {
      if (is_digit(cut.chars[k])) return;  // of two numbers nobody knows which is meant
    }
    if (e.number.sub != 0 || e.last.sub != 0) return;
    if (at < e.to && numbered) {
      if (e.number.value != e.last.value || (e.number.value != value && e.number.value != -value)) return;
      kept.digits_at = static_cast<std::uint8_t>(at - from);
      kept.digits = static_cast<std::uint8_t>(end - at);
      kept.negative = e.number.value != value;
    }
    entry.elements[entry.count++] = kept;
  }
  std::copy_n(m.reduced.begin(), m.length, entry.reduced.begin());
  entry.length = static_cast<std::uint8_t>(m.length);
  entry.used = 1;
}

}  // namespace menpai::address
