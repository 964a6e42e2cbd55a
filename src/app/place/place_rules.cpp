// SPDX-License-Identifier: Apache-2.0
#include "app/place/place_rules.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace menpai::app {
namespace {

constexpr std::uintmax_t file_bytes_max = 4 << 20;

/// Hands the text of a file that a setting names to `use`; nothing if the setting is empty.
void with_file(const char* setting, const std::filesystem::path& file,
               const std::function<void(const std::string&)>& use) {
  if (file.empty()) return;
  const std::string where = std::string("The setting ") + setting + " names " + file.string();
  std::error_code failed;
  const std::uintmax_t bytes = std::filesystem::file_size(file, failed);
  if (failed) throw Error(ErrorCode::not_found, where + ", which cannot be read.");
  if (bytes > file_bytes_max) throw Error(ErrorCode::too_large, where + ", which is larger than 4 MiB.");
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!utf8::valid(text.str())) throw Error(ErrorCode::bad_request, where + ", which is not UTF-8.");
  try {
    use(text.str());
  } catch (const Error& error) {
    throw Error(error.code(), where + ". " + error.what());
  }
}

}  // namespace

const spine::NumberingRule& PlaceRules::numbering_rule(std::string_view name) const {
  const auto at = std::find_if(numbering.begin(), numbering.end(),
                               [&](const spine::NumberingRule& one) { return name.empty() || one.name == name; });
  if (at != numbering.end()) return *at;
  std::string known;
  for (const spine::NumberingRule& one : numbering) known += (known.empty() ? "" : ", ") + one.name;
  throw Error(ErrorCode::bad_request, "There is no such numbering rule. There are: " + known + ".");
}

std::shared_ptr<const PlaceRules> load_place_rules(const Settings& settings) {
  auto rules = std::make_shared<PlaceRules>();
  rules->names = spine::PlaceNameRules::shipped();
  with_file("place_name.words", settings.place_name_words, [&](const auto& text) { rules->names.add_words(text); });
  with_file("place_name.generics", settings.place_name_generics,
            [&](const auto& text) { rules->names.replace_generics(text); });
  rules->numbering.assign(spine::numbering_rules().begin(), spine::numbering_rules().end());
  with_file("numbering.rules", settings.numbering_rules, [&](const auto& text) {
    for (spine::NumberingRule& one : spine::read_numbering_rules(text)) {
      std::erase_if(rules->numbering, [&](const spine::NumberingRule& other) { return other.name == one.name; });
      rules->numbering.push_back(std::move(one));
    }
  });
  const auto chosen = &rules->numbering_rule(settings.numbering_rule) - rules->numbering.data();
  std::rotate(rules->numbering.begin(), rules->numbering.begin() + chosen, rules->numbering.begin() + chosen + 1);
  rules->calendar = spine::WorkCalendar::shipped();
  with_file("work.holidays", settings.work_holidays, [&](const auto& text) { rules->calendar.add(text); });
  return rules;
}

}  // namespace menpai::app
