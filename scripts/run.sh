#!/usr/bin/env bash
# Serves a store, filled with the demo if it is empty, and prints how to log in.
set -euo pipefail
cd "$(dirname "$0")/.."
export KETNAP_DATA=$1
listen=$2
data=$KETNAP_DATA

if [ ! -e "$data/demo-accounts.json" ] && [ -z "$(ls -A "$data" 2>/dev/null)" ]; then
  echo "Filling $data with the demo …"
  bin/ketnap demo --json >/dev/null
fi
if [ -e "$data/demo-accounts.json" ]; then
  echo "Log-ins (kept in $data/demo-accounts.json):"
  scripts/accounts.sh "$data/demo-accounts.json"
fi
exec bin/ketnap serve --listen "$listen"
