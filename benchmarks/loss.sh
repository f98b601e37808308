#!/usr/bin/env bash
# Prints the loss table: how much of the audio Chromium has to make up when nftables loses packets on its way, by what protects it.
# Four browsers listen to one speaker in a network namespace of their own; takes root, Chromium, espeak-ng, sox, nftables and iproute2.
#
#   benchmarks/loss.sh [SECONDS]        for each rate of loss; 60 unless said otherwise
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/Sfu.EndToEnd.Tests --configuration Release --verbosity quiet
SFU_LOSS_SECONDS=${1:-60} dotnet run --project tests/Sfu.EndToEnd.Tests --no-build --configuration Release -- -class "*.LossTests" >&2
cat artifacts/loss.md
