// SPDX-License-Identifier: Apache-2.0
#include "spine/place_name_check.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "spine/standard_characters.hpp"

namespace menpai::spine {
namespace {

constexpr std::size_t long_name = 10;
constexpr std::u32string_view numerals = U"〇零一二三四五六七八九十百千万第两";

std::string quoted(std::string_view part) {
  return "“" + std::string(part) + "”";
}

/// What the law says about a fault that words of the name show.
struct Meaning {
  NameFault fault;
  Severity severity;
  const char* article;
  const char* why_zh;
  const char* why_en;
};
constexpr const char* article_9 = "地名管理条例第九条第一款";
constexpr Meaning meanings[] = {
    {NameFault::too_grand, Severity::warning, "第二项", "含义远超地理实体的实际规模（大）",
     "means far more than the object is"},
    {NameFault::foreign, Severity::breach, "第五项", "含外国人名、地名或外语词（洋）",
     "holds a foreign person, place or word"},
    {NameFault::feudal, Severity::warning, "第一项", "带有封建色彩（怪）", "has a feudal colour"},
    {NameFault::vulgar, Severity::breach, "第一项", "含义低俗或怪诞（怪）", "is vulgar or absurd"},
    {NameFault::digits, Severity::warning, "第三项", "含阿拉伯数字（怪）", "holds Arabic digits"},
    {NameFault::letters, Severity::breach, "第三项", "含非汉字字母（怪）",
     "holds letters that are no Chinese characters"},
    {NameFault::sign, Severity::breach, "第三项", "含非文字符号（怪）", "holds signs that are no characters"},
    {NameFault::number_only, Severity::hint, "第一项", "专名只是数字，含义不明（怪）",
     "is nothing but a number, whose meaning is not clear"},
    {NameFault::state_leader, Severity::breach, "第四项", "是国家领导人的名字", "is the name of a leader of the state"},
    {NameFault::personal_name, Severity::warning, "第四项", "是人名，一般不作地名",
     "is the name of a person, which is in general not used"},
    {NameFault::company_or_mark, Severity::breach, "第六项", "是企业名称或商标", "speaks of a company or a trade mark"},
    {NameFault::rare_character, Severity::warning, "第三项", "不在通用规范汉字表内（生僻字或繁体字）",
     "is not in the list of standard characters (rare or traditional)"},
};

bool is_within(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}
/// Arabic digits, narrow and wide.
bool is_digit(char32_t c) {
  return is_within(c, 0x30, 0x39) || is_within(c, 0xFF10, 0xFF19);
}
/// Latin, Greek, Cyrillic, kana, hangul and wide letters; Roman numerals too.
bool is_letter(char32_t c) {
  const bool is_latin = is_within(c, 0x41, 0x5A) || is_within(c, 0x61, 0x7A);
  const bool is_other = is_within(c, 0xC0, 0x52F) && c != 0xD7 && c != 0xF7;
  return is_latin || is_other || is_within(c, 0x2160, 0x2188) || is_within(c, 0x3041, 0x30FF) ||
         is_within(c, 0xFF21, 0xFF3A) || is_within(c, 0xFF41, 0xFF5A) || is_within(c, 0xAC00, 0xD7A3);
}
bool is_ideograph(char32_t c) {
  return is_within(c, 0x3400, 0x9FFF) || is_within(c, 0xF900, 0xFAFF) || is_within(c, 0x20000, 0x3FFFF) || c == U'〇';
}

class Check {
 public:
  Check(const ProposedName& proposed, std::span<const NamedPlace> others, const PlaceNameRules& rules)
      : m_proposed(proposed), m_others(others), m_rules(rules), m_name(utf8::decode(proposed.name)) {
    if (!utf8::valid(proposed.name) || m_name.empty() || m_name.size() > place_name_max) {
      throw Error(ErrorCode::bad_request,
                  "A place name has 1 to " + std::to_string(place_name_max) + " characters of text.");
    }
    m_generic = rules.find_generic(m_name, proposed.kind);
    m_specific = m_name.substr(0, m_name.size() - (m_generic == nullptr ? 0 : m_generic->word.size()));
  }

  NameReport run() {
    m_report.name = m_proposed.name;
    m_report.specific = utf8::encode(m_specific);
    m_report.generic = m_generic == nullptr ? "" : utf8::encode(m_generic->word);
    m_report.pinyin = m_proposed.usual_pinyin;
    check_words();
    check_characters();
    check_generic();
    check_size();
    check_pinyin();
    check_others();
    std::stable_sort(m_report.findings.begin(), m_report.findings.end(),
                     [](const NameFinding& a, const NameFinding& b) { return a.severity > b.severity; });
    return std::move(m_report);
  }

