# Quantification: foci marked and found, one method and several, a cohort judged on one and on two threads, and what
# cannot be is refused with nothing on stdout.
. "$(dirname "$0")/expect.sh"
remnant=$1

cat >quick.toml <<'COHORT'
name = "quick"
[course]
oneStudyShare = 1
twoStudiesShare = 0
startDiagnosticShare = 1
startFollowUpShare = 0
[thyroid]
noFocusShare = 0
uptakePercent = { median = 1, sigmaLog = 0.3, least = 0.5, most = 3 }
fociMean = 1
[acquisition]
kind = "static"
nuclide = "I-131"
windows = ["photopeak", "lower", "upper"]
matrix = 128
minutes = { least = 10, most = 15 }
[[centre]]
name = "A"
address = "B"
serial = "C"
camera = "Siemens Symbia Intevo"
collimator = "Siemens HE"
COHORT
expectStatus 0 "$remnant" simulate --cohort quick.toml --patients 3 --seed 7 --out cohort
study=$(find cohort/dicom -mindepth 2 -maxdepth 2 -type d | sort | head -n 1)
known=(--calibration cohort/calibration --measurements cohort/measurements.csv)

# Foci of the table; every method that the study has pictures for.
expectStatus 0 "$remnant" quantify "$study" "${known[@]}" --regions cohort/truth.csv --json
for word in '"joint"' '"opposed-views"' '"scatter-window"' '"depthMm"' '"interval95"' '"neckShoulderRatio"'; do
  grep -q "$word" stdout || fail "the answer holds $word"
done
expectStatus 0 "$remnant" quantify "$study" "${known[@]}" --regions cohort/truth.csv --method opposed-views --json
grep -q '"joint"' stdout && fail "only the method asked for answers"
expectStatus 0 "$remnant" quantify "$study" "${known[@]}" --regions cohort/truth.csv
awk 'length($0) > 100' stdout | grep . && fail "the table fits a hundred columns"

# Foci found by the program.
expectStatus 0 "$remnant" quantify "$study" "${known[@]}" --method opposed-views --false-alarms 0.1 --json
grep -q '"detectionLimit"' stdout || fail "a search tells its limit of detection"
grep -q '"falseFociPerStudy": 0.1' stdout || fail "a search keeps the rate asked for"
grep -q '"significance": [0-9]' stdout || fail "a bright focus is found"

# The same cohort judged on one thread and on two.
expectStatus 0 "$remnant" quantify cohort --against cohort/truth.csv --json --out one.csv --threads 1 --method regions,opposed-views
cp stdout one.json
expectStatus 0 "$remnant" quantify cohort --against cohort/truth.csv --json --out two.csv --threads 2 --method regions,opposed-views
expectSame one.json stdout "judgements on one and on two threads"
expectSame one.csv two.csv "rows on one and on two threads"
grep -q '"method": "opposed-views"' one.json || fail "the judgement has a stratum of each method"
[ "$(grep -c ',regions,depthMm,' one.csv)" = "$(grep -c ',anterior,focus,' cohort/truth.csv)" ] ||
  fail "each focus has a row"
described=$(awk '$0 == "## judgement.csv" { inside = 1; next } /^## / { inside = 0 } inside && /^\| `/ { print $2 }' \
  "$REMNANT_SOURCE/docs/data-dictionary.md" | tr -d '\140' | paste -sd, -)
[ "$(head -n 1 one.csv)" = "$described" ] || fail "the rows have other columns than described"

# What the user says of the camera stands above what the objects say.
sed 's/"serialNumber": "C"/"serialNumber": "D"/' cohort/calibration/C.json >other.json
expectStatus 3 "$remnant" quantify "$study" --calibration other.json --regions cohort/truth.csv --method opposed-views
grep -q "serial number 'C'" stdout || fail "the refusal names the study's camera"
said=(--calibration other.json --regions cohort/truth.csv --method opposed-views --camera D)
expectStatus 0 "$remnant" quantify "$study" "${said[@]}" --json
mv stdout other.answer
expectStatus 0 "$remnant" quantify "$study" "${said[@]}" --collimator "Siemens HE" --json
expectSame other.answer stdout "answers with the collimator told and read"
expectStatus 1 "$remnant" quantify "$study" "${said[@]}" --collimator "Siemens ME"
grep -q 'Siemens HE' stderr || fail "a collimator that no calibration has is refused with those there are"
mkdir both
cp cohort/calibration/C.json both/1.json
cp cohort/calibration/C.json both/2.json
expectStatus 1 "$remnant" quantify "$study" --calibration both --regions cohort/truth.csv
grep -q 'serialNumber' stderr || fail "two calibrations of one camera are refused"

