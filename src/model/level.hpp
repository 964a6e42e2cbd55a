// SPDX-License-Identifier: Apache-2.0
// The levels of a standard address, the grades of an answer and the reasons for it: the words that C++, SQL, JSON,
// TypeScript and the manual share.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace menpai {

/// How deep an address goes, outermost first. Levels may be absent in a path (中山 and 东莞 have no county).
enum class Level : std::uint8_t {
  none,
  province,  ///< 省 自治区 直辖市 特别行政区
  city,      ///< 地级市 地区 自治州 盟
  county,    ///< 区 县 县级市 旗
  town,      ///< 街道 镇 乡
  village,   ///< 社区 居委会 村委会
  group,     ///< 居民小组 村民小组
  place,     ///< 街路巷, 小区, 自然村, 院: what carries a place name
  number,    ///< 门牌号 with its 附号
  building,  ///< 栋 幢 座
  unit,      ///< 单元 梯
  floor,     ///< 层
  room,      ///< 室 户
};
inline constexpr int level_count = 13;

std::string_view level_name(Level level);
std::optional<Level> parse_level(std::string_view name);

/// What may be done with an answer. A: exact, use it. B: safe, small repairs. C: a person must look. none: nothing
/// found.
enum class Grade : std::uint8_t { a, b, c, none };

/// "A", "B", "C", "none".
std::string_view grade_name(Grade grade);

/// Why an element of the answer is what it is, best first.
enum class Reason : std::uint8_t {
  matched,      ///< as in the library
  alias,        ///< another valid name of it
  former_name,  ///< a name it had, or the name of what was merged into it
  corrected,    ///< written with an error that has one likely repair
  filled_in,    ///< not in the text; follows from what is
  inferred,     ///< not in the text; likely from where the library has the names that are
  unverified,   ///< in the text, well-formed; the library does not reach that deep
  ambiguous,    ///< more than one fits
  several,      ///< the text has more than one, or goes on to another address; the first is answered, the rest is left
  conflicting,  ///< the text contradicts what was answered
  not_found,    ///< in the text, and the library, which reaches that deep, has no such thing
};
std::string_view reason_name(Reason reason);

/// What became of a row that came in: every row ends as exactly one of these, and the sum is shown.
enum class RowOutcome : std::uint8_t { created, changed, same, held, refused };

/// "new", "changed", "same", "held", "refused".
std::string_view row_outcome_name(RowOutcome outcome);

}  // namespace menpai
