#!/usr/bin/env bash
# Starts the built program on every version of Node that it supports. The binaries come from npm: the package of the platform, as the
# package `node` itself installs that one by a script. better-sqlite3 is compiled for the Node that ran `npm ci`: on the others, commands
# that open the database must say how to rebuild it, and the rest must work.
set -euo pipefail
cd "$(dirname "$0")/.."

versions=(20.19 22 24)
root=$PWD
package="node-$(node -p '`${process.platform}-${process.arch}`')"
built_for=$(node -p process.versions.modules)
passed=0
failed=0

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
  failed=$((failed + 1))
  echo "FAILED on Node $version: covernote $command: $1" >&2
  sed 's/^/    /' "$folder/stdout" "$folder/stderr" | head -20 >&2
}

# run ARGUMENT...: one command, with its status, stdout and stderr kept.
run() {
  command="$*"
  status=0
  (cd "$folder" && "$node" "$root/bin/covernote.js" "$@") >"$folder/stdout" 2>"$folder/stderr" </dev/null || status=$?
}

# works ARGUMENT...: it answers, and prints nothing on stderr.
works() {
  run "$@"
  if [ "$status" -ne 0 ]; then fail "exit status $status instead of 0"
  elif [ -s "$folder/stderr" ]; then fail "it wrote to stderr"
  elif [ ! -s "$folder/stdout" ]; then fail "it answered nothing"
  else passed=$((passed + 1)); fi
}

# names_remedy ARGUMENT...: it fails, and says in words what to do.
names_remedy() {
  run "$@"
  if [ "$status" -ne 1 ]; then fail "exit status $status instead of 1"
  elif ! grep -q 'npm rebuild better-sqlite3' "$folder/stdout" "$folder/stderr"; then fail "the remedy is missing"
  elif cat "$folder/stdout" "$folder/stderr" | grep -qE 'bug in covernote|^ +at |Try --help'; then fail "it is not in plain words"
  else passed=$((passed + 1)); fi
}

node=$(command -v node)
version=$(node -p process.versions.node)
works ingest "$root/examples/mail" --db "$folder/covernote.db"

for wanted in "${versions[@]}"; do
  npm install --silent --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --prefix "$folder/$wanted" "$package@$wanted"
  node=$folder/$wanted/node_modules/$package/bin/node
  version=$("$node" -p process.versions.node)
  works --version
  works --help
  works ingest --help
  works parse "$root/examples/mail/kvm.mbox"
  works parse --json "$root/examples/mail/linux-mm.mbox"
  check=names_remedy
  if [ "$("$node" -p process.versions.modules)" = "$built_for" ]; then check=works; fi
  for arguments in 'series foll_pin' "ingest $root/examples/mail" reindex 'digest --since 2026-11-16 --until 2026-11-17' doctor run; do
    # shellcheck disable=SC2086 # words of a command
    $check $arguments --db "$folder/covernote.db"
  done
  echo "Node $version: checked"
done

echo "node-versions: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
