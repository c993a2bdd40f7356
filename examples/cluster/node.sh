#!/usr/bin/env bash
# A Ray cluster for `marsad read --bulk`, one machine at a time. See README.md.
#
#   node.sh head                    lead a cluster, on port 6379 of this machine
#   node.sh worker HEAD:6379        join it
#   node.sh read IN... OUT          read on it, from the machine that leads
#   node.sh stop                    leave, or end it
set -euo pipefail

with_token() {
  : "${RAY_TOKEN_FILE:?name the file of the token, which all machines have}"
  RAY_AUTH_TOKEN=$(<"$RAY_TOKEN_FILE")
  RAY_AUTH_MODE=token RAY_AUTH_TOKEN=$RAY_AUTH_TOKEN RAY_USAGE_STATS_ENABLED=0 "$@"
}

# Only names of partitions go through Ray: it needs hardly any memory for its objects.
common=(--object-store-memory=200000000 --disable-usage-stats)

case ${1:-} in
  head)
    with_token ray start --head --port=6379 --include-dashboard=false "${common[@]}"
    ;;
  worker)
    with_token ray start --address="${2:?name the head, as HOST:6379}" "${common[@]}"
    ;;
  read)
    (($# >= 3)) || { echo "usage: node.sh read IN... OUT" >&2; exit 2; }
    inputs=("${@:2:$#-2}")
    with_token marsad read --bulk "${inputs[@]}" --out "${!#}" --ray-address auto
    ;;
  stop)
    ray stop
    ;;
  *)
    sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
