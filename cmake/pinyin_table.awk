# SPDX-License-Identifier: Apache-2.0
# Unihan_Readings.txt (Unicode's database of ideographs) → C++ arrays: the readings of every ideograph of the basic plane
# in Hanyu Pinyin without tones, the customary one first.
#   kMandarin    the customary reading, and that of Taiwan where it differs
#   kTGHZ2013    readings in the dictionary of the List of Standard Chinese Characters (2013)
#   kHanyuPinlu  readings in the frequency dictionary of modern Chinese (1986)
#   kXHC1983     readings in the dictionary of modern Chinese (1983)
# Run as: bzcat Unihan_Readings.txt.bz2 | awk -f pinyin_table.awk
BEGIN {
  FS = "\t"
  rank["kMandarin"] = 0; rank["kTGHZ2013"] = 1; rank["kHanyuPinlu"] = 2; rank["kXHC1983"] = 3
  first_char = 13312   # U+3400
  end_char = 40960     # U+A000
  for (i = 0; i < 16; i++) hex[substr("0123456789ABCDEF", i + 1, 1)] = i
}
function code_of(text,    i, value) {
  value = 0
  for (i = 3; i <= length(text); i++) value = value * 16 + hex[substr(text, i, 1)]
  return value
}
# A reading with its tone mark → letters a to z, ü as v; empty where something else is left.
function plain(reading) {
  gsub(/ā|á|ǎ|à/, "a", reading); gsub(/ē|é|ě|è|ê|ế|ề/, "e", reading); gsub(/ī|í|ǐ|ì/, "i", reading)
  gsub(/ō|ó|ǒ|ò/, "o", reading); gsub(/ū|ú|ǔ|ù/, "u", reading); gsub(/ü|ǖ|ǘ|ǚ|ǜ/, "v", reading)
  gsub(/ń|ň|ǹ/, "n", reading); gsub(/ḿ/, "m", reading); gsub(/\xCC[\x80-\xBF]/, "", reading)
  return reading ~ /^[a-z]+$/ ? reading : ""
}
$2 in rank {
  code = code_of($1)
  if (code < first_char || code >= end_char) next
  value = $3
  gsub(/[0-9.,*]+:|\([0-9]+\)/, "", value)
  gsub(/,/, " ", value)
  of[code, rank[$2]] = value
  known[code] = 1
}
END {
  count = 0
  pool = 0
  for (code = first_char; code < end_char; code++) {
    start[code] = pool
    if (!(code in known)) continue
    list = ""
    for (r = 0; r < 4; r++) {
      n = split(of[code, r], parts, " ")
      for (i = 1; i <= n; i++) {
        text = plain(parts[i])
        if (text == "" || index(" " list " ", " " text " ")) continue
        list = list (list == "" ? "" : " ") text
        if (!(text in seen)) { seen[text] = 1; syllables[++count] = text }
        pool_text[pool++] = text
      }
    }
  }
  for (i = 2; i <= count; i++) {
    text = syllables[i]
    for (j = i - 1; j > 0 && syllables[j] > text; j--) syllables[j + 1] = syllables[j]
    syllables[j + 1] = text
  }
  for (i = 1; i <= count; i++) id[syllables[i]] = i - 1
  print "// Made by cmake/pinyin_table.awk from the Unihan database, Copyright Unicode, Inc.; see NOTICE."
  print "#include \"address/text/pinyin_data.hpp\"\n\nnamespace menpai::address {\nnamespace {\n"
  printf "constexpr std::string_view syllable_texts[] = {"
  for (i = 1; i <= count; i++) printf "%s\"%s\",", (i - 1) % 12 ? " " : "\n    ", syllables[i]
  printf "\n};\nconstexpr std::uint16_t reading_starts[] = {"
  for (code = first_char; code < end_char; code++) printf "%s%d,", (code - first_char) % 16 ? " " : "\n    ", start[code]
  printf " %d,\n};\nconstexpr std::uint16_t readings[] = {", pool
  for (i = 0; i < pool; i++) printf "%s%d,", i % 20 ? " " : "\n    ", id[pool_text[i]]
  print "\n};\n\n}  // namespace\n"
  print "const PinyinData pinyin_data{" first_char ", syllable_texts, reading_starts, readings};\n\n}  // namespace menpai::address"
}
