#!/usr/bin/env bash
# Fails when committed generated code is not what its sources give. It generates again,
# compares, and puts back what was there.
set -euo pipefail
cd "$(dirname "$0")/.."

list() { git ls-files --cached --others --exclude-standard | while IFS= read -r f; do [ -f "$f" ] && grep -lE '^(//|<!--) Code generated .* DO NOT EDIT' "$f" 2>/dev/null || true; done | sort; }
sums() { list | xargs -r sha256sum; }

keep=$(mktemp -d)
trap 'rm -rf "$keep"' EXIT
list >"$keep/files"
tar cf "$keep/before.tar" --files-from "$keep/files"
sums >"$keep/before"
bin/tools/templ generate -path web >"$keep/log" 2>&1 || { cat "$keep/log" >&2; exit 1; }
go generate ./...
sums >"$keep/after"
if ! diff "$keep/before" "$keep/after" >"$keep/diff"; then
  tar xf "$keep/before.tar"
  echo "Generated code is stale; run 'make generate' and commit it:" >&2
  awk '/^[<>]/ {print "  " $3}' "$keep/diff" | sort -u >&2
  exit 1
fi
