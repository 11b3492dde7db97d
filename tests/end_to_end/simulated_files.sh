# Simulated objects: valid NM, the same bytes on one and on two threads, complete after an interruption.
. "$(dirname "$0")/expect.sh"
remnant=$1
command -v dciodvfy >/dev/null || skip "dciodvfy (dicom3tools) is not installed"

expectStatus 0 "$remnant" simulate --patients 6 --seed 5 --out one --threads 1
expectStatus 0 "$remnant" simulate --patients 6 --seed 5 --out two --threads 2
expectSame one two "cohorts made on one and on two threads"
expectStatus 0 "$remnant" simulate --patients 6 --seed 6 --out other
cmp -s one/truth.csv other/truth.csv && fail "another seed gives the same patients"
expectStatus 0 "$remnant" simulate --patients 4 --seed 5 --out planted --phi

find one planted -name '*.dcm' >files
[ -s files ] || fail "no objects were made"
while read -r file; do
  dciodvfy "$file" >verdict 2>&1 || true
  grep -q '^Error' verdict && { cat verdict >&2; fail "dciodvfy finds errors in $file"; }
done <files

# What was there stays, what is missing is made again, to the same bytes.
find two -name '*.dcm' | head -n 3 | xargs rm
rm two/labels.csv
expectStatus 0 "$remnant" simulate --patients 6 --seed 5 --out two
expectSame one two "an undisturbed and a resumed cohort"
expectStatus 1 "$remnant" simulate --patients 6 --seed 9 --out two
expectSame one two "a cohort after a refused second seed"
