#!/usr/bin/env bash
# scripts/postgres.sh CMD…: runs a command with COVERNOTE_TEST_POSTGRES naming a PostgreSQL server of its own: on loopback, on a free port, in a
# folder that is removed, as a user that is not root, and stopped by its process id whatever becomes of the command.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
folder=$(mktemp -d "${TMPDIR:-/tmp}/covernote-postgres-XXXXXX")
as_user=()
if [ "$(id -u)" = 0 ]; then
  # PostgreSQL refuses to run as root.
  chown nobody "$folder"
  as_user=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
stop() {
  local pid
  pid=$(head -1 "$folder/data/postmaster.pid" 2>/dev/null || true)
  if [ -n "$pid" ]; then
    # SIGINT: it ends its connections and stops.
    kill -INT "$pid" 2>/dev/null || true
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT

cd "$folder"
"${as_user[@]}" "$bin/initdb" --pgdata="$folder/data" --no-sync --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8 >"$folder/log"
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
# Nothing in it outlives the command: the disk need not be waited for.
"${as_user[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$folder" \
  -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 >>"$folder/log" 2>&1 &
for _ in $(seq 300); do
  "$bin/pg_isready" --quiet --host=127.0.0.1 --port="$port" && break
  sleep 0.1
done
if ! "$bin/pg_isready" --quiet --host=127.0.0.1 --port="$port"; then
  cat "$folder/log" >&2
  exit 1
fi
cd "$OLDPWD"
COVERNOTE_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres" "$@"
