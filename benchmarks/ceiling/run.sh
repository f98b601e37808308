#!/usr/bin/env bash
# Builds and runs the bare sendmmsg loop that every result is compared with; installs gcc when it is missing (Debian, root).
#
#   benchmarks/ceiling/run.sh [options]      README.md beside this file lists them; the result is one JSON object
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v gcc >/dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "gcc is missing, and installing it takes root and apt-get." >&2
    exit 1
  fi
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc libc6-dev >&2
fi

mkdir -p artifacts
if [ ! -x artifacts/ceiling ] || [ ceiling.c -nt artifacts/ceiling ]; then
  gcc -std=c11 -O2 -Wall -Wextra -Werror -pthread -o artifacts/ceiling ceiling.c
fi
exec artifacts/ceiling "$@"
