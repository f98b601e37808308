#!/usr/bin/env bash
# Installs what the tests need when it is missing, builds, and runs every test.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed.
#
#   tests/run.sh [--no-install] [--configuration Debug|Release]
#
# SFU_REQUIRE_ALL=1 turns a test that is skipped for want of a browser or a sound tool into a failed one.
set -euo pipefail
cd "$(dirname "$0")/.."

install=1
configuration=Release
while [ $# -gt 0 ]; do
  case "$1" in
    --no-install) install=0 ;;
    --configuration) configuration=$2; shift ;;
    *) echo "usage: tests/run.sh [--no-install] [--configuration Debug|Release]" >&2; exit 2 ;;
  esac
  shift
done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

# What is needed, and the Debian package that brings it.
declare -A packages=([chromium]=chromium [espeak-ng]=espeak-ng [sox]=sox [node]=nodejs [openssl]=openssl [nft]=nftables [ip]=iproute2 [turnserver]=coturn)
missing=()
for command in "${!packages[@]}"; do
  command -v "$command" >/dev/null || missing+=("${packages[$command]}")
done
[ -d /usr/lib/python3/dist-packages/aiortc ] || missing+=(python3-aiortc)
for package in python3-gst-1.0 gir1.2-gst-plugins-bad-1.0 gstreamer1.0-nice gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
ldconfig -p 2>/dev/null | grep -q 'libssl\.so\.3' || missing+=(libssl3)
ldconfig -p 2>/dev/null | grep -q 'libopus\.so\.0' || missing+=(libopus0)

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$install" = 1 ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing ${missing[*]} ..."
    apt-get update -qq
    # No daemon is to start because its package is there (coturn's would serve everybody): RUNLEVEL tells that to invoke-rc.d.
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "Missing: ${missing[*]}. This may not install them (it takes root and apt-get, without --no-install);"
    echo "the tests that need them are skipped, or fail with SFU_REQUIRE_ALL=1."
  fi
fi

dotnet restore Sfu.slnx --verbosity quiet
dotnet build Sfu.slnx --no-restore --configuration "$configuration" --verbosity quiet

passed=0 failed=0 skipped=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT

# Reads the number behind a word such as "failed:" in the runner's summary; 0 when there is none.
count() { sed 's/\x1b\[[0-9;]*m//g' "$output" | awk -v word="$1" 'NF > 1 && $(NF-1) == word { n = $NF } END { print n + 0 }'; }

# One project after the other: the sound tests share two cores with nobody.
for project in tests/Sfu.Tests tests/Sfu.Selection.Tests tests/Sfu.LoadTest.Tests tests/Sfu.Signalling.Tests tests/Sfu.Microbenchmarks.Tests tests/Sfu.EndToEnd.Tests; do
  echo "== $project"
  status=0
  dotnet test --project "$project" --no-build --configuration "$configuration" 2>&1 | tee "$output" || status=$?
  project_failed=$(count failed:)
  # A crash fails no test and must not pass for that.
  if [ "$status" != 0 ] && [ "$project_failed" = 0 ]; then project_failed=1; fi
  passed=$((passed + $(count succeeded:))) failed=$((failed + project_failed)) skipped=$((skipped + $(count skipped:)))
done

if command -v node >/dev/null; then
  echo "== tests/Sfu.EndToEnd.Tests/Client"
  status=0
  node --test tests/Sfu.EndToEnd.Tests/Client/*.test.mjs 2>&1 | tee "$output" || status=$?
  project_failed=$(count fail)
  if [ "$status" != 0 ] && [ "$project_failed" = 0 ]; then project_failed=1; fi
  passed=$((passed + $(count pass))) failed=$((failed + project_failed)) skipped=$((skipped + $(count skipped)))
fi

if [ "${SFU_REQUIRE_ALL:-0}" = 1 ] && [ "$skipped" != 0 ]; then
  echo "$skipped skipped tests count as failed."
  failed=$((failed + skipped)) skipped=0
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
