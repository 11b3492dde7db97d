# A single study of any kind needs less than 1 GiB: of address space, which is more than what is resident.
. "$(dirname "$0")/expect.sh"
remnant=$1
ulimit -v 1048576 || skip "the address space cannot be limited here"

cohort() {  # NAME ACQUISITION...: one patient with one study
  local name=$1
  shift
  {
    printf 'name = "%s"\n[course]\noneStudyShare = 1\ntwoStudiesShare = 0\n[thyroid]\nnoFocusShare = 0\n[acquisition]\n' "$name"
    printf '%s\n' "$@" 'nuclide = "I-131"' 'windows = ["photopeak", "lower", "upper"]'
    printf '[[centre]]\nname = "A"\naddress = "B"\nserial = "C"\ncamera = "Siemens Symbia Intevo"\ncollimator = "Siemens HE"\n'
  } >"$name.toml"
  expectStatus 0 "$remnant" simulate --cohort "$name.toml" --patients 1 --seed 3 --out "$name" --masks
}

quantified() {  # NAME METHODS
  local status=0
  "$remnant" quantify "$1/dicom" --calibration "$1/calibration" --measurements "$1/measurements.csv" \
    --regions "$1/truth.csv" --method "$2" >stdout 2>stderr || status=$?
  [ $status = 0 ] || [ $status = 3 ] || { cat stdout stderr >&2; fail "quantify of $1 ended with $status"; }
  grep -q "${2##*,}" stdout || fail "$1 is answered by ${2##*,}"
}

cohort sweep 'kind = "whole-body"' 'matrix = 256'
quantified sweep joint
cohort static 'kind = "static"' 'matrix = 256' 'ctMap = true'
quantified static joint
cohort tomography 'kind = "static"' 'matrix = 128' 'ctMap = true' 'spect = true' 'spectViews = 64'
quantified tomography opposed-views,spect
