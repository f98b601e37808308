#!/usr/bin/env bash
# The same load on Janus and on our server, in one run on one machine: how many listeners each serves for the same CPU. Takes root and,
# by default, under four minutes.
#
#   benchmarks/compare/run.sh [--listeners N] [--most N] [--seconds S]
#
# Each server with N listeners (400), and with as many as keep it near one busy core (at most --most, 4000, so that the load tool keeps
# up on the other core of two); Janus with a thread for each listener and with one event loop for all. AES_CM and AES_GCM both.
# Results: artifacts/compare/comparison.md, comparison.json and the file of each run. How busy the machine was with something else before
# and after stands below the table: ratios of a disturbed run say little.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

listeners=400 most=4000 seconds=8
while [ $# -gt 0 ]; do
  case "$1" in
    --listeners) listeners=$2 ;;
    --most) most=$2 ;;
    --seconds) seconds=$2 ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

out=artifacts/compare
rm -rf "$out"
mkdir -p "$out"
dotnet build benchmarks/Sfu.LoadTest --configuration Release --verbosity quiet >&2

# Cores that are busy now, over two seconds (proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal).
busy_cores() {
  { grep '^cpu ' /proc/stat; sleep 2; grep '^cpu ' /proc/stat; } |
    awk -v cores="$(nproc)" '{ busy[NR] = $2 + $3 + $4 + $7 + $8 + $9; all[NR] = busy[NR] + $5 + $6 }
      END { printf "%.2f", cores * (busy[2] - busy[1]) / (all[2] - all[1]) }'
}

before=$(busy_cores)
lab=benchmarks/compare/lab.sh measure=benchmarks/compare/measure.sh
JANUS_EVENT_LOOPS=0 "$lab" "$measure" "$out" janus-threads "$seconds" "$listeners" "$most" janus
JANUS_EVENT_LOOPS=1 "$lab" "$measure" "$out" janus-loop "$seconds" "$listeners" "$most" janus sfu

dotnet benchmarks/Sfu.LoadTest/bin/Release/net10.0/sfu-load.dll compare "$out"/janus-*.json "$out"/sfu-*.json \
  --markdown "$out/comparison.md" --json "$out/comparison.json"
printf '\nBusy with something else: %s of %s cores before, %s after.\n' "$before" "$(nproc)" "$(busy_cores)" >> "$out/comparison.md"
cat "$out/comparison.md"
