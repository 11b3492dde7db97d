# The whole road on a small cohort, twice: the same seed gives the same datasets and the same scores, on one thread and on
# two, undisturbed or resumed.
. "$(dirname "$0")/expect.sh"
remnant=$1

cat >small.toml <<'TOML'
name = "small"
kind = "kfold"
folds = 2
repeats = 1
splits = "seed"
splitSeed = 4
seeds = [1]
imageSets = ["full-body", "neck-region"]
bootstrapResamples = 200
bootstrapSeed = 1
permuteLabels = false
threadsPerFit = 1

[[contestant]]
name = "ratio"
kind = "neck-shoulder-ratio"
ridge = 1.0

[[contestant]]
name = "resnet18"
kind = "resnet18"
epochs = 1
batchSize = 8
learningRate = 0.001
weightDecay = 0.01
maximumShiftPixels = 1
mirror = true

[contestant.input]
full-body = { rows = 64, columns = 32 }
neck-region = { rows = 32, columns = 32 }
TOML

road() {  # FOLDER THREADS
  expectStatus 0 "$remnant" simulate --patients 16 --seed 3 --out "$1/archive" --threads "$2"
  expectStatus 0 "$remnant" ingest "$1/archive/dicom" --catalogue "$1/catalogue.sqlite" --store "$1/store" --key secret/key --threads "$2"
  expectStatus 0 "$remnant" build --catalogue "$1/catalogue.sqlite" --store "$1/store" --key secret/key --seed 3 \
    --labels "$1/archive/labels.csv" --regions "$1/archive/truth.csv" --out "$1/dataset" --threads "$2"
  expectStatus 0 "$remnant" bench run "$1/dataset" --protocol small.toml --out "$1/benchmark" --threads "$2"
}

mkdir secret
expectStatus 0 "$remnant" key new secret/key
mkdir first second
road first 1
road second 2
expectSame first/dataset second/dataset "datasets built on one and on two threads"
cmp first/benchmark/scores.csv second/benchmark/scores.csv || fail "scores of two runs with one seed differ"

(cd first/dataset && sha256sum --quiet -c checksums.sha256) || fail "checksums of the dataset"
# Every identifier of the archive, and the words that fictitious names, places and people are made of.
tail -n +2 first/archive/labels.csv | cut -d, -f1,2 | tr , '\n' | sort -u >identities
find first/archive/dicom -name '*.dcm' -print0 | xargs -0 strings -n 5 |
  grep -E 'TEST-|\^SIM|FICTITIOUS|Fictitious|Imaginary|IMAGINARY|^ACC[0-9]|^\+00 ' | sed 's/ *$//' | sort -u >>identities
[ "$(wc -l <identities)" -gt 50 ] || fail "identities to search for were planted"
LC_ALL=C grep -rlFf identities first/dataset first/store first/catalogue.sqlite first/benchmark &&
  fail "an identity is left in what was written"

cp first/benchmark/scores.csv undisturbed.csv
find first/benchmark/cells -name '*.csv' | sort | sed -n '1p;$p' | xargs rm
rm first/benchmark/scores.csv
expectStatus 0 "$remnant" bench run first/dataset --protocol small.toml --out first/benchmark
cmp undisturbed.csv first/benchmark/scores.csv || fail "a resumed run gives other scores"

expectStatus 0 "$remnant" report first/benchmark
grep -q 'not for clinical use' first/benchmark/report.html || fail "the report says that it is for research"
grep -Eq 'src="https?:|href="https?:' first/benchmark/report.html && fail "the report needs the network"

# An id of a study that matches nothing is told by its line, and nothing is built.
{ head -n 1 first/archive/labels.csv; echo "NOBODY,1.2.3,1,,"; } >unmatched.csv
expectStatus 1 "$remnant" build --catalogue first/catalogue.sqlite --store first/store --key secret/key --seed 3 --labels unmatched.csv --out unmatched
grep -q 'line 2' stderr || fail "the line that matches nothing is named"
grep -q NOBODY stderr && fail "an identity is told on stderr"
[ ! -e unmatched/dataset.json ] || fail "a dataset was built from labels that match nothing"
exit 0
