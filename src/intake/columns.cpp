// SPDX-License-Identifier: Apache-2.0
// Finding the column that is meant.
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "intake/table.hpp"

namespace menpai::intake {
namespace {

/// Without blanks (full-width ones and byte order marks too) and in lower case.
std::string plain(std::string_view name) {
  std::string out;
  for (std::size_t pos = 0; pos < name.size();) {
    const char32_t c = utf8::next(name, pos);
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0x3000 || c == 0xA0 || c == 0xFEFF || c == '_')
      continue;
    utf8::append(out, c < 0x80 ? static_cast<char32_t>(std::tolower(static_cast<int>(c))) : c);
  }
  return out;
}

/// At most 40 characters of a name: what stands in a header by mistake may be long.
std::string shortened(std::string_view name) {
  std::size_t pos = 0;
  for (int i = 0; i < 40 && pos < name.size(); ++i) utf8::next(name, pos);
  return std::string(name.substr(0, pos)) + (pos < name.size() ? "…" : "");
}

std::string listed(const std::vector<std::string>& columns) {
  constexpr std::size_t shown_max = 40;
  std::string list;
  for (std::size_t i = 0; i < columns.size() && i < shown_max; ++i) {
    if (i > 0) list += ", ";
    list += shortened(columns[i]);
  }
  if (columns.size() > shown_max) list += ", and " + std::to_string(columns.size() - shown_max) + " more";
  return list;
}

/// Names that address columns bear, the surest first.
constexpr std::array<std::string_view, 22> likely_names{
    "地址",     "详细地址",    "标准地址", "地址全称",    "完整地址", "注册地址", "经营地址", "联系地址",
    "家庭地址", "居住地址",    "现住址",   "住所",        "住址",     "坐落",     "房屋坐落", "address",
    "addr",     "fulladdress", "text",     "addresstext", "dz",       "query"};

}  // namespace

std::size_t find_column(const std::vector<std::string>& columns, std::string_view name) {
  if (!name.empty()) {
    const auto exact = std::find(columns.begin(), columns.end(), name);
    if (exact != columns.end()) return static_cast<std::size_t>(exact - columns.begin());
    const std::string wanted = plain(name);
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (plain(columns[i]) == wanted) return i;
    std::size_t number = 0;
    const auto [end, failed] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (failed == std::errc{} && end == name.data() + name.size() && number >= 1 && number <= columns.size())
      return number - 1;
    throw Error(ErrorCode::bad_request,
                "There is no column \"" + std::string(name) + "\". The columns are: " + listed(columns) + ".");
  }
  if (columns.size() == 1) return 0;
  for (const auto likely : likely_names)
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (plain(columns[i]) == likely) return i;
  for (const std::string_view part : {"地址", "住址", "住所", "坐落", "address"})
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (plain(columns[i]).find(part) != std::string::npos) return i;
  throw Error(ErrorCode::bad_request,
              "Which column holds the addresses? Name it with --column. The columns are: " + listed(columns) + ".");
}

}  // namespace menpai::intake
