#!/usr/bin/env bash
# Measures the product beside this machine's limit, in one run: the bare sendmmsg loop (ceiling), then the server under the load tool.
# Everything stays on loopback. Results: artifacts/benchmarks/*.json, table.md and charts.
#
#   benchmarks/run.sh [--short] [--listeners N] [--seconds S] [--only CASE[,CASE...]]
#
# Cases: one (1 speaker) and three (3 speakers at once); when asked for, storm (joins beside a room that listens), surge (more than
# fits into the fifth of a core that the server is held to, then less; root only) and largest (the most listeners of 1 speaker without loss).
# --short is what CI runs: 1,000 listeners, 3 speakers, 10 s, no loss, and server CPU within a wide margin of the ceiling.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

listeners=5000 seconds=60 short=0 cases=one,three gro=(--gro)
while [ $# -gt 0 ]; do
  case "$1" in
    --short) short=1 listeners=1000 seconds=10 cases=three gro=() ;;
    --listeners) listeners=$2; shift ;;
    --seconds) seconds=$2; shift ;;
    --only) cases=$2; shift ;;
    *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift
done

out=artifacts/benchmarks
mkdir -p "$out"
dotnet build src/Sfu.Signalling --configuration Release --verbosity quiet
dotnet build benchmarks/Sfu.LoadTest --configuration Release --verbosity quiet
load=(dotnet benchmarks/Sfu.LoadTest/bin/Release/net10.0/sfu-load.dll)
SFU_LOAD_TOKEN_SECRET=$(openssl rand -hex 32)
export SFU_LOAD_TOKEN_SECRET
commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
server_pid=''
group=''
failed=0

stop_server() {
  [ -n "$server_pid" ] || return 0
  kill "$server_pid" 2>/dev/null || true
  wait "$server_pid" 2>/dev/null || true
  server_pid=''
  [ -z "$group" ] || rmdir "$group"
  group=''
}
trap stop_server EXIT

# A fresh server for each case, on ports that the system chooses; settings as NAME=VALUE.
start_server() {
  local log=$out/server.log
  env Sfu__Keys__main="$SFU_LOAD_TOKEN_SECRET" Sfu__Media__Port=0 Sfu__Media__BindAddresses__0=127.0.0.1 "$@" \
    dotnet src/Sfu.Signalling/bin/Release/net10.0/Sfu.Signalling.dll --urls http://127.0.0.1:0 >"$log" 2>&1 &
  server_pid=$!
  for _ in $(seq 100); do
    server=$(sed -n 's|^Serving \(http://[^/]*\)/.*|\1|p' "$log")
    [ -z "$server" ] || return 0
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.1
  done
  cat "$log" >&2
  return 1
}

# Holds the server to a share of one core, until it stops: what is too much for it then is little for the load, which has the rest.
# By a control group of version 2 or 1, with short periods, so that the share is no stutter.
limit_server() { # per cent
  local period=10000
  local quota=$((period * $1 / 100))
  if grep -qsw cpu /sys/fs/cgroup/cgroup.controllers; then
    echo +cpu >/sys/fs/cgroup/cgroup.subtree_control
    group=/sys/fs/cgroup/sfu-benchmark-$$
    mkdir "$group"
    echo "$quota $period" >"$group/cpu.max"
  else
    group=/sys/fs/cgroup/cpu/sfu-benchmark-$$
    mkdir "$group"
    echo "$period" >"$group/cpu.cfs_period_us"
    echo "$quota" >"$group/cpu.cfs_quota_us"
  fi
  echo "$server_pid" >"$group/cgroup.procs"
}

measure() { # name, then options of the load tool
  local name=$1
  shift
  echo "== $name: $*"
  "${load[@]}" run --server "$server" --commit "$commit" --json "$out/$name.json" "$@" || failed=1
}

