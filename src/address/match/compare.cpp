// SPDX-License-Identifier: Apache-2.0
// Two probabilities make the score: that both texts speak of one place, and that they mean the same extent of it.
#include "address/match/compare.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <tuple>

#include "address/library/name_table.hpp"
#include "address/text/lexicon.hpp"
#include "address/text/name_likeness.hpp"
#include "address/text/normalise.hpp"
#include "address/text/pinyin_table.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t compared_max = 128;
__extension__ using Bits = unsigned __int128;

int count(Bits bits) {
  return std::popcount(static_cast<std::uint64_t>(bits)) + std::popcount(static_cast<std::uint64_t>(bits >> 64));
}

/// The length of the longest common subsequence, one step of long words a character (Hyyrö's bit-parallel form).
int common_length(std::u32string_view a, std::u32string_view b) {
  a = a.substr(0, compared_max);
  b = b.substr(0, compared_max);
  Bits open = ~Bits{0};
  for (const char32_t c : b) {
    Bits same = 0;
    for (std::size_t i = 0; i < a.size(); ++i) same |= static_cast<Bits>(a[i] == c) << i;
    const Bits taken = open & same;
    open = (open + taken) | (open - taken);
  }
  const Bits used = a.size() == compared_max ? ~Bits{0} : (Bits{1} << a.size()) - 1;
  return count(~open & used);
}

/// How many of the pairs of neighbouring characters of `a` stand in `b` too.
int common_pairs(std::u32string_view a, std::u32string_view b) {
  int found = 0;
  for (std::size_t i = 0; i + 1 < a.size(); ++i) {
    bool has = false;
    for (std::size_t j = 0; j + 1 < b.size(); ++j) has = has || (b[j] == a[i] && b[j + 1] == a[i + 1]);
    found += has ? 1 : 0;
  }
  return found;
}

bool is_road(Label label) {
  return label == Label::road || label == Label::subroad;
}

/// Words that only say on which side something lies.
bool is_side(std::u32string_view key) {
  return std::all_of(key.begin(), key.end(), is_compass);
}

/// Where the generic word at the end of a name begins; its length where it has none or nothing would be left.
std::size_t core_length(std::u32string_view key) {
  for (std::size_t pos = 2; pos < key.size(); ++pos) {
    const WordMatch word = word_at(key, pos);
    if (word.kind != WordKind::none && pos + word.length == key.size()) return pos;
  }
  return key.size();
}

/// The gate that a remark at the end names: (东南1门), (西门).
std::u32string_view gate_of(std::u32string_view chars) {
  std::u32string_view gate;
  for (std::size_t i = 1; i < chars.size(); ++i) {
    if (chars[i] != U'门' || (i + 1 < chars.size() && is_ideograph(chars[i + 1]))) continue;
    std::size_t digits = i;
    while (digits > 0 && is_digit(chars[digits - 1])) --digits;
    std::size_t from = digits;
    while (from > 0 && is_compass(chars[from - 1])) --from;
    if (from < digits) gate = chars.substr(from, i - from);
  }
  return gate;
}

bool is_at(const FlatItem& item, Level level) {
  return item.numeric != 0 && item.level == static_cast<std::uint8_t>(level);
}

bool same_house(const FlatItem& a, const FlatItem& b) {
  return number_value(a.key) != 0 && number_value(a.key) == number_value(b.key) &&
         number_letters(a.key) == number_letters(b.key);
}

/// True if one number lies in the range, or is one of the ends of the list, that the other one is.
bool overlaps(const FlatItem& a, const FlatItem& b) {
  const std::int32_t value = number_value(a.key);
  return value == number_value(b.key) || value == number_value(b.last) ||
         (b.several != 0 && number_value(b.key) <= value && value <= number_value(b.last)) ||
         (a.several != 0 && value <= number_value(b.key) && number_value(b.key) <= number_value(a.last));
}

/// True if the names differ in one character that sounds the same: 云岭 and 云领.
bool one_sound_apart(std::u32string_view a, std::u32string_view b) {
  if (a.size() != b.size()) return false;
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin());
  return x != a.end() && std::equal(x + 1, a.end(), y + 1) && same_sound(*x, *y);
}

NumberKey with_standard_style(NumberKey key) {
  return key & ~((NumberKey{1} << number_style_bits) - 1);
}