# A dose told by the user: twice the activity, half the uptake, and a warning.
uid=$(awk -F, -v patient="$(basename "$(dirname "$study")")" '$1 == patient { print $2 }' cohort/measurements.csv)
uptakeOf() {  # DOSE
  printf 'studyInstanceUid,doseMBq,hoursFromDose\n%s,%s,48\n' "$uid" "$1" >doses.csv
  expectStatus 0 "$remnant" quantify "$study" "${known[@]}" --regions cohort/truth.csv --doses doses.csv --method opposed-views --json
  grep -q 'table of doses' stdout || fail "a dose that the objects contradict is warned of"
  awk '/"uptakePercent"/ { inside = 1 } inside && /"value"/ && !found { printf "%.9g\n", $2; found = 1 }' stdout
}
awk -v a="$(uptakeOf 50)" -v b="$(uptakeOf 100)" 'BEGIN { exit !(a > 0 && (a / b - 2) ^ 2 < 1e-6) }' || fail "uptake is of the dose told"

# What cannot be.
refused() {  # WHAT COMMAND...
  local what=$1
  shift
  expectStatus 1 "$@"
  [ ! -s stdout ] || fail "nothing is printed with $what"
  [ -s stderr ] || fail "a reason is told with $what"
}
sed 's/"coreCpsPerMBq": *[0-9.]*/"coreCpsPerMBq": -4/' cohort/calibration/C.json >impossible.json
refused "an impossible calibration" "$remnant" quantify "$study" --calibration impossible.json --regions cohort/truth.csv
uid=$(sed -n 2p cohort/truth.csv | cut -d, -f2)
printf 'studyInstanceUid,view,region,x,y,width,height\n%s,anterior,focus,4000,10,3,3\n' "$uid" >outside.csv
refused "a focus outside its picture" "$remnant" quantify cohort/dicom "${known[@]}" --regions outside.csv
printf 'studyInstanceUid,view,region,x,y,width,height\n%s,anterior,focus,40,10,0,3\n' "$uid" >empty.csv
refused "a box without a pixel" "$remnant" quantify cohort/dicom "${known[@]}" --regions empty.csv
printf '[[standard]]\nstudyInstanceUid = "1"\nfull = { counts = -5, seconds = 60 }\n' >standard.toml
refused "an impossible standard" "$remnant" quantify "$study" "${known[@]}" --standard standard.toml
expectStatus 2 "$remnant" quantify "$study" "${known[@]}" --method guess
expectStatus 3 "$remnant" quantify "$study" "${known[@]}" --regions cohort/truth.csv --medium map
grep -q 'no-map' stdout || fail "a study that cannot be answered says why"

# The standard: twice its counts, half the uptake.
uid=$(awk -F, -v patient="$(basename "$(dirname "$study")")" '$1 == patient { print $2 }' cohort/measurements.csv)
uptake() {  # COUNTS
  printf '[[standard]]\nstudyInstanceUid = "%s"\nfull = { counts = %s, seconds = 60 }\n' "$uid" "$1" >standard.toml
  expectStatus 0 "$remnant" quantify "$study" "${known[@]}" --regions cohort/truth.csv --standard standard.toml --method standard --json
  awk '/"uptakePercent"/ { inside = 1 } inside && /"value"/ && !found { printf "%.9g\n", $2; found = 1 }' stdout
}
once=$(uptake 100000)
twice=$(uptake 200000)
awk -v a="$once" -v b="$twice" 'BEGIN { exit !(a > 0 && (a / b - 2) ^ 2 < 1e-6) }' || fail "uptake is not over the standard's counts: $once, $twice"