# Whether so many listeners of one speaker lose nothing in one run of two: the machine may be somebody else's for a moment.
fits() { # listeners, when the last try may begin
  local try good
  for try in 1 2; do
    [ "$try" = 1 ] || [ "$SECONDS" -lt "$2" ] || break
    start_server "Sfu__Media__MaxAudience=$1" Sfu__Signalling__MaxConnections=100000
    good=0
    "${load[@]}" run --server "$server" --commit "$commit" --json "$out/largest-try.json" --listeners "$1" --speakers 1 --seconds 8 \
      --join-concurrency 128 "${gro[@]}" >"$out/largest.log" 2>&1 && good=1
    stop_server
    if [ "$good" = 1 ]; then
      mv "$out/largest-try.json" "$out/largest.json"
      echo "== largest: $1 listeners lose nothing"
      return 0
    fi
    echo "== largest: $1 listeners: $( (sed -n 's/^ *- //p' "$out/largest.log" | grep . || tail -n 1 "$out/largest.log") | paste -sd ' ')"
  done
  return 1
}

# Steps up until packets are lost, then bisects. Most of the time goes into joins; no try begins after 180 s, so that it ends within
# five minutes.
find_largest() {
  rm -f "$out/largest.json"
  local most=0 loses=0 room=$((listeners * 3 / 2)) deadline=$((SECONDS + 180))
  while [ "$SECONDS" -lt "$deadline" ]; do
    if fits "$room" "$deadline"; then most=$room; else loses=$room; fi
    if [ "$loses" = 0 ]; then
      room=$((room * 6 / 5))
    else
      [ $((loses - most)) -gt $((loses / 16)) ] || break
      room=$(((most + loses) / 2))
    fi
  done
  rm -f "$out/largest-try.json"
  echo "== largest: $most listeners without loss$([ "$loses" = 0 ] || echo ", not $loses")"
  [ "$most" -gt 0 ] || failed=1
}

wanted() { [[ ",$cases," == *",$1,"* ]]; }

echo "== ceiling"
benchmarks/ceiling/run.sh --destinations "$listeners" --runs 5 | tee "$out/ceiling.json"
if [ "$short" = 0 ]; then
  echo "== ceiling, received as the cases with --gro are"
  benchmarks/ceiling/run.sh --destinations "$listeners" --runs 5 --gro | tee "$out/ceiling-gro.json"
fi

if wanted one; then
  start_server
  measure one --listeners "$listeners" --speakers 1 --seconds "$seconds"
  stop_server
fi

if wanted three; then
  start_server
  # On two cores the load's own receiving leaves no room for so many packets, unless it takes messages in one piece.
  measure three --listeners "$listeners" --speakers 3 --seconds "$seconds" --ramp 200 "${gro[@]}"
  stop_server
fi

if wanted storm; then
  start_server
  # Those who listen, and meanwhile, in another room and from other addresses, those who join.
  "${load[@]}" run --server "$server" --commit "$commit" --json "$out/storm-listening.json" --room-name quiet --listeners 1000 \
    --speakers 1 --seconds 30 --client-network 127.2.0.0/16 >"$out/storm-listening.log" 2>&1 &
  listening=$!
  sleep 8
  measure storm --room-name storm --listeners "$listeners" --speakers 1 --seconds 5 --join-concurrency 128
  echo "== storm: those who listened"
  wait "$listening" || failed=1
  cat "$out/storm-listening.log"
  stop_server
fi

if wanted surge; then
  start_server Sfu__Media__Slots=12 Sfu__Media__Workers=1
  # Loss is what this case is for: it must be even, bounded in latency, counted by the server, and over soon after the surge.
  echo "== surge"
  "${load[@]}" run --server "$server" --commit "$commit" --json "$out/surge.json" --listeners "$((listeners < 2000 ? listeners : 2000))" \
    --speakers 12 --speech surge --seconds 30 --max-loss 1 --gro >"$out/surge.log" 2>&1 &
  surge=$!
  until grep -qE 'settling|measuring' "$out/surge.log" || ! kill -0 "$surge" 2>/dev/null; do sleep 0.1; done
  limit_server 20
  wait "$surge" || failed=1
  cat "$out/surge.log"
  stop_server
fi

if wanted largest; then
  find_largest
fi

reports=()
for name in one three storm-listening storm surge largest; do
  wanted "${name%-listening}" && [ -f "$out/$name.json" ] && reports+=("$out/$name.json")
done
if [ ${#reports[@]} -gt 0 ]; then
  margin=()
  [ "$short" = 0 ] || margin=(--max-ratio 2.5)
  "${load[@]}" report "${reports[@]}" --ceiling "$out/ceiling.json" --markdown "$out/table.md" --charts "$out" "${margin[@]}" || failed=1
  cat "$out/table.md"
fi
exit "$failed"