double logistic(double x) {
  return 1 / (1 + std::exp(-x));
}

}  // namespace

/// The text's key with every number in standard form: 2号楼 and 2幢 become 2栋.
void ComparedText::set_keys() {
  m_whole.clear();
  m_local_from = 0;
  std::size_t pos = 0;
  for (const FlatItem& item : m_text.items) {
    if (item.from < pos) continue;
    append_name_key(std::u32string_view(m_text.chars).substr(pos, item.from - pos), m_whole);
    if (&item == &m_text.items.front()) m_local_from = m_whole.size();
    pos = item.to;
    if (item.numeric == 0 || item.several != 0) {
      append_name_key(m_text.text(item), m_whole);
      continue;
    }
    m_number.clear();
    append_number(with_standard_style(item.key), m_number);
    for (std::size_t at = 0; at < m_number.size();) m_whole += utf8::next(m_number, at);
  }
  append_name_key(std::u32string_view(m_text.chars).substr(pos), m_whole);
}

void ComparedText::set(const FlatText& text) {
  m_text = text;
  m_names.clear();
  m_name_keys.clear();
  set_keys();
  m_gate.assign(gate_of(m_text.chars));
  for (const FlatItem& item : m_text.items) {
    const auto level = static_cast<Level>(item.level);
    if (item.numeric != 0 || (level != Level::place && level != Level::village)) continue;
    Name name;
    name.from = static_cast<std::uint16_t>(m_name_keys.size());
    append_name_key(m_text.text(item), m_name_keys);
    name.to = static_cast<std::uint16_t>(m_name_keys.size());
    const std::u32string_view key = this->key(name);
    if (key.empty() || is_side(key)) continue;
    name.core = static_cast<std::uint16_t>(core_length(key));
    name.road = is_road(static_cast<Label>(item.label));
    name.level = level;
    m_names.push_back(name);
  }
}

std::optional<Agreement> number_agreement(const FlatText& a, const FlatText& b, Level level) {
  const Level other = level == Level::number ? Level::building : level == Level::building ? Level::number : Level::none;
  bool in_a = false;
  bool in_b = false;
  bool within = false;
  bool crossed = false;
  for (const FlatItem& y : b.items) in_b = in_b || is_at(y, level);
  for (const FlatItem& x : a.items) {
    const bool here = is_at(x, level);
    in_a = in_a || here;
    for (const FlatItem& y : b.items) {
      if (here && is_at(y, level)) {
        if (identity(x.key) == identity(y.key)) return Agreement::equal;
        within = within || overlaps(x, y);
      } else if (other != Level::none && ((here && is_at(y, other)) || (is_at(x, other) && is_at(y, level)))) {
        crossed = crossed || same_house(x, y);
      }
    }
  }
  if (within || (crossed && in_a != in_b)) return Agreement::within;
  if (in_a && in_b) return Agreement::conflicting;
  if (in_a) return Agreement::only_a;
  return in_b ? std::optional(Agreement::only_b) : std::nullopt;
}

double likeness_of_names(const ComparedText& a, const ComparedText::Name& name_a, const ComparedText& b,
                         const ComparedText::Name& name_b) {
  const std::u32string_view key_a = a.key(name_a);
  const std::u32string_view key_b = b.key(name_b);
  if (key_a == key_b) return 1;
  const auto [shorter, longer] = key_a.size() < key_b.size() ? std::pair(key_a, key_b) : std::pair(key_b, key_a);
  const int common = common_length(key_a, key_b);
  if (common == 0) return 0;
  const NameContrast contrast = name_contrast(key_a, key_b);
  if (contrast == NameContrast::conflicting) return 0;
  const double share = contrast == NameContrast::none ? 1 : 0.7;
  const std::u32string_view core_a = a.core(name_a);
  const std::u32string_view core_b = b.core(name_b);
  if (core_a == core_b) return 0.9 * share;
  const auto ratio = [](std::size_t x, std::size_t y) { return static_cast<double>(x) / static_cast<double>(y); };
  if (shorter.size() >= 2 && longer.find(shorter) != std::u32string_view::npos) {
    return (0.6 + 0.35 * ratio(shorter.size(), longer.size())) * share;
  }
  const auto [less, more] = core_a.size() < core_b.size() ? std::pair(core_a, core_b) : std::pair(core_b, core_a);
  if (less.size() >= 2 && more.find(less) != std::u32string_view::npos) {
    return (0.55 + 0.3 * ratio(less.size(), more.size())) * share;
  }
  if (one_error_apart(key_a, key_b)) return one_sound_apart(key_a, key_b) ? 0.85 : 0.6;
  // What is left is a likeness of characters; that of the generic words alone (花园, 大厦) is worth nothing.
  const double cores = 2.0 * common_length(core_a, core_b) / static_cast<double>(core_a.size() + core_b.size());
  const double keys = 2.0 * common / static_cast<double>(key_a.size() + key_b.size());
  return std::max(0.0, (0.7 * cores + 0.3 * keys - 0.3) / 0.7 * 0.8) * share;
}

