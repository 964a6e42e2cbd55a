# SPDX-License-Identifier: Apache-2.0
# Of a log: what the failed tests of ctest said, without the framework's own lines and at most 25 lines each; of Node's
# runner the first failures, as those after them often only follow; of another runner's log, its end.
/^ *([0-9]+\/[0-9]+ Test +#|Start +[0-9]+:)/ {
  ctest = 1
  shown = /\*\*\*/
  lines = 0
}
{ tail[NR % 60] = $0 }
/^✖ failing tests:/ { any = 1; listing = 1 }
listing && ++listed <= 80
/^The following tests FAILED|^Label Time Summary/ { shown = 0 }
shown && !/^\[ +(OK|RUN|PASSED) |^\[[-=]+\]|^Running main\(\)|^Note: Google Test filter|^ *Start +[0-9]+:|^ *$|FAILED TESTS?$/ {
  if (++lines <= 25) print
  if (lines == 26) print "…"
  any = 1
}
END {
  if (any) exit
  for (i = (NR > 60 ? NR - 59 : 1); i <= NR; i++) print tail[i % 60]
}
