#!/usr/bin/env bash
# Runs a command with DEMARC set to the address of a server of the valley, on this
# machine, which ends with it: serve.sh COMMAND [ARGUMENT...]
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$(mktemp)
"${DEMARC_BIN:-target/debug/demarc}" serve --listen 127.0.0.1:0 >"$out" &
server=$!
trap 'kill "$server"; rm -f "$out"' EXIT
for _ in $(seq 100); do
    DEMARC=$(sed -n 's/^listening on //p' "$out")
    [ -z "$DEMARC" ] || break
    kill -0 "$server"
    sleep 0.1
done
export DEMARC
"$@"