namespace {

/// What the text is about: its last name that is no road, or its last road.
const ComparedText::Name* last_name(const ComparedText& text) {
  const ComparedText::Name* last = nullptr;
  for (const ComparedText::Name& name : text.names()) {
    if (!name.road) last = &name;
  }
  return last == nullptr && !text.names().empty() ? &text.names().back() : last;
}

/// How far the last name of `a` stands in `b`, however `b` was cut.
double last_name_in(const ComparedText& a, const ComparedText& b) {
  const ComparedText::Name* name = last_name(a);
  if (name == nullptr) return 0;
  if (b.whole().find(a.key(*name)) != std::u32string_view::npos) return 1;
  const std::u32string_view core = a.core(*name);
  if (core.size() >= 2 && b.whole().find(core) != std::u32string_view::npos) return 0.8;
  return 0.5 * common_length(core, b.whole()) / static_cast<double>(core.size());
}

/// How far the roads of `a` are among the names of `b`, longer names counting more; 0 without roads.
double roads_in(const ComparedText& a, const ComparedText& b, double& best_road, bool& both) {
  double all = 0;
  double found = 0;
  for (const ComparedText::Name& x : a.names()) {
    if (!x.road) continue;
    double best = 0;
    for (const ComparedText::Name& y : b.names()) {
      const double likeness = likeness_of_names(a, x, b, y);
      best = std::max(best, y.road ? likeness : 0.9 * likeness);
      if (y.road) both = true;
    }
    best_road = std::max(best_road, best);
    const double weight = std::min<double>(x.core, 6);
    all += weight;
    found += weight * best;
  }
  return all > 0 ? found / all : 0;
}

double best_place(const ComparedText& a, const ComparedText& b) {
  double best = 0;
  for (const ComparedText::Name& x : a.names()) {
    for (const ComparedText::Name& y : b.names()) {
      if (x.road && y.road) continue;
      best = std::max(best, likeness_of_names(a, x, b, y) * (x.road || y.road ? 0.9 : 1));
    }
  }
  return best;
}

/// Characters of the names of `a`, roads aside, that `b` lacks.
double strange_in(const ComparedText& a, const ComparedText& b) {
  double strange = 0;
  for (const ComparedText::Name& name : a.names()) {
    const std::u32string_view core = a.core(name);
    if (name.road || b.whole().find(core) != std::u32string_view::npos) continue;
    strange += static_cast<double>(core.size()) - common_length(core, b.whole());
  }
  return strange;
}

/// True if a name of `a` differs from one of `b` by its number, letter or direction only, and is not in `b` itself:
/// 星海一街 and 星海七街.
bool has_sibling(const ComparedText& a, const ComparedText& b) {
  for (const ComparedText::Name& x : a.names()) {
    const std::u32string_view key = a.key(x);
    if (b.whole().find(key) != std::u32string_view::npos) continue;
    for (const ComparedText::Name& y : b.names()) {
      const std::u32string_view other = b.key(y);
      if (x.road != y.road || other.size() + 1 < key.size() || key.size() + 1 < other.size()) continue;
      if (a.whole().find(other) != std::u32string_view::npos) continue;
      const auto longer = static_cast<int>(std::max(key.size(), other.size()));
      if (key.back() != other.back() || common_length(key, other) + 2 < longer) continue;
      if (name_contrast(key, other) == NameContrast::conflicting) return true;
    }
  }
  return false;
}

double cover(std::u32string_view text, int length, int pairs) {
  if (text.size() < 2) return text.empty() ? 0 : length;
  const auto size = static_cast<double>(std::min(text.size(), compared_max));
  return (length / size + pairs / (size - 1)) / 2;
}

/// The shares of two keys that stand in the other: the smaller and the larger one.
std::pair<double, double> covers(std::u32string_view a, std::u32string_view b) {
  a = a.substr(0, compared_max);
  b = b.substr(0, compared_max);
  const int length = common_length(a, b);
  return std::minmax({cover(a, length, common_pairs(a, b)), cover(b, length, common_pairs(b, a))});
}

void compare_texts(const ComparedText& a, const ComparedText& b, Evidence& e) {
  e.cover_whole = covers(a.whole(), b.whole()).second;
  std::tie(e.cover_less, e.cover_more) = covers(a.local(), b.local());
  e.length = static_cast<double>(std::min(a.whole().size(), b.whole().size()));
  const double last_a = last_name_in(a, b);
  const double last_b = last_name_in(b, a);
  e.last_less = std::min(last_a, last_b);
  e.last_more = std::max(last_a, last_b);
  e.place = best_place(a, b);
  double best_road = 0;
  bool both = false;
  const double roads_a = roads_in(a, b, best_road, both);
  e.road = std::max(roads_a, roads_in(b, a, best_road, both));
  e.other_road = both && best_road < 0.5;
  e.strange = std::min(6.0, strange_in(a, b) + strange_in(b, a));
  e.sibling = has_sibling(a, b);
  e.gate = a.gate().empty() != b.gate().empty();
  e.other_gate = !a.gate().empty() && !b.gate().empty() && a.gate() != b.gate();
}

// Weights of the evidence, in units of log-odds. Set by reasoning: what a text shares counts by its length, whatever
// tells two houses of one place apart on purpose outweighs any likeness of the rest.

/// That both speak of one place.
double place_odds(const Evidence& e) {
  return -7 + 4 * e.cover_whole + 1.2 * e.place + e.last_more + e.road - (e.other_road ? 0.5 : 0) - 0.1 * e.strange +
         1.5 * std::log(e.length + 1) -
         (e.firm_division    ? 3
          : e.other_division ? 0.3
                             : 0);
}

/// That both mean the same extent of it, numbers aside.
double extent_odds(const Evidence& e) {
  return -2.5 + 1.5 * e.cover_less + e.cover_more + e.last_less + 0.7 * e.last_more - (e.gate || e.other_gate ? 3 : 0) -
         (e.sibling ? 3 : 0);
}

struct LevelWeight {
  Level level;
  double equal;
  double one_sided;
  double conflicting;
};
constexpr std::array<LevelWeight, 6> level_weights = {{{Level::group, 0, -2, -3},
                                                       {Level::number, 0, 0, -4},
                                                       {Level::building, 1, -2, -3},
                                                       {Level::unit, 0, -0.3, -3},
                                                       {Level::floor, 0, -0.3, -2},
                                                       {Level::room, 0, -0.3, -5}}};
/// An estate has many gates and numbers: where its name agrees, another house number says little.
constexpr double number_beside_place = -1;
constexpr double sure_place = 0.85;
constexpr double equal_number_place = 1;
constexpr double other_number_place = -0.7;

constexpr double same_place_share = 0.4;  ///< of the score, for the place alone
constexpr double same_score = 0.5;        ///< from it on, two texts are rather one address than not
constexpr double other_place = 0.25;      ///< at the most, where both write out another province or city
constexpr double sibling_extent = 0.2;    ///< at the most, where something says on purpose that it is another one

struct Numbers {
  double place_odds = 0;
  double extent_odds = 0;
  bool one_sided = false;
  bool conflicting = false;
};

Numbers compare_numbers(const ComparedText& a, const ComparedText& b, const Evidence& e, Comparison& out) {
  Numbers numbers;
  for (const LevelWeight& weight : level_weights) {
    const std::optional<Agreement> found = number_agreement(a.text(), b.text(), weight.level);
    if (!found) continue;
    out.elements.push_back({weight.level, *found});
    const bool number = weight.level == Level::number;
    switch (*found) {
      case Agreement::equal:
      case Agreement::within:
        numbers.extent_odds += *found == Agreement::equal ? weight.equal : 0;
        if (number && *found == Agreement::equal) numbers.place_odds += equal_number_place;
        break;
      case Agreement::only_a:
      case Agreement::only_b:
        numbers.extent_odds += weight.one_sided;
        numbers.one_sided = numbers.one_sided || weight.level >= Level::building || weight.level == Level::group;
        break;
      case Agreement::conflicting:
      case Agreement::alike:
        if (number) numbers.place_odds += other_number_place;
        numbers.extent_odds += number && e.place >= sure_place ? number_beside_place : weight.conflicting;
        numbers.conflicting = numbers.conflicting || !(number && e.place >= sure_place);
        break;
    }
  }
  return numbers;
}

std::optional<Agreement> name_agreement(const ComparedText& a, const ComparedText& b, const Evidence& e) {
  if (a.names().empty() && b.names().empty()) return std::nullopt;
  if (a.names().empty()) return Agreement::only_b;
  if (b.names().empty()) return Agreement::only_a;
  const double best = std::max(e.place, e.road);
  return best >= 0.99 ? Agreement::equal : best >= 0.5 ? Agreement::alike : Agreement::conflicting;
}

/// Whether something says on purpose that the two are not one: another number, gate or direction.
bool tells_apart(const Numbers& numbers, const Evidence& e) {
  return numbers.conflicting || e.other_gate || e.sibling;
}

Relation relation_of(double score, double place, const Numbers& numbers, const Evidence& e) {
  if (score >= same_score) return Relation::same;
  if (place < 0.3 || e.firm_division) return Relation::different;
  if (place < 0.5) return Relation::similar;
  if (tells_apart(numbers, e)) return Relation::neighbour;
  return numbers.one_sided || e.gate ? Relation::one_contains_other : Relation::similar;
}

}  // namespace

