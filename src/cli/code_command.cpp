// SPDX-License-Identifier: Apache-2.0
// menpai code: what a code says, which schemes there are, where an old code leads. In Chinese, for the officer who
// asks.
#include "app/code_json.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

/// What is wrong, in words.
std::string fault_words(const app::CodeCheck& check) {
  std::string out;
  for (const auto& note : check.reading.notes) {
    std::string_view words;
    switch (note.fault) {
      case spine::CodeFault::length:
        words = "位数不对";
        break;
      case spine::CodeFault::not_digits:
        words = "含有数字以外的字符";
        break;
      case spine::CodeFault::check_digit:
        words = "校验位不符，抄录或有误";
        break;
      case spine::CodeFault::unknown_division:
        words = "没有这个行政区划";
        break;
      case spine::CodeFault::unlisted_village:
        words = "现有名录中没有这个村居，请核对";
        break;
      case spine::CodeFault::former_division:
        words = "是已撤并或改码的区划";
        break;
      case spine::CodeFault::unknown_class:
        words = "部件分类表中没有这一类，或为本地扩展";
        break;
      case spine::CodeFault::no_serial:
        words = "顺序号为零，编号从 1 开始";
        break;
      case spine::CodeFault::gap_in_divisions:
        words = "区划层级有缺";
        break;
    }
    out.append(spine::is_wrong(note.fault) ? "错误  " : "注意  ").append(words);
    out.append("  ").append(spine::code_fault_name(note.fault));
    if (!note.at.empty()) out.append(" ").append(note.at);
    if (!note.detail.empty()) out.append("  ").append(note.detail);
    out += "\n";
  }
  return out;
}

int check(app::Application& application, const CodeOptions& options) {
  const app::CodeCheck check = app::check_code(application, app::operator_caller(), options.scheme, options.code);
  const int code = check.reading.is_right() ? 0 : 1;
  if (options.json) {
    print_out(app::code_check_json(check) + "\n");
    return code;
  }
  std::string out = check.code + "  " + check.scheme.title + "（" + check.scheme.name + "）\n";
  for (const auto& part : check.reading.parts) {
    out += "  " + part.digits + std::string(8 - std::min<std::size_t>(7, part.digits.size()), ' ') + part.title;
    if (!part.meaning.empty() && part.name != "check") out += "  " + part.meaning;
    out += "\n";
  }
  out += fault_words(check);
  out += code == 0 ? "格式正确" : "不是正确的编码";
  out += check.is_issued ? "，本系统已赋出\n" : "，本系统未曾赋出\n";
  print_out(out);
  return code;
}

int schemes(app::Application& application, const CodeOptions& options) {
  std::string text;
  std::string json;
  for (const auto& scheme : app::list_code_schemes(application, app::operator_caller())) {
    json += (json.empty() ? "" : ",") + app::code_scheme_json(scheme);
    std::string widths;
    for (const auto& segment : scheme.segments) {
      widths += (widths.empty() ? "" : "+") + segment.title + std::to_string(segment.width);
    }
    if (scheme.check != spine::CheckRule::none) widths += "+校验1";
    text += scheme.name + "  " + scheme.title + "  " + std::to_string(scheme.length()) + " 位 = " + widths + "\n    " +
            scheme.source + " (" + scheme.standing + ")\n";
  }
  print_out(options.json ? "{\"schemes\":[" + json + "]}\n" : text);
  return 0;
}

int resolve(app::Application& application, const CodeOptions& options) {
  const app::CodeStory story = app::resolve_code(application, app::operator_caller(), options.code);
  if (options.json) {
    print_out(app::code_story_json(story) + "\n");
    return 0;
  }
  std::string out = story.code + "  " + story.scheme + "  " + story.issued_at + " 赋码\n";
  if (story.object) out += "  原属  " + story.object->text + "\n";
  if (!story.retired_at.empty()) out += "  停用  " + story.retired_at + "\n";
  for (const auto& step : story.successions) {
    out += "  " + step.old_code + " → " + step.new_code + "  " + step.kind + "  " + step.at + "\n";
  }
  for (const auto& object : story.now) {
    out += "  现为  " + (object.code.empty() ? std::string("（无编码）") : object.code) + "  " + object.text + "  " +
           object.status + "\n";
  }
  for (const auto& step : story.predecessors) out += "  前身  " + step.old_code + "  " + step.kind + "\n";
  print_out(out);
  return 0;
}

}  // namespace

int run_code(const CodeOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  if (options.verb == "schemes") return schemes(*application, options);
  return options.verb == "check" ? check(*application, options) : resolve(*application, options);
}

}  // namespace menpai::cli
