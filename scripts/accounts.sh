#!/usr/bin/env bash
# Prints the accounts of a demo, one a line: role, log-in, password, unit.
set -euo pipefail
node -e '
  const demo = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
  for (const a of demo.accounts ?? demo) console.log("  " + [a.role.padEnd(20), a.login.padEnd(18), a.password.padEnd(18), a.unit].join(" "));
' "$1"
