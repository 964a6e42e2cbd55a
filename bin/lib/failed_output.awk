# SPDX-License-Identifier: Apache-2.0
# Of a log: what the failed tests of ctest said, without the framework's own lines; of another runner's log, its end.
/^ *([0-9]+\/[0-9]+ Test +#|Start +[0-9]+:)/ {
  ctest = 1
  shown = /\*\*\*/
}
{ tail[NR % 60] = $0 }
shown && !/^\[ +(OK|RUN) |^\[[-=]+\]|^Running main\(\)|^Note: Google Test filter|^ *Start +[0-9]+:|^$/ && lines++ < 150
END {
  if (ctest && lines) exit
  for (i = (NR > 60 ? NR - 59 : 1); i <= NR; i++) print tail[i % 60]
}
