#!/usr/bin/env bash
# Runs a command with a PostgreSQL server of its own: started empty in a temporary folder,
# reachable by a socket there and on no port, stopped and removed when the command ends.
#
#   scripts/with-postgres.sh go test ./store/...
#
# The command finds the server in KETNAP_TEST_POSTGRES. A server named there already is
# used as it is. PostgreSQL refuses to run as root: then another account runs it.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT]..." >&2; exit 2; }
case "${KETNAP_TEST_POSTGRES:-}" in
postgres://*|postgresql://*) exec "$@" ;;
esac

bin=$(for dir in /usr/lib/postgresql/*/bin; do [ -x "$dir/initdb" ] && echo "$dir"; done | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || true)")
if [ ! -x "$bin/initdb" ] || [ ! -x "$bin/postgres" ]; then
  echo "$0: PostgreSQL is not installed; run 'make setup' to see how." >&2
  exit 1
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/ketnap-pg.XXXXXX")
as=()
if [ "$(id -u)" = 0 ]; then
  account=nobody
  id postgres >/dev/null 2>&1 && account=postgres
  chown "$account" "$folder"
  chmod 755 "$folder"
  as=(runuser -u "$account" --)
fi

stop() {
  status=$?
  trap - EXIT
  if [ -s "$folder/data/postmaster.pid" ]; then
    (cd / && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || echo "$0: the server did not stop" >&2
  fi
  rm -rf "$folder"
  exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

log=$folder/log
(cd / && "${as[@]}" "$bin/initdb" -D "$folder/data" -U ketnap -A trust -E UTF8 --locale=C --no-sync >"$log" 2>&1) || { cat "$log" >&2; exit 1; }
# Nothing of it survives the run, so nothing waits for the disk.
options="-k $folder -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
(cd / && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w -t 60 -o "$options" start >"$log" 2>&1) || { cat "$log" "$folder/data/log" >&2; exit 1; }

export KETNAP_TEST_POSTGRES="postgres://ketnap@/postgres?host=$folder&sslmode=disable"
"$@"
