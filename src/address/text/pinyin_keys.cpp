// SPDX-License-Identifier: Apache-2.0
#include "address/text/pinyin_keys.hpp"

#include <algorithm>

#include "address/text/pinyin_table.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t combinations_max = 8;
constexpr std::size_t name_length_max = 40;

bool is_letter(char32_t c) {
  return c >= U'a' && c <= U'z';
}
bool is_figure(char32_t c) {
  return c >= U'0' && c <= U'9';
}
char32_t lower(char32_t c) {
  return c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c;
}

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

/// How many letters at the start of `letters` spell an initial: zh, ch and sh count as one too.
std::size_t long_initial(std::u32string_view letters) {
  const bool retroflex =
      letters.size() >= 2 && letters[1] == U'h' && (letters[0] == U'z' || letters[0] == U'c' || letters[0] == U's');
  return retroflex ? 2 : 1;
}

/// How much of `syllable` the letters at the start of `typed` agree with.
std::size_t common(std::u32string_view typed, std::string_view syllable) {
  std::size_t n = 0;
  while (n < typed.size() && n < syllable.size() && typed[n] == static_cast<char32_t>(syllable[n])) ++n;
  return n;
}

struct InitialsSearch {
  std::u32string_view typed;
  std::size_t limit;
  std::vector<std::string>& out;
  std::string path;

  void go(std::size_t at) {
    if (out.size() >= limit) return;
    if (at == typed.size()) {
      add_once(out, path);
      return;
    }
    const char32_t c = typed[at];
    if (!is_letter(c)) {
      const std::span<const Syllable> readings = pinyin_of(c);
      const char first = readings.empty() ? static_cast<char>(c < 128 ? c : 0) : syllable_text(readings.front())[0];
      if (first == 0) return;
      step(first, at + 1);
      return;
    }
    if (c == U'i' || c == U'u' || c == U'v') return;
    // Longer readings first: they leave fewer characters to guess.
    const std::u32string_view rest = typed.substr(at);
    for (std::size_t length = std::min<std::size_t>(rest.size(), 6); length > 0; --length) {
      if (may_be_syllable(rest.substr(0, length), at + length == typed.size())) step(static_cast<char>(c), at + length);
    }
  }
  void step(char initial, std::size_t next) {
    path += initial;
    go(next);
    path.pop_back();
  }
  static bool may_be_syllable(std::u32string_view letters, bool may_be_cut) {
    if (!std::all_of(letters.begin(), letters.end(), is_letter)) return false;
    if (letters.size() == 1 || letters.size() == long_initial(letters)) return true;
    std::string text;
    for (const char32_t c : letters) text += static_cast<char>(c);
    return is_syllable(text, may_be_cut);
  }
  static bool is_syllable(const std::string& text, bool may_be_cut) {
    std::size_t low = 0;
    std::size_t high = 1;
    while (!syllable_text(static_cast<Syllable>(high)).empty()) high *= 2;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      const std::string_view at = syllable_text(static_cast<Syllable>(middle));
      if (at.empty() || at >= text) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    const std::string_view found = syllable_text(static_cast<Syllable>(low));
    return found == text || (may_be_cut && found.starts_with(text));
  }
};

/// Where the pieces of one character's reading lie while combinations are made.
struct Choice {
  std::vector<std::string> readings;
};

std::vector<Choice> choices_of(std::u32string_view text) {
  std::vector<Choice> choices;
  std::size_t combinations = 1;
  for (const char32_t c : text.substr(0, std::min(text.size(), name_length_max))) {
    Choice choice;
    const std::span<const Syllable> readings = pinyin_of(c);
    for (const Syllable reading : readings) {
      if (combinations * (choice.readings.size() + 1) > combinations_max) break;
      choice.readings.emplace_back(syllable_text(reading));
    }
    if (choice.readings.empty() && !readings.empty()) choice.readings.emplace_back(syllable_text(readings.front()));
    if (is_letter(lower(c)) || is_figure(c)) choice.readings.emplace_back(1, static_cast<char>(lower(c)));
    if (choice.readings.empty()) continue;
    combinations *= choice.readings.size();
    choices.push_back(std::move(choice));
  }
  return choices;
}

bool match_from(std::u32string_view typed, std::u32string_view name, bool whole, int& steps) {
  if (typed.empty()) return !whole || name.empty();
  if (name.empty() || --steps < 0) return false;
  const char32_t c = name.front();
  const std::u32string_view rest = name.substr(1);
  if (typed.front() == lower(c)) {
    if (match_from(typed.substr(1), rest, whole, steps)) return true;
  }
  if (!is_letter(typed.front())) return false;
  for (const Syllable reading : pinyin_of(c)) {
    const std::string_view syllable = syllable_text(reading);
    const std::size_t same = common(typed, syllable);
    if (same == 0) continue;
    if (same == syllable.size() && match_from(typed.substr(same), rest, whole, steps)) return true;
    if (same < syllable.size() && same == typed.size() && (!whole || rest.empty())) return true;
    if (syllable.size() > 1 && match_from(typed.substr(1), rest, whole, steps)) return true;
    const std::size_t initial = long_initial(typed);
    if (initial == 2 && same >= 2 && match_from(typed.substr(2), rest, whole, steps)) return true;
  }
  return false;
}

}  // namespace

void make_pinyin_keys(std::u32string_view text, PinyinKeys& out) {
  out.full.clear();
  out.initials.clear();
  const std::vector<Choice> choices = choices_of(text);
  if (choices.empty()) return;
  std::size_t combinations = 1;
  for (const Choice& choice : choices) combinations *= choice.readings.size();
  for (std::size_t number = 0; number < combinations; ++number) {
    std::string full, initials;
    std::size_t left = number;
    for (const Choice& choice : choices) {
      const std::string& reading = choice.readings[left % choice.readings.size()];
      left /= choice.readings.size();
      full += reading;
      initials += reading[0];
    }
    add_once(out.full, full);
    add_once(out.initials, initials);
  }
}

void make_initials(std::u32string_view typed, std::size_t limit, std::vector<std::string>& out) {
  out.clear();
  InitialsSearch{typed, limit, out, {}}.go(0);
}

bool matches_typed(std::u32string_view typed, std::u32string_view name, bool whole) {
  int steps = 400;  // a bound for texts that are made to try every way
  return match_from(typed, name, whole, steps);
}

}  // namespace menpai::address
