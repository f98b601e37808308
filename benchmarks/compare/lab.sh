#!/usr/bin/env bash
# Runs a command beside Janus and the Sfu: two network namespaces joined by a veth pair, the servers in one, the command in the
# other, and everything gone afterwards. Installs Janus when it is missing (Debian); takes root.
#
#   benchmarks/compare/lab.sh COMMAND [ARGUMENT...]
#
# The command finds in its environment: JANUS_URL and JANUS_RTP (HOST:PORT that takes plain RTP of the audience's mountpoint, 1),
# JANUS_PID, SFU_URL, SFU_PID, SFU_LOAD_TOKEN_SECRET (of the key "main"), and CLIENT_NETWORK, whose addresses are all its own.
# JANUS_EVENT_LOOPS: how many event loops Janus has for all listeners (1); 0: a thread for each listener.
set -euo pipefail
folder=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$folder/../.." && pwd)

[ $# -gt 0 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ "$(id -u)" = 0 ] || { echo "lab.sh makes network namespaces, which takes root." >&2; exit 1; }

declare -A packages=([janus]=janus [ip]=iproute2)
missing=()
for command in "${!packages[@]}"; do
  command -v "$command" >/dev/null || missing+=("${packages[$command]}")
done
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
fi

server=10.200.0.1
client=10.200.0.2
export CLIENT_NETWORK=10.201.0.0/16
server_side=sfu-server-$$
client_side=sfu-client-$$
artifacts=$folder/artifacts
started=()

clean() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
  ip netns del "$client_side" 2>/dev/null || true
  ip netns del "$server_side" 2>/dev/null || true
}
trap clean EXIT
trap 'exit 130' INT TERM

# libnice passes over loopback, so the two need a link; each client has an address of its own, as listeners have.
ip netns add "$server_side"
ip netns add "$client_side"
ip link add veth0 netns "$server_side" type veth peer name veth0 netns "$client_side"
for side in "$server_side" "$client_side"; do
  ip -n "$side" link set lo up
  ip -n "$side" link set veth0 up
done
ip -n "$server_side" addr add $server/24 dev veth0
ip -n "$client_side" addr add $client/24 dev veth0
ip -n "$server_side" route add $CLIENT_NETWORK via $client
ip -n "$client_side" route add local $CLIENT_NETWORK dev lo

mkdir -p "$artifacts/janus"
libraries=$(dirname "$(dpkg -L janus | grep -m1 '/plugins$')")
for template in "$folder"/janus/*.jcfg; do
  sed "s#FOLDER#$artifacts/janus#; s#LIBRARIES#$libraries#; s#SERVER#$server#; s#LOOPS#${JANUS_EVENT_LOOPS:-1}#" "$template" > "$artifacts/janus/$(basename "$template")"
done
dotnet build "$root/src/Sfu.Signalling" --configuration Release --verbosity quiet >&2

# A child of this shell each, whose id is that of the server itself: ip replaces itself by the command.
ulimit -n "$(ulimit -Hn)"
ip netns exec "$server_side" janus --configs-folder="$artifacts/janus" > "$artifacts/janus.log" 2>&1 &
export JANUS_PID=$! JANUS_URL=ws://$server:8188 JANUS_RTP=$server:5002
started+=("$JANUS_PID")
SFU_LOAD_TOKEN_SECRET=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
export SFU_LOAD_TOKEN_SECRET
Sfu__Keys__main=$SFU_LOAD_TOKEN_SECRET ip netns exec "$server_side" \
  dotnet "$root/src/Sfu.Signalling/bin/Release/net10.0/Sfu.Signalling.dll" \
  --urls http://$server:5080 --Sfu:Media:BindAddresses=$server --Sfu:Media:Workers=1 --Sfu:Limits:AddressJoins:PerMinute=0 > "$artifacts/sfu.log" 2>&1 &
export SFU_PID=$! SFU_URL=http://$server:5080
started+=("$SFU_PID")

reachable() { ip netns exec "$client_side" bash -c "exec 3<>/dev/tcp/$server/$1" 2>/dev/null; }
for _ in $(seq 100); do
  if reachable 8188 && reachable 5080; then ready=1; break; fi
  sleep 0.1
done
[ "${ready:-0}" = 1 ] || { echo "A server does not come up:" >&2; tail -n 20 "$artifacts/janus.log" "$artifacts/sfu.log" >&2; exit 1; }

ip netns exec "$client_side" "$@"
