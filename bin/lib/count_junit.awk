# SPDX-License-Identifier: Apache-2.0
# Counts the test cases of a JUnit file, whoever wrote it (ctest, node:test, vitest): prints "passed failed".
# A case with a <failure>, <error> or <skipped> in it counts as failed: nothing is skipped here.
# With -v names=1 prints the names of the failed cases instead.
function attribute(tag, key,    value) {
  if (!match(tag, "[ \t\n]" key "=\"[^\"]*\"")) return ""
  value = substr(tag, RSTART + 1, RLENGTH - 2)
  sub(/^[^"]*"/, "", value)
  gsub(/&lt;/, "<", value); gsub(/&gt;/, ">", value); gsub(/&quot;/, "\"", value); gsub(/&amp;/, "\\&", value)
  return value
}
function close_case() {
  if (!open_case) return
  if (bad) { failed++; if (names) print name } else passed++
  open_case = 0
}
BEGIN { RS = "<"; passed = failed = open_case = cdata = 0 }
cdata { if (index($0, "]]>")) cdata = 0; next }
/^!\[CDATA\[/ { if (!index($0, "]]>")) cdata = 1; next }
/^testcase[ \t\n>\/]/ {
  close_case()
  open_case = 1
  bad = 0
  name = attribute($0, "name")
  if (attribute($0, "status") ~ /^(fail|notrun|disabled)$/) bad = 1
  if (substr($0, 1, index($0, ">")) ~ /\/>$/) close_case()
  next
}
/^(failure|error|skipped)[ \t\n>\/]/ { if (open_case) bad = 1; next }
/^\/testcase>/ { close_case() }
END { close_case(); if (!names) print passed, failed }
