# SPDX-License-Identifier: Apache-2.0
# Unihan_DictionaryLikeData.txt (Unicode's database of ideographs) → C++ arrays: what tells the shape of every ideograph
# of the basic block.
#   kFourCornerCode  the strokes at its four corners, a digit each
#   kCangjie         its parts, as the Cangjie input method names them, at most five letters
#   kPhonetic        the class of characters that share its phonetic part (Casey 2010)
# Run as: bzcat Unihan_DictionaryLikeData.txt.bz2 | awk -f shape_table.awk
BEGIN {
  FS = "\t"
  first_char = 19968   # U+4E00
  end_char = 40960     # U+A000
  for (i = 0; i < 16; i++) hex[substr("0123456789ABCDEF", i + 1, 1)] = i
  for (i = 1; i <= 26; i++) letter[substr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", i, 1)] = i
}
function code_of(text,    i, value) {
  value = 0
  for (i = 3; i <= length(text); i++) value = value * 16 + hex[substr(text, i, 1)]
  return value
}
$2 == "kFourCornerCode" && $3 ~ /^[0-9][0-9][0-9][0-9]/ { corners[code_of($1)] = substr($3, 1, 4) + 1 }
$2 == "kCangjie" && $3 ~ /^[A-Z]+$/ {
  value = 0
  for (i = 1; i <= length($3) && i <= 5; i++) value = value * 32 + letter[substr($3, i, 1)]
  parts[code_of($1)] = value
}
$2 == "kPhonetic" {
  n = split($3, classes, " ")
  value = 0
  for (i = 1; i <= n && i <= 2; i++) value = value * 65536 + int(classes[i] + 0)
  phonetic[code_of($1)] = value
}
function print_array(type, name, values,    code) {
  printf "constexpr %s %s[] = {", type, name
  for (code = first_char; code < end_char; code++)
    printf "%s%d,", (code - first_char) % 16 ? " " : "\n    ", values[code]
  print "\n};"
}
END {
  print "// Made by cmake/shape_table.awk from the Unihan database, Copyright Unicode, Inc.; see NOTICE."
  print "#include \"address/text/shape_data.hpp\"\n\nnamespace menpai::address {\nnamespace {\n"
  print_array("std::uint16_t", "corners", corners)
  print_array("std::uint32_t", "parts", parts)
  print_array("std::uint32_t", "phonetic", phonetic)
  print "\n}  // namespace\n"
  print "const ShapeData shape_data{" first_char ", corners, parts, phonetic};\n\n}  // namespace menpai::address"
}