 private:
  NameFinding& add(NameFault fault, Severity severity, std::string part, std::string article, std::string why_zh,
                   std::string why_en) {
    m_report.findings.push_back(
        {fault, severity, std::move(part), std::move(article), std::move(why_zh), std::move(why_en), std::nullopt});
    return m_report.findings.back();
  }
  void add(NameFault fault, std::u32string_view part) {
    const auto* meaning =
        std::find_if(std::begin(meanings), std::end(meanings), [&](const Meaning& one) { return one.fault == fault; });
    MENPAI_ASSERT(meaning != std::end(meanings), "every fault that words show has a meaning");
    const std::string text = utf8::encode(part);
    add(fault, meaning->severity, text, std::string(article_9) + meaning->article, quoted(text) + meaning->why_zh,
        quoted(text) + " " + meaning->why_en);
  }

  /// Where a word stands in the name; npos if it does not stand where it must.
  std::size_t find(std::u32string_view word, NameWord::Where where) const {
    if (where == NameWord::Where::specific) return m_specific == word ? 0 : std::u32string::npos;
    if (where == NameWord::Where::start) return m_name.starts_with(word) ? 0 : std::u32string::npos;
    return m_name.find(word);
  }

  /// True if an allowed word covers these characters of the name.
  bool is_exempt(std::size_t from, std::size_t count) const {
    return std::any_of(m_rules.exempt.begin(), m_rules.exempt.end(), [&](const ExemptWord& exempt) {
      const std::size_t at = find(exempt.word, exempt.where);
      return at != std::u32string::npos && at <= from && from + count <= at + exempt.word.size();
    });
  }

  void check_words() {
    for (const NameWord& word : m_rules.words) {
      const std::size_t at = find(word.word, word.where);
      if (at == std::u32string::npos || is_exempt(at, word.word.size())) continue;
      add(word.fault, word.word);
    }
    const bool is_number =
        !m_specific.empty() && m_generic != nullptr && m_specific.find_first_not_of(numerals) == std::u32string::npos;
    if (is_number && !is_exempt(0, m_specific.size())) add(NameFault::number_only, m_specific);
  }

  void check_characters() {
    std::u32string digits, letters, signs, rare;
    for (const char32_t c : m_name) {
      std::u32string& of = is_digit(c) ? digits : is_letter(c) ? letters : !is_ideograph(c) ? signs : rare;
      const bool is_fine = &of == &rare && (c == U'〇' || standard_level(c) > 0);
      if (!is_fine && of.find(c) == std::u32string::npos) of += c;
    }
    if (!digits.empty()) add(NameFault::digits, digits);
    if (!letters.empty()) add(NameFault::letters, letters);
    if (!signs.empty()) add(NameFault::sign, signs);
    if (!rare.empty()) add(NameFault::rare_character, rare);
    if (m_name.size() > long_name) {
      add(NameFault::too_long, Severity::hint, m_proposed.name, "",
          "名称有" + std::to_string(m_name.size()) + "个字，不便使用",
          "The name has " + std::to_string(m_name.size()) + " characters, which is inconvenient");
    }
  }

  void check_generic() {
    const std::string rule = "地名管理条例第九条第一款";
    const bool is_bare = std::any_of(m_rules.generics.begin(), m_rules.generics.end(),
                                     [&](const GenericWord& one) { return one.word == m_name; });
    if (is_bare) {
      add(NameFault::specific_missing, Severity::breach, m_proposed.name, rule, "只有通名，没有专名",
          "It is a generic word alone: the specific part is missing");
      return;
    }
    if (m_generic == nullptr) {
      // Natural villages often have names that grew without a generic word.
      const bool is_village = m_proposed.kind == PlaceKind::village;
      add(NameFault::generic_missing, is_village ? Severity::hint : Severity::breach, m_proposed.name, rule,
          "没有通名（路、街、巷、小区等）", "It ends with no generic word (路, 街, 巷, 小区 and the like)");
      return;
    }
    if (m_generic->fits[static_cast<std::size_t>(m_proposed.kind)]) return;
    add(NameFault::generic_unfit, m_proposed.kind == PlaceKind::village ? Severity::hint : Severity::warning,
        m_report.generic, rule + "第二项", "通名" + quoted(m_report.generic) + "不用于这类地名",
        "The generic word " + quoted(m_report.generic) + " is not for this kind of place");
  }

  void check_size() {
    if (m_generic == nullptr) return;
    struct Size {
      const std::optional<double>& is;
      double least;
      const char *name_zh, *unit_zh, *name_en, *unit_en;
    };
    const Size sizes[] = {
        {m_proposed.length_m, m_generic->length_m, "长度", "米", "length", "m"},
        {m_proposed.width_m, m_generic->width_m, "宽度", "米", "width", "m"},
        {m_proposed.area_m2, m_generic->area_m2, "面积", "平方米", "area", "m²"},
    };
    for (const Size& size : sizes) {
      if (!size.is || *size.is >= size.least) continue;
      const std::string is = std::to_string(std::lround(*size.is));
      const std::string least = std::to_string(std::lround(size.least));
      const std::string& better = m_generic->better;
      add(NameFault::generic_too_high, Severity::warning, m_report.generic, std::string(article_9) + "第二项",
          std::string(size.name_zh) + is + size.unit_zh + "，不足" + least + size.unit_zh + "，通名" +
              quoted(m_report.generic) + "偏高" + (better.empty() ? "" : "，可用" + quoted(better)),
          "A " + std::string(size.name_en) + " of " + is + " " + size.unit_en + " is less than " + least + " " +
              size.unit_en + ": the generic word " + quoted(m_report.generic) + " is too high" +
              (better.empty() ? "" : "; " + quoted(better) + " would do"));
    }
  }

