// SPDX-License-Identifier: Apache-2.0
// What is to be said against a proposed place name, and the words for it.
//
// Advice, no verdict: an officer may go ahead with a reason. The articles are those of the Regulations on Place Names
// (地名管理条例, State Council Order 753, in force 2022-05-01), whose text was read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace menpai {

enum class NameFault : std::uint8_t {
  too_grand,         ///< 大: a meaning far beyond the object
  foreign,           ///< 洋: a foreign person, place or word
  feudal,            ///< 怪: feudal colour
  vulgar,            ///< 怪: vulgar or absurd
  digits,            ///< 怪: Arabic digits
  letters,           ///< 怪: letters of another script
  sign,              ///< 怪: a sign that is no character
  number_only,       ///< 怪: nothing but a number before the generic word
  state_leader,      ///< the name of a leader of the state
  personal_name,     ///< the name of a person
  company_or_mark,   ///< a company or a trade mark
  duplicate,         ///< 重: the same name within the scope of the law
  same_sound,        ///< 重: the same sound within the scope of the law
  generic_missing,   ///< no generic word (通名)
  specific_missing,  ///< nothing but a generic word (专名 missing)
  generic_unfit,     ///< a generic word of another kind of place
  generic_too_high,  ///< a generic word for something larger
  too_long,          ///< longer than ten characters
  rare_character,    ///< a character outside the list of standard characters
  pinyin_wrong,      ///< the stated spelling is no reading of the name
};
inline constexpr int name_fault_count = 20;
/// "too_grand" …
std::string_view name_fault_name(NameFault fault);

/// How much weight it has. hint: worth a look. warning: somebody should think about it. breach: against the words of
/// the law.
enum class Severity : std::uint8_t { hint, warning, breach };
std::string_view severity_name(Severity severity);

/// Another place that bears on a finding.
struct NamedPlace {
  std::string id;
  std::string name;  ///< the name that is alike: the standard or a former one
  std::string kind;
  std::string division_code;
  std::string pinyin;
  bool is_former = false;
};

struct NameFinding {
  NameFault fault = NameFault::too_grand;
  Severity severity = Severity::hint;
  std::string part;     ///< the characters that it is about
  std::string article;  ///< 地名管理条例第九条第一款第三项; empty where no article says it
  std::string why_zh, why_en;
  std::optional<NamedPlace> other;
};

struct NameReport {
  std::string name, specific, generic;  ///< 专名, 通名
  std::string pinyin;                   ///< as it would be spelt
  std::vector<NameFinding> findings;    ///< the weightiest first
};

}  // namespace menpai
