# kill -9 of ingest at ten random moments, then once more undisturbed: catalogue and store equal those of a run that nobody
# disturbed.
. "$(dirname "$0")/expect.sh"
remnant=$1
seed=${INGEST_KILLED_SEED:-$$}
RANDOM=$seed
echo "seed of the moments: INGEST_KILLED_SEED=$seed"

expectStatus 0 "$remnant" simulate --patients 60 --seed 11 --out cohort --threads 2
printf 'not DICOM\n' >cohort/dicom/README.txt
head -c 4000 "$(find cohort/dicom -name '*.dcm' | sort | head -n 1)" >cohort/dicom/truncated.dcm
mkdir secret calm stormy
expectStatus 0 "$remnant" key new secret/key

ingest() {  # FOLDER: the command line alone, so that exec puts its process in the place of the shell
  exec "$remnant" ingest cohort/dicom --catalogue "$1/catalogue.sqlite" --store "$1/store" --key secret/key --threads 2 "${@:2}"
}
now() { date +%s%N; }

# An object cut short is a fault: exit status 3.
started=$(now)
expectStatus 3 bash -c "$(declare -f ingest); remnant='$remnant'; ingest calm --json"
cp stdout first.json
duration=$((($(now) - started) / 1000000))  # milliseconds

killed=0
for _ in 1 2 3 4 5 6 7 8 9 10; do
  (ingest stormy) >/dev/null 2>&1 &
  victim=$!
  # Up to a third of a whole run each time, so that the ten moments fall before, in and between the groups it commits.
  sleep "$(printf '0.%06d' $(((RANDOM * 32768 + RANDOM) % (duration * 300 + 1000) % 1000000)))"
  kill -9 "$victim" 2>/dev/null && killed=$((killed + 1))
  wait "$victim" 2>/dev/null || true
done
echo "killed $killed of 10 runs; an undisturbed one took $duration ms"
[ "$killed" -ge 3 ] || fail "at least three runs were killed at work"

expectStatus 3 bash -c "$(declare -f ingest); remnant='$remnant'; ingest stormy"
for run in calm stormy; do
  status=0
  (ingest "$run" --list) >"$run.csv" 2>/dev/null || status=$?
  [ $status = 3 ] || fail "exit status $status of a run over a known archive"
  (cd "$run/store" && find . -type f -print0 | sort -z | xargs -0 sha256sum) >"$run.sha256"
done
[ "$(wc -l <calm.csv)" -gt 30 ] || fail "objects were stored"
cmp calm.csv stormy.csv || fail "the catalogue differs from that of an undisturbed run"
cmp calm.sha256 stormy.sha256 || fail "the store differs from that of an undisturbed run"

# Nothing is lost either: what the first run stored is as many objects as the catalogue lists.
stored=$(grep -o '"stored": [0-9]*' first.json | grep -o '[0-9]*')
[ "$stored" = $(($(wc -l <calm.csv) - 1)) ] || fail "$stored objects were stored, the catalogue lists others"
