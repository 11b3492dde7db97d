# Exit statuses, what goes to stdout and what to stderr, and what a command without a network does not load.
. "$(dirname "$0")/expect.sh"
remnant=$1

expectStatus 0 "$remnant" --help
grep -q 'not for clinical use' stdout || fail "the overview says that this is for research"
[ ! -s stderr ] || fail "help is data and goes to stdout alone"
for command in "key new" simulate inspect calibrate ingest build "bench run" report documentation; do
  expectStatus 0 "$remnant" $command --help
  grep -q "^remnant $command: " stdout || fail "help of '$command'"
  grep -q '^Examples' stdout || fail "examples of '$command'"
done
expectStatus 0 "$remnant" --version
grep -Eq '^remnant [0-9]+\.[0-9]+\.[0-9]+$' stdout || fail "version"

expectStatus 2 "$remnant"
expectStatus 2 "$remnant" nonsense
expectStatus 2 "$remnant" bench
expectStatus 2 "$remnant" ingest
expectStatus 2 "$remnant" simulate --patients -3 --seed 1 --out cohort
[ ! -s stdout ] || fail "a usage error leaves stdout empty"
[ ! -e cohort ] || fail "a usage error writes nothing"

expectStatus 1 "$remnant" inspect absent.dcm
expectStatus 1 "$remnant" report absent
expectStatus 1 "$remnant" bench run absent --protocol demo --out run
expectStatus 1 "$remnant" simulate --cohort absent --patients 1 --seed 1 --out cohort
grep -q absent stderr || fail "the offending name stands in the message"

expectStatus 0 "$remnant" key new a.key
[ "$(stat -c '%a %s' a.key)" = "600 32" ] || fail "a key is 32 bytes for its owner alone"
expectStatus 1 "$remnant" key new a.key
cp a.key before
expectStatus 0 "$remnant" key new b.key
cmp -s a.key before || fail "an existing key is never overwritten"
cmp -s a.key b.key && fail "two keys are alike"

ldd "$remnant" | grep -Eq 'libtorch|libc10|libopenblas' && fail "commands without a network load libtorch"
exit 0
