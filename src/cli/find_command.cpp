// SPDX-License-Identifier: Apache-2.0
// menpai find: one address, explained for a person, in Chinese.
#include <cstdio>

#include "app/answer_json.hpp"
#include "app/file_cleaning.hpp"
#include "app/shared_files.hpp"
#include "base/error.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

constexpr std::string_view level_titles[level_count] = {"无",   "省",   "市",   "区县", "镇街", "村居", "居民小组",
                                                        "地名", "门牌", "楼栋", "单元", "楼层", "户室"};

std::string_view title_of(Level level) {
  return level_titles[static_cast<std::size_t>(level)];
}

std::string_view grade_title(Grade grade) {
  switch (grade) {
    case Grade::a:
      return "A 可直接使用";
    case Grade::b:
      return "B 可放心使用，有小处补正";
    case Grade::c:
      return "C 须人工核对";
    case Grade::none:
      return "无 没有找到";
  }
  return "";
}

std::string_view reason_title(Reason reason) {
  switch (reason) {
    case Reason::matched:
      return "与库一致";
    case Reason::alias:
      return "写的是别名";
    case Reason::former_name:
      return "写的是旧名";
    case Reason::corrected:
      return "有错字，已更正";
    case Reason::filled_in:
      return "原文没有，由其他部分推得";
    case Reason::inferred:
      return "原文没有，由文中地名在库中的所在地推断";
    case Reason::unverified:
      return "原文有，库没有这么细，未能核实";
    case Reason::ambiguous:
      return "有多种可能";
    case Reason::several:
      return "原文不止一个，只答第一个";
    case Reason::conflicting:
      return "与原文矛盾";
    case Reason::not_found:
      return "原文有，库里没有";
  }
  return "";
}

std::string with_decimals(const char* format, double number) {
  char text[64];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

void append_line(std::string& out, std::string_view title, std::string_view text) {
  if (!text.empty()) out.append(title).append("  ").append(text).append("\n");
}

std::string explained(std::string_view asked, const Answer& answer) {
  std::string out;
  append_line(out, "原文    ", asked);
  append_line(out, "标准地址", answer.address.empty() ? "（没有找到）" : std::string_view(answer.address));
  append_line(out, "等级    ", grade_title(answer.grade));
  append_line(out, "把握    ", with_decimals("%.1f%%", answer.score * 100));
  append_line(out, "到达    ", title_of(answer.level));
  append_line(out, "地址代码", answer.code);
  append_line(out, "区划代码", answer.division_code);
  append_line(out, "编号    ", answer.id);
  if (answer.point)
    append_line(
        out, "经纬度  ",
        with_decimals("%.7f", answer.point->lon) + ", " + with_decimals("%.7f", answer.point->lat) + " (CGCS2000)");
  if (!answer.reasons.empty()) out += "依据\n";
  for (const auto& reason : answer.reasons) {
    out.append("  ").append(title_of(reason.level)).append("  ").append(answer[reason.level]);
    out.append(answer[reason.level].empty() ? "" : "  ").append(reason_title(reason.reason)).append("\n");
  }
  append_line(out, "未解释  ", answer.residue);
  if (answer.candidates.size() > 1) {
    out += "可能是\n";
    int number = 0;
    for (const auto& candidate : answer.candidates)
      out += "  " + std::to_string(++number) + ". " + candidate.address + "  (" +
             with_decimals("%.1f%%", candidate.score * 100) + ")\n";
  }
  return out;
}

}  // namespace

int run_find(const FindOptions& options) {
  if (options.text.empty()) throw Error(ErrorCode::bad_request, "Give the address to look up: menpai find \"…\"");
  const app::Settings settings = settings_of(options);
  const app::FileEngine engine{app::choose_library(options.library, settings),
                               options.region.empty() ? settings.region : options.region, 1};
  const Answer answer = app::find_in_library(engine, options.text);
  print_out(options.json ? app::answer_json(answer) + "\n" : explained(options.text, answer));
  return 0;
}

}  // namespace menpai::cli
