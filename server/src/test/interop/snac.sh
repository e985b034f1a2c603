#!/bin/bash
# A snac2 server (Debian package snac2) on loopback with one person, and that person's actions.
#
#   snac.sh start FOLDER [--https]     first start makes FOLDER; prints the actor and the process ids
#   snac.sh stop FOLDER
#   snac.sh follow FOLDER ACTOR        unfollow FOLDER ACTOR
#   snac.sh note FOLDER TEXT [PARENT]  a note, or a reply to PARENT
#   snac.sh edit FOLDER ID TEXT        delete FOLDER ID
#   snac.sh like|unlike|boost|unboost FOLDER ID
#   snac.sh vote FOLDER QUESTION AUTHOR OPTION
#   snac.sh posts FOLDER               every object it holds, one JSON line each
#   snac.sh log FOLDER
#
# With --https a small TLS proxy stands in front and snac sees our test CA among the machine's, in a mount
# namespace of its own (root, or user namespaces). SNAC_PORT and SNAC_BACKEND choose ports, SNAC_USER the name.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
verb=${1:?see the head of this file}
folder=$(realpath -m "${2:?folder}")
shift 2

free_port() { node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

setting() { jq -r ".$1" "$folder/peer.json"; }

make() {
  local scheme=$1 port backend
  port=${SNAC_PORT:-$(free_port)}
  backend=$port
  [ "$scheme" = https ] && backend=${SNAC_BACKEND:-$(free_port)}
  mkdir -p "$folder"
  # the questions of "snac init": address, port, host name, prefix, administrator's e-mail
  printf '127.0.0.1\n%s\n127.0.0.1:%s\n\n\n' "$backend" "$port" | snac init "$folder/data" > /dev/null
  jq --arg scheme "$scheme" '. + {protocol: $scheme, disable_sandbox: true, dbglevel: 1, queue_retry_minutes: 1}' \
    "$folder/data/server.json" > "$folder/server.json"
  mv "$folder/server.json" "$folder/data/server.json"
  local user=${SNAC_USER:-sam} password
  password=$(snac adduser "$folder/data" "$user" 2> /dev/null | grep -oE '[A-Za-z0-9+/=]{16}' | tail -1)
  jq -n --arg scheme "$scheme" --arg port "$port" --arg backend "$backend" --arg user "$user" --arg password "$password" \
    '{$scheme, $port, $backend, $user, $password, base: "\($scheme)://127.0.0.1:\($port)", actor: "\($scheme)://127.0.0.1:\($port)/\($user)"}' \
    > "$folder/peer.json"
}

start() {
  [ -f "$folder/peer.json" ] || make "$([ "${1:-}" = --https ] && echo https || echo http)"
  if [ "$(setting scheme)" = https ]; then
    sh "$here/ca.sh" "${INTEROP_CA:-$folder/ca}"
    local ca
    ca=$(realpath "${INTEROP_CA:-$folder/ca}")
    node "$here/tls-proxy.mjs" "$(setting port)" "$(setting backend)" "$ca/server.pem" "$ca/server.key" >> "$folder/log" 2>&1 &
    echo $! > "$folder/proxy.pid"
    local flags=-m
    [ "$(id -u)" = 0 ] || flags=-rm
    unshare $flags sh -c 'mount --bind "$1" /etc/ssl/certs/ca-certificates.crt && exec snac httpd "$2"' \
      sh "$ca/bundle.pem" "$folder/data" >> "$folder/log" 2>&1 &
  else
    snac httpd "$folder/data" >> "$folder/log" 2>&1 &
  fi
  echo $! > "$folder/snac.pid"
  for _ in $(seq 50); do
    curl -s -o /dev/null "http://127.0.0.1:$(setting backend)/" && break
    sleep 0.1
  done
  jq -c . "$folder/peer.json"
}

stop() {
  for name in snac proxy; do
    [ -f "$folder/$name.pid" ] && kill "$(cat "$folder/$name.pid")" 2> /dev/null || true
    rm -f "$folder/$name.pid"
  done
}

# A form of the web interface, which is where snac's people act.
form() {
  local path=$1
  shift
  local fields=()
  for field in "$@"; do fields+=(--form-string "$field"); done
  curl -sS -o /dev/null -w '%{http_code}\n' -u "$(setting user):$(setting password)" -H "Host: 127.0.0.1:$(setting port)" \
    "${fields[@]}" "http://127.0.0.1:$(setting backend)/$(setting user)/admin/$path"
}

case $verb in
  start) start "$@" ;;
  stop) stop ;;
  follow) form action "actor=$1" action=Follow ;;
  unfollow) form action "actor=$1" action=Unfollow ;;
  note) form note "content=$1" ${2:+"in_reply_to=$2"} ;;
  edit) form note "edit_id=$1" "content=$2" ;;
  delete) form action "id=$1" action=Delete ;;
  like | unlike | boost | unboost) form action "id=$1" "action=${verb^}" ;;
  vote) form vote "irt=$1" "actor=$2" "question=$3" ;;
  posts) find "$folder/data/object" -name '*.json' -printf '%T@ %p\n' | sort -n | cut -d' ' -f2- | while read -r file; do jq -c . "$file"; done ;;
  log) cat "$folder/log" ;;
  *) sed -n '2,16p' "$0"; exit 2 ;;
esac
