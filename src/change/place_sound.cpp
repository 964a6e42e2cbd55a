// SPDX-License-Identifier: Apache-2.0
#include "change/place_sound.hpp"

#include <algorithm>

#include "address/text/pinyin_table.hpp"
#include "base/utf8.hpp"
#include "spine/place_name_check.hpp"

namespace menpai::change {
namespace {

constexpr std::size_t keys_max = 8;

/// A syllable behind others: one that begins with a vowel is set apart.
void join(std::string& word, std::string_view syllable) {
  const bool is_vowel = !syllable.empty() && std::string_view("aoe").find(syllable[0]) != std::string_view::npos;
  if (is_vowel && !word.empty()) word += '\'';
  word += syllable;
}

/// ü as it is printed; the table has it as v, as it is typed.
std::string printed(std::string_view syllable) {
  std::string text;
  for (const char c : syllable) {
    if (c == 'v') {
      text += "ü";
    } else {
      text += c;
    }
  }
  return text;
}

/// One word of the spelling. Digits and Latin letters stay as they are, other signs are left out.
std::string word_of(std::string_view part) {
  std::string word;
  for (const char32_t c : utf8::decode(part)) {
    const auto readings = address::pinyin_of(c);
    if (!readings.empty()) {
      join(word, printed(address::syllable_text(readings.front())));
    } else if (c < 128 && ((c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'))) {
      word += static_cast<char>(c);
    }
  }
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

/// Every reading of a part. The parts are put together without a sign between them, as a key has them.
std::vector<std::string> readings_of(std::string_view part) {
  std::vector<std::string> all = {""};
  for (const char32_t c : utf8::decode(part)) {
    const auto readings = address::pinyin_of(c);
    std::vector<std::string> next;
    // The customary reading of all characters stays first.
    for (std::size_t i = 0; i < std::max<std::size_t>(readings.size(), 1); ++i) {
      for (const std::string& before : all) {
        if (next.size() == keys_max) break;
        std::string word = before;
        if (readings.empty()) {
          word += spine::sound_key(utf8::encode(std::u32string_view(&c, 1)));
        } else {
          join(word, address::syllable_text(readings[i]));
        }
        if (std::find(next.begin(), next.end(), word) == next.end()) next.push_back(std::move(word));
      }
    }
    all = std::move(next);
  }
  return all;
}

}  // namespace

PlaceSound sound_of_place(std::string_view name, PlaceKind kind) {
  const spine::NameParts parts = spine::split_place_name(name, kind);
  PlaceSound sound;
  sound.pinyin = word_of(parts.specific);
  if (const std::string generic = word_of(parts.generic); !generic.empty()) {
    sound.pinyin += (sound.pinyin.empty() ? "" : " ") + generic;
  }
  for (const std::string& specific : readings_of(parts.specific)) {
    for (const std::string& generic : readings_of(parts.generic)) {
      const std::string key = specific + generic;
      const bool is_new = std::find(sound.keys.begin(), sound.keys.end(), key) == sound.keys.end();
      if (!key.empty() && is_new && sound.keys.size() < keys_max) sound.keys.push_back(key);
    }
  }
  return sound;
}

}  // namespace menpai::change