void Comparer::compare_divisions(const ComparedText& a, const ComparedText& b, Evidence& evidence,
                                 Comparison& out) const {
  const DivisionIndex& index = *m_divisions;
  const auto at = [&](const ComparedText& text, Level level) {
    return text.text().division == no_division ? no_division : index.at_level(text.text().division, level);
  };
  const auto writes_out = [&](const ComparedText& text, DivisionNode division) {
    const std::u32string name = fold_text(index.name(division));
    return text.text().chars.find(name) != std::u32string::npos;
  };
  for (int i = 1; i <= static_cast<int>(Level::village); ++i) {
    const auto level = static_cast<Level>(i);
    const DivisionNode ours = at(a, level);
    const DivisionNode theirs = at(b, level);
    if (ours == no_division && theirs == no_division) continue;
    const Agreement found = ours == theirs          ? Agreement::equal
                            : theirs == no_division ? Agreement::only_a
                            : ours == no_division   ? Agreement::only_b
                                                    : Agreement::conflicting;
    out.elements.push_back({level, found});
    if (found != Agreement::conflicting || evidence.other_division) continue;
    evidence.other_division = true;
    evidence.firm_division = level <= Level::city && writes_out(a, ours) && writes_out(b, theirs);
  }
}

void Comparer::compare(const ComparedText& a, const ComparedText& b, Comparison& out) const {
  out.clear();
  if (a.whole().empty() || b.whole().empty()) return;
  Evidence e;
  compare_divisions(a, b, e, out);
  compare_texts(a, b, e);
  const std::size_t names_at = out.elements.size();
  const Numbers numbers = compare_numbers(a, b, e, out);
  if (const auto names = name_agreement(a, b, e)) {
    const auto behind_group = std::find_if(out.elements.begin() + static_cast<std::ptrdiff_t>(names_at),
                                           out.elements.end(), [](const auto& x) { return x.level > Level::place; });
    out.elements.insert(behind_group, {Level::place, *names});
  }
  const bool equal = a.whole() == b.whole();
  double place = logistic(place_odds(e) + numbers.place_odds);
  if (e.firm_division) place = std::min(place, other_place);
  double extent = equal ? 1 : logistic(extent_odds(e) + numbers.extent_odds);
  if (!equal && tells_apart(numbers, e)) extent = std::min(extent, sibling_extent);
  const double told = std::max(0.0, extent - sibling_extent) / (1 - sibling_extent);
  out.score = place * (same_place_share + (1 - same_place_share) * told);
  out.relation = relation_of(out.score, place, numbers, e);
}

}  // namespace menpai::address