  void check_pinyin() {
    if (m_proposed.pinyin.empty() || m_proposed.sound_keys.empty()) return;
    const auto letters = [](std::string key) {
      key.erase(std::remove(key.begin(), key.end(), '\''), key.end());
      return key;
    };
    const std::string stated = letters(sound_key(m_proposed.pinyin));
    const bool is_reading = std::any_of(m_proposed.sound_keys.begin(), m_proposed.sound_keys.end(),
                                        [&](const std::string& key) { return letters(key) == stated; });
    if (is_reading) return;
    add(NameFault::pinyin_wrong, Severity::warning, m_proposed.pinyin, "地名管理条例第十五条第二款",
        "汉语拼音与汉字读音不符，应为" + quoted(m_proposed.usual_pinyin),
        "The spelling is no reading of the characters; it would be " + quoted(m_proposed.usual_pinyin));
  }

  /// A town's code: the first nine digits. What lies in another town of the county may belong to another built-up area.
  bool is_near(const NamedPlace& other) const {
    return other.division_code.substr(0, 9) == m_proposed.division_code.substr(0, 9);
  }

  void check_others() {
    const bool is_village = m_proposed.kind == PlaceKind::village;
    const std::string article = std::string(article_9) + "第八项";
    const char* scope_zh = is_village ? "同一县级行政区域内" : "同一建成区内";
    const char* scope_en = is_village ? "within one county" : "within one built-up area";
    for (const NamedPlace& other : m_others) {
      const bool is_same = other.name == m_proposed.name;
      const std::string key = sound_key(other.pinyin);
      const bool sounds = !key.empty() && std::find(m_proposed.sound_keys.begin(), m_proposed.sound_keys.end(), key) !=
                                              m_proposed.sound_keys.end();
      if (!is_same && !sounds) continue;
      const bool is_strict = (is_village || is_near(other)) && !other.is_former;
      const Severity severity = is_same ? (is_strict ? Severity::breach : Severity::warning)
                                        : (is_strict ? Severity::warning : Severity::hint);
      const std::string by_zh = quoted(other.name) + (other.is_former ? "（曾用名）" : "");
      const std::string by_en = quoted(other.name) + (other.is_former ? " (a former name)" : "");
      add(is_same ? NameFault::duplicate : NameFault::same_sound, severity, m_proposed.name, article,
          std::string(is_same ? "与已有地名" : "与已有地名同音：") + by_zh + (is_same ? "重名；" : "；") + scope_zh +
              (is_same ? "不应重名" : "应避免同音"),
          std::string(is_same ? "There is already " : "It sounds like ") + by_en + "; names should " +
              (is_same ? "not repeat " : "not sound alike ") + scope_en)
          .other = other;
    }
  }

  const ProposedName& m_proposed;
  std::span<const NamedPlace> m_others;
  const PlaceNameRules& m_rules;
  std::u32string m_name, m_specific;
  const GenericWord* m_generic = nullptr;
  NameReport m_report;
};

/// A vowel with or without a tone mark → its letter; 0 for what is none.
char plain_vowel(char32_t c) {
  constexpr std::u32string_view marked = U"āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛÜ";
  constexpr std::string_view letters = "aaaaeeeeiiiioooouuuuvvvvvaaaaeeeeiiiioooouuuuvvvvv";
  const std::size_t at = marked.find(c);
  return at == std::u32string_view::npos ? '\0' : letters[at];
}

}  // namespace

NameReport check_place_name(const ProposedName& proposed, std::span<const NamedPlace> others,
                            const PlaceNameRules& rules) {
  return Check(proposed, others, rules).run();
}

NameParts split_place_name(std::string_view name, PlaceKind kind, const PlaceNameRules& rules) {
  const std::u32string text = utf8::decode(name);
  const GenericWord* generic = rules.find_generic(text, kind);
  if (generic == nullptr) return {std::string(name), ""};
  return {utf8::encode(std::u32string_view(text).substr(0, text.size() - generic->word.size())),
          utf8::encode(generic->word)};
}

std::string sound_key(std::string_view pinyin) {
  std::string key;
  for (const char32_t c : utf8::decode(pinyin)) {
    if (const char vowel = plain_vowel(c); vowel != '\0') {
      key += vowel;
    } else if (c >= U'A' && c <= U'Z') {
      key += static_cast<char>(c - U'A' + U'a');
    } else if ((c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9')) {
      key += static_cast<char>(c);
    } else if (c == U'\'' || c == U'’') {
      key += '\'';
    }
  }
  return key;
}

}  // namespace menpai::spine
