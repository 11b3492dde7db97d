# For the scripts of this folder: each expectation names what it expects and stops the script where it fails.
set -euo pipefail

fail() { printf 'failed: %s\n' "$*" >&2; exit 1; }
skip() { printf 'skipped: %s\n' "$*"; exit 77; }

expectStatus() {  # STATUS COMMAND...: output goes to ./stdout and ./stderr
  local expected=$1 status=0
  shift
  "$@" >stdout 2>stderr || status=$?
  [ "$status" = "$expected" ] || { cat stdout stderr >&2; fail "exit status $status where $expected is due: $*"; }
}

expectSame() {  # A B WHAT
  diff -rq "$1" "$2" >&2 || fail "$3 differ"
}
