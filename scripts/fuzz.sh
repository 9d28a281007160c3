#!/usr/bin/env bash
# Runs every fuzz target of the repository for a while each: scripts/fuzz.sh 10s
set -euo pipefail
cd "$(dirname "$0")/.."
for each in $(git grep -hoE --untracked '^func Fuzz[A-Za-z0-9_]+' -- '*_test.go' | awk '{print $2}' | sort -u); do
  for folder in $(git grep -lE --untracked "^func $each\(" -- '*_test.go' | xargs -n1 dirname | sort -u); do
    echo "— $folder $each"
    go test -run '^$' -fuzz "^$each\$" -fuzztime "${1:-10s}" "./$folder"
  done
done
