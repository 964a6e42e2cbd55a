// SPDX-License-Identifier: Apache-2.0
#include "spine/division_change.hpp"

#include <algorithm>

namespace menpai::spine {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view division_change_outcome_name(DivisionChangeOutcome outcome) {
  switch (outcome) {
    case DivisionChangeOutcome::successions:
      return "successions";
    case DivisionChangeOutcome::in_force:
      return "in_force";
    case DivisionChangeOutcome::no_successor:
      return "no_successor";
    case DivisionChangeOutcome::no_predecessor:
      return "no_predecessor";
    case DivisionChangeOutcome::bad_code:
      return "bad_code";
  }
  return "bad_code";
}

std::string plain_division_code(std::string_view text) {
  std::string_view code = trim(text);
  if (!is_digits(code)) return {};
  switch (code.size()) {
    case 2:
    case 4:
      return std::string(code);
    case 6:
      while (code.size() > 2 && code.ends_with("00")) code.remove_suffix(2);
      return std::string(code);
    case 9:
      return code.ends_with("000") ? plain_division_code(code.substr(0, 6)) : std::string(code);
    case 12:
      return code.ends_with("000") ? plain_division_code(code.substr(0, 9)) : std::string(code);
    default:
      return {};
  }
}

DivisionChangeOutcome read_division_change(const DivisionChangeRow& row, std::vector<DivisionSuccession>& out) {
  const std::string_view changed_on = trim(row.changed_on);
  if (trim(row.old_code).empty()) return DivisionChangeOutcome::no_predecessor;
  const std::string old_code = plain_division_code(row.old_code);
  if (old_code.empty()) return DivisionChangeOutcome::bad_code;
  std::string_view rest = trim(row.new_code);
  if (rest.empty()) return changed_on.empty() ? DivisionChangeOutcome::in_force : DivisionChangeOutcome::no_successor;

  std::vector<DivisionSuccession> found;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(";,、"), rest.size());
    std::string_view piece = trim(rest.substr(0, end));
    rest = end < rest.size() ? rest.substr(end + 1) : std::string_view();
    if (piece.empty()) continue;
    std::string since(changed_on);
    if (const std::size_t bracket = piece.find('['); bracket != std::string_view::npos) {
      const std::size_t close = piece.find(']', bracket);
      since = std::string(piece.substr(bracket + 1, close == std::string_view::npos ? close : close - bracket - 1));
      piece = trim(piece.substr(0, bracket));
    }
    const std::string new_code = plain_division_code(piece);
    if (new_code.empty()) return DivisionChangeOutcome::bad_code;
    found.push_back({old_code, std::string(trim(row.old_name)), new_code, since});
  }
  if (found.empty()) return DivisionChangeOutcome::no_successor;
  out.insert(out.end(), found.begin(), found.end());
  return DivisionChangeOutcome::successions;
}

std::vector<std::string> final_successors(const std::string& old_code,
                                          const std::unordered_map<std::string, std::vector<std::string>>& successors,
                                          const std::unordered_set<std::string>& in_force) {
  std::vector<std::string> result;
  std::unordered_set<std::string> seen{old_code};
  std::vector<std::string> waiting{old_code};
  while (!waiting.empty()) {
    const std::string code = std::move(waiting.back());
    waiting.pop_back();
    const auto next = successors.find(code);
    const bool leads_on = next != successors.end();
    // A code that was given again is in force and has successors of its former holder: only the start is followed.
    if (in_force.contains(code) && (code != old_code || !leads_on)) {
      result.push_back(code);
      continue;
    }
    if (!leads_on) continue;
    for (const std::string& to : next->second) {
      if (to == old_code && in_force.contains(to)) {
        result.push_back(to);
      } else if (seen.insert(to).second) {
        waiting.push_back(to);
      }
    }
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

}  // namespace menpai::spine
