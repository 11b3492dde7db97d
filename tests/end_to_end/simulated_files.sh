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

# Every kind of acquisition: dynamic, static, lateral, tomographic, and a CT series.
cat >every.toml <<'COHORT'
name = "every"
[course]
uptakeStatedAtHours = 0.33
diagnosticHours = { least = 0.33, most = 0.5 }
[acquisition]
kind = "static"
nuclide = "Tc-99m"
windows = ["photopeak", "lower"]
matrix = 128
leftLateral = true
rightLateral = true
dynamicFrames = 3
spect = true
spectViews = 32
ctMap = true
[[centre]]
name = "A"
address = "B"
serial = "C"
camera = "GE Infinia"
collimator = "GE LEHR"
COHORT
expectStatus 0 "$remnant" simulate --cohort every.toml --patients 1 --seed 5 --out every-one --threads 1 --masks
expectStatus 0 "$remnant" simulate --cohort every.toml --patients 1 --seed 5 --out every-two --threads 2 --masks
expectSame every-one every-two "acquisitions of every kind made on one and on two threads"
[ -s every-one/measurements.csv ] && [ -s every-one/calibration/C.json ] || fail "measurements and calibration are written"
[ -n "$(find every-one/truth -name '*.png')" ] || fail "masks are written where they are asked for"

# The tables have the columns of the data dictionary.
described() {  # TABLE
  awk -v table="## $1" '$0 == table { inside = 1; next } /^## / { inside = 0 } inside && /^\| `/ { print $2 }' \
    "$REMNANT_SOURCE/docs/data-dictionary.md" | tr -d '\140' | paste -sd, -
}
for table in labels measurements truth; do
  [ "$(head -n 1 "every-one/$table.csv")" = "$(described "$table.csv")" ] || fail "$table.csv has other columns than described"
done

# What cannot be is refused before anything is written.
sed 's/GE LEHR/GE SIEVE/' every.toml >impossible.toml
expectStatus 1 "$remnant" simulate --cohort impossible.toml --patients 1 --seed 5 --out impossible
[ ! -e impossible ] || fail "an impossible cohort leaves nothing"

find one planted -name '*.dcm' >files
# The slices of a series differ in their pixels alone.
find every-one -name '*.dcm' | sort | sed -n 1,6p >>files
[ -s files ] || fail "no objects were made"
while read -r file; do
  dciodvfy "$file" >verdict 2>&1 || true
  grep -q '^Error' verdict && { cat verdict >&2; fail "dciodvfy finds errors in $file"; }
done <files

# What was there stays, what is missing is made again, to the same bytes.
find two -name '*.dcm' | sort | sed -n 1,3p | xargs rm
rm two/labels.csv
expectStatus 0 "$remnant" simulate --patients 6 --seed 5 --out two
expectSame one two "an undisturbed and a resumed cohort"
expectStatus 1 "$remnant" simulate --patients 6 --seed 9 --out two
expectSame one two "a cohort after a refused second seed"
