# A camera's calibration from real pictures of I-131, whose activities are not known: 50 MBq is assumed for each, so that
# only what does not depend on it is expected. The dish's picture falls to half 68 mm from its middle.
. "$(dirname "$0")/expect.sh"
remnant=$1
[ -d "$REMNANT_SHARED/nm" ] || skip "shared/nm is not here"
command -v python3 >/dev/null || skip "python3 is not installed"
cp "$REMNANT_SHARED"/nm/siemens_i131_*.dcm .

sources() {  # MARGIN SYRINGE: the dish in a disc of so many FWHM beside it; the syringe, of no round shape, on demand
  cat <<END
camera = "Siemens Symbia Intevo"
collimator = "Siemens HE"
marginFwhm = $1
[[window]]
lowerKeV = 300
upperKeV = 328
[[acquisition]]
name = "room"
file = "siemens_i131_background_two_heads.dcm"
kind = "background"
asymmetryRelativeSigma = 0.2
[[acquisition]]
name = "dish"
file = "siemens_i131_petri_dish.dcm"
kind = "dish"
head = 2
background = "room"
distanceMm = 10
diameterMm = 140
liquidMm = 5
full = { activityMBq = 50, hoursBefore = 0 }
END
  [ "$2" = no ] || cat <<END
[[acquisition]]
name = "syringe"
file = "siemens_i131_syringe.dcm"
kind = "syringe"
head = 2
background = "room"
distanceMm = 10
wholePictureRadiusMm = 256
full = { activityMBq = 50, hoursBefore = 0 }
END
}

for margin in 2 4; do
  sources $margin no >dish$margin.toml
  expectStatus 0 "$remnant" calibrate dish$margin.toml --out dish$margin.json --json
  mv stdout dish$margin.results
done
sources 2 yes >both.toml
expectStatus 0 "$remnant" calibrate both.toml --out both.json
grep -q 'syringe: net counts of the picture' stdout || fail "the table says that the syringe is taken as extended"
grep -q 'extended source, field of view as of a disc of 256 mm radius' stdout || fail "the table says as what"
expectStatus 0 "$remnant" calibrate both.toml --out both.json --json
mv stdout both.results

cat >check.py <<'END'
import json, math
def sensitivity(file, head, acquisition):
    return next(r for r in json.load(open(file))["results"] if r["quantity"] == "sensitivity"
                and r["head"] == head and r["acquisitions"] == [acquisition] and r["windowKeV"][0] > 330)
def gain(file):
    return next(r for r in json.load(open(file))["results"] if r["quantity"] == "head gain")
small, large = sensitivity("dish2.results", 2, "dish"), sensitivity("dish4.results", 2, "dish")
# Two sizes of disc: what they differ by is tails, whose scale is uncertain.
assert abs(large["value"] / small["value"] - 1) < small["systematic"] / small["value"], (small, large)
assert abs(large["value"] / small["value"] - 1) < 0.05, (small, large)
# Counting: the root of the counts. All of the syringe's 719508 and the room's 4693 of head 2.
syringe = sensitivity("both.results", 2, "syringe")
relative = math.sqrt(719508 + 4693) / (719508 - 4693)
assert abs(syringe["statistical"] / syringe["value"] / relative - 1) < 0.01, syringe
# The dish's disc holds less than the picture's 734056.
assert 1 / math.sqrt(734056) < small["statistical"] / small["value"] < 1.5 / math.sqrt(734056), small
assert abs(gain("both.results")["value"] - 4693 / 5855) < 1e-9
assert abs(gain("both.results")["statistical"] * 5855 / 4693 - math.sqrt(1 / 5855 + 1 / 4693)) < 1e-9
calibration = json.load(open("dish2.json"))
entries = {(e["head"], round(e["windowKeV"][0])): e["coreCpsPerMBq"] for e in calibration["sensitivities"]}
assert sorted(entries) == [(1, 300), (1, 340), (2, 300), (2, 340)], entries
assert abs(entries[1, 340] * 4693 / 5855 / entries[2, 340] - 1) < 1e-9, entries
assert abs(entries[1, 300] / entries[1, 340] / (entries[2, 300] / entries[2, 340]) - 1) < 1e-9, entries
# 734056 counts of 50 MBq in 300 s are 48.9 /s/MBq, core and tails.
assert 10 < entries[2, 340] < 48.9, entries
END
python3 check.py >&2 || fail "the real sources are consistent"

# The objects call the collimator by the number of the piece; the calibration keeps it.
grep -q '"@30429646": "Siemens HE"' both.json || fail "the calibration keeps what the objects call the collimator"
grep -q '"@30429647": "Siemens HE"' both.json || fail "of both heads"

# Whatever is asked of a real object, the answer is a result or a reason.
for file in "$REMNANT_SHARED"/nm/*.dcm; do
  for more in "" "--camera -"; do
    status=0
    "$remnant" quantify "$file" --calibration both.json $more >stdout 2>stderr || status=$?
    case $status in
      1) grep -q "$(basename "$file")" stderr || { cat stderr >&2; fail "a refusal of $file without its name"; } ;;
      3) grep -Eq '^  [a-z]+(-[a-z]+)+: ' stdout || { cat stdout >&2; fail "a refusal of $file without a reason"; } ;;
      *) cat stdout stderr >&2; fail "quantify $file ended with $status" ;;
    esac
  done
done

# What cannot be is refused with file, line and key, and nothing is written.
sed 's/activityMBq = 50/activityMBq = -50/' dish2.toml >negative.toml
expectStatus 1 "$remnant" calibrate negative.toml --out negative.json
grep -q 'negative.toml' stderr && grep -q 'acquisition.full.activityMBq' stderr && grep -q 'line 21' stderr \
  && grep -q 'from 1e-06 to 1e' stderr || { cat stderr >&2; fail "a negative activity is refused"; }
[ ! -e negative.json ] || fail "nothing is written of impossible sources"

# A picture of the room is no source: refused, and without a sensitivity there is no calibration.
sed 's/siemens_i131_petri_dish/siemens_i131_background_two_heads/' dish2.toml >nothing.toml
expectStatus 1 "$remnant" calibrate nothing.toml --out nothing.json
grep -Eq 'refused \((no-source|source-at-edge)\)' stdout || fail "the reason stands in the table"
[ ! -e nothing.json ] || fail "no sensitivity, no calibration"

# Half of it: the dish is a source, the room is none.
{ cat dish2.toml; sed -n '/name = "dish"/,$p' nothing.toml | sed '1s/.*/[[acquisition]]\nname = "again"/'; } >half.toml
expectStatus 3 "$remnant" calibrate half.toml --out half.json
cmp -s half.json dish2.json || fail "what is refused changes nothing else"
exit 0
