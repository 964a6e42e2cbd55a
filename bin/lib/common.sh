# SPDX-License-Identifier: Apache-2.0
# What the scripts in bin/ share: where things are, how a step is run, how a failure is told.
# shellcheck shell=bash
set -eEuo pipefail
trap 'printf "error: %s stopped unexpectedly at line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=$root/.cache
log_dir=$cache/log
build_dir=$root/build/release
# shellcheck disable=SC2034  # read by the scripts that include this file
menpai=$build_dir/menpai

say() { printf '%s\n' "$*"; }
step() { printf '==> %s\n' "$*"; }
warn() { printf 'warning: %s\n' "$*" >&2; }

# fail MESSAGE...: one line what is wrong, further lines what to do. Exit code 5 means the environment, as in the binary.
fail() {
  printf 'error: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '       %s\n' "$line" >&2; done
  exit 5
}

usage_error() {
  printf 'error: %s\n       Try: %s --help\n' "$1" "bin/$(basename "$0")" >&2
  exit 2
}

make_cache() {
  mkdir -p "$log_dir" 2>/dev/null || true
  if [[ ! -w $log_dir || -n $(find "$cache" -maxdepth 2 ! -user "$(id -un)" -print -quit) ]] && ((EUID != 0)); then
    fail "Files under $root belong to another user (an earlier run as root?)." \
      "Run as that user, or take them over: sudo chown -R $(id -un) '$root'"
  fi
}

# logged NAME HINT COMMAND...: runs a step with its output in a log; a failure shows the log's end, then HINT.
logged() {
  local name=$1 hint=$2 log=$log_dir/$1.log status=0
  shift 2
  "$@" >"$log" 2>&1 || status=$?
  if ((status != 0)); then
    tail -n 25 "$log" >&2
    fail "The step \"$name\" failed (exit code $status)." "$hint" "Whole log: $log"
  fi
}

# How many compilers at once: one a core, but no more than the memory carries (a large source takes about 1.2 GB).
job_count() {
  local cores memory_kb jobs
  cores=$(nproc)
  memory_kb=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo 2>/dev/null || echo 0)
  jobs=$((memory_kb / 1200000))
  ((jobs < 1)) && jobs=1
  ((jobs > cores)) && jobs=$cores
  echo "${MENPAI_JOBS:-$jobs}"
}

# Shows ninja's progress, if there is anything to do: one line that moves on a terminal, a line every tenth of the way
# elsewhere.
show_progress() {
  local line finished total tenth=-1
  while IFS= read -r line; do
    if [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] && ((BASH_REMATCH[1] > 0)); then
      finished=${BASH_REMATCH[1]} total=${BASH_REMATCH[2]}
      if ((tenth < 0)); then
        step "Build, $(job_count) at once"
        tenth=0
      fi
      if [[ -t 1 ]]; then
        printf '\r\033[K    built %d of %d' "$finished" "$total"
      elif ((finished * 10 / total > tenth)); then
        tenth=$((finished * 10 / total))
        printf '    built %d of %d\n' "$finished" "$total"
      fi
    fi
  done
  if [[ -t 1 ]]; then printf '\r\033[K'; fi
}

# build_targets TARGET...: builds in build/release. Returns ninja's exit code; the log is build.log.
build_targets() {
  local log=$log_dir/build.log status=0
  ninja -C "$build_dir" -j "$(job_count)" "$@" 2>&1 | tee "$log" | show_progress || status=$?
  if ((status != 0)); then
    awk '/^FAILED:/ {shown = 1} /^\[[0-9]+\/[0-9]+\]/ {shown = 0} shown || /^ninja: error/' "$log" | head -n 60 >&2
  fi
  return "$status"
}

# The Node that builds and tests the front end comes with web/'s modules, as node_modules/.bin/node: npm puts that folder
# first in the PATH of what it runs. npm itself stays with the machine's own Node, which may be older (Debian's npm works
# with no other). Where the modules hold none for this processor, the machine's own must be new enough.
node_is_good() {
  local good
  good=$("$1" -p 'const [a, b] = process.versions.node.split(".").map(Number); a > 20 || (a == 20 && b >= 19)' 2>/dev/null) &&
    [[ $good == true ]]
}
# Sets `node` to the one to use; false if there is none yet.
find_node() {
  local candidate
  for candidate in "$root/web/node_modules/.bin/node" "$(command -v node)"; do
    if [[ -x $candidate ]] && node_is_good "$candidate"; then
      # shellcheck disable=SC2034  # read by bin/test
      node=$candidate
      return 0
    fi
  done
  return 1
}
