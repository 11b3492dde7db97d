# Real NM objects: read as their README says, and de-identified without new errors.
. "$(dirname "$0")/expect.sh"
remnant=$1
[ -d "$REMNANT_SHARED/nm" ] || skip "shared/nm is not here"

expectStatus 0 "$remnant" inspect --json "$REMNANT_SHARED/nm"
[ "$(grep -c '"file"' stdout)" = 18 ] || fail "18 objects"
for sum in 1655650 1343424 734056 719508 5855 4693 159846 16000045 533338 1497463; do
  grep -Eq "\"counts\": ?$sum\b" stdout || fail "a frame of $sum counts"
done
[ "$(grep -Ec '"counts": ?3596452\b' stdout)" = 5 ] || fail "five lossless copies hold 3596452 counts"

mkdir secret
expectStatus 0 "$remnant" key new secret/key
status=0
"$remnant" ingest "$REMNANT_SHARED/nm" --catalogue catalogue.sqlite --store store --key secret/key >stdout 2>stderr || status=$?
[ $status = 0 ] || [ $status = 3 ] || { cat stderr >&2; fail "ingest of real objects ended with $status"; }
[ "$(find store/objects -name '*.dcm' | wc -l)" -gt 8 ] || fail "objects were stored"
grep -rlE 'BERRA|REMOVED|CompressedSamples' store && fail "an identity is left in the store"
command -v dciodvfy >/dev/null || skip "dciodvfy (dicom3tools) is not installed"
errorsIn() { { dciodvfy "$1" 2>&1 || true; } | grep '^Error' | sed 's/<[^>]*>//g' | sort -u; }
for file in "$REMNANT_SHARED"/nm/*.dcm; do errorsIn "$file"; done | sort -u >before
find store/objects -name '*.dcm' | while read -r file; do errorsIn "$file"; done | sort -u >after
comm -13 before after >new
[ ! -s new ] || { cat new >&2; fail "de-identification brought new errors"; }
