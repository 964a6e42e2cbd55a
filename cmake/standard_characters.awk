# SPDX-License-Identifier: Apache-2.0
# Unihan_OtherMappings.txt (Unicode's database of ideographs) → C++ array: the characters of the List of Standard Chinese
# Characters (通用规范汉字表, State Council, 2013), field kTGH, each with its number in the list.
# Run as: bzcat Unihan_OtherMappings.txt.bz2 | awk -f standard_characters.awk
BEGIN {
  FS = "\t"
  print "// Made by cmake/standard_characters.awk from the Unihan database, Copyright Unicode, Inc.; see NOTICE."
  print "#include \"spine/standard_characters.hpp\"\n\nnamespace menpai::spine {\nnamespace {\n"
  printf "constexpr StandardCharacter characters[] = {"
}
$1 ~ /^U\+/ && $2 == "kTGH" {
  split($3, parts, ":")
  printf "%s{0x%s, %d},", count++ % 8 ? " " : "\n    ", substr($1, 3), parts[2]
}
END {
  print "\n};\n\n}  // namespace\n"
  print "const std::span<const StandardCharacter> standard_characters = characters;\n\n}  // namespace menpai::spine"
}
