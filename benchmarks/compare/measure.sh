#!/usr/bin/env bash
# The runs beside one pair of servers, inside the surroundings of lab.sh; run.sh calls it.
#
#   measure.sh FOLDER NAME SECONDS LISTENERS MOST PRODUCT...
#
# Each PRODUCT (janus, sfu), after a moment to become warm, with both SRTP profiles: first with LISTENERS, then with as many as keep it
# near one busy core by that run, at most MOST. Results: FOLDER/NAME-LISTENERS-PROFILE.json for Janus, FOLDER/sfu-LISTENERS-PROFILE.json for ours.
set -euo pipefail
folder=$1 name=$2 seconds=$3 listeners=$4 most=$5
shift 5
load=(dotnet "$(dirname "$0")/../Sfu.LoadTest/bin/Release/net10.0/sfu-load.dll")
target=0.9 # of a core: beyond one, a single event loop or worker only falls behind
joins=800 # a second; a crowd at once is not what is compared

warm=4 # seconds, by which what .NET compiles at first use does not count; Janus gets the same

run() { # product, listeners, profile, seconds
  local server=() file=$folder/$name-$2-$3
  case "$1" in
    janus) server=(--server "$JANUS_URL" --janus-rtp "$JANUS_RTP" --server-pid "$JANUS_PID") ;;
    sfu) server=(--server "$SFU_URL" --server-pid "$SFU_PID") file=$folder/sfu-$2-$3 ;;
  esac
  "${load[@]}" run "${server[@]}" --client-network "$CLIENT_NETWORK" --listeners "$2" --speakers 1 --seconds "$4" --ramp "$joins" \
    --profile "$3" --json "$file.json" > "$file.log" 2>&1 || true
  echo "$file: $(grep -E '^(PASSED|FAILED)' "$file.log" || tail -n 1 "$file.log")" >&2
  cores=$(sed -n 's/.*"server":{"cpuSeconds":[^,]*,"coresBusy":\([0-9.E-]*\).*/\1/p' "$file.json")
}

for product in "$@"; do
  run "$product" "$listeners" cm "$warm" # Written over by the next one.
  for profile in cm gcm128; do
    run "$product" "$listeners" "$profile" "$seconds"
    busy=$(awk -v n="$listeners" -v cores="$cores" -v target="$target" -v most="$most" \
      'BEGIN { n = int(n * target / cores / 100) * 100; print (n > most) ? most : n }')
    [ "$busy" -le "$listeners" ] || run "$product" "$busy" "$profile" "$seconds"
  done
done
