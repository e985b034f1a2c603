#!/bin/bash
# What the client API gives by the second, with a village of PEOPLE people and POSTS posts.
#   api.sh [POSTS] [PEOPLE] [SECONDS]     e.g. api.sh 100000 1000 5, then api.sh 1000000
#   DATA=folder keeps what was filled; ONLY=regex drives these calls alone; PORT, BENCH_RUN, WARM (rounds before)
# Each request bears a number of its own, so that each page is read anew; KEPT=1 asks the same page again and again.
# Starts ./placette (or what BENCH_RUN names) in a folder of its own, fills it with fill.sql, and drives each call with
# wrk at 16 connections. Prints one CSV line per call: requests per second, p50, p99, statements per request, CPU ms of the
# server and its PostgreSQL per request (which holds on a busy machine too). Needs psql, wrk, python3.
set -eu
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../../../.." && pwd)
posts=${1:-100000} people=${2:-1000} seconds=${3:-5} port=${PORT:-8650}
run=${BENCH_RUN:-$root/placette}
data=${DATA:-$(mktemp -d)}
export PLACETTE_DATA=$data PLACETTE_LISTEN=127.0.0.1:$port PLACETTE_DOMAIN=127.0.0.1:$port
base=http://127.0.0.1:$port
$run run >"$data.log" 2>&1 & server=$!
echo 'local n = 0; request = function() n = n + 1; return wrk.format("GET", wrk.path .. (wrk.path:find("?", 1, true) and "&" or "?") .. "n=" .. n) end' >"$data.lua"
script=$([ -n "${KEPT:-}" ] || echo "-s $data.lua")
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; [ -n "${DATA:-}" ] || rm -rf "$data" "$data".*' EXIT
for i in $(seq 300); do curl -sf $base/health >/dev/null && break; sleep 0.2; done

ask() { PGPASSWORD=$(cat "$data/postgres/password") psql -h 127.0.0.1 -p "$(sed -n 4p "$data"/postgres/cluster-18/postmaster.pid)" -U placette placette -At "$@"; }
cpu() {
  python3 - $server <<'PY'
import os, sys
parent, used = {}, {}
for p in filter(str.isdigit, os.listdir('/proc')):
    try: text = open(f'/proc/{p}/stat').read()
    except OSError: continue
    f = text[text.rindex(')') + 2:].split()
    parent[int(p)], used[int(p)] = int(f[1]), int(f[11]) + int(f[12])
def below(p):
    while p in parent:
        if p == int(sys.argv[1]): return True
        p = parent[p]
    return False
print(sum(v for p, v in used.items() if below(p)) * 10)
PY
}

if ! ask -c "select 1 from actor where username = 'bench1'" | grep -q 1; then
  echo "a long enough password" | $run account create --username reader --email reader@example.org --password-stdin >/dev/null
  ask -v people="$people" -v posts="$posts" -v origin="$base" \
    -v reader="$(ask -c "select id from actor where username = 'reader'")" -f "$here/fill.sql" >"$data.fill"
fi
token=$($run token --username reader | tail -1)
thread=$(tail -1 "$data.fill")
echo "posts,call,rps,p50,p99,errors,statements,cpu_ms"
# By numbers of transactions: every reading statement is one of its own.
statements() { ask -c "select pg_stat_force_next_flush(); select xact_commit from pg_stat_database where datname = 'placette'" | tail -1; }
drive() {
  local name=$1 path=$2
  echo "$name first: $(curl -s -o /dev/null -w "%{time_total}" -H "Authorization: Bearer $token" "$base$path") s" >&2
  for i in 1 2 3; do curl -sf -o /dev/null -H "Authorization: Bearer $token" "$base$path" || echo "$name fails" >&2; done
  wrk $script -t1 -c16 -d2s -H "Authorization: Bearer $token" "$base$path" >/dev/null
  sleep 1.2; local s0 c0 o n; s0=$(statements); c0=$(cpu)
  o=$(wrk $script -t1 -c16 -d"${seconds}s" --latency -H "Authorization: Bearer $token" "$base$path")
  c1=$(cpu); sleep 1.2; s1=$(statements); n=$(awk '/requests in/{print $1}' <<<"$o")
  echo "$posts,$name,$(awk '/Requests\/sec/{print $2}' <<<"$o"),$(awk '$1=="50%"{print $2}' <<<"$o"),$(awk '$1=="99%"{print $2}' <<<"$o"),$(awk '/Non-2xx/{print $NF}' <<<"$o"),$(python3 -c "print(round(($s1-$s0)/$n,2), round(($c1-$c0)/$n,3), sep=',')")"
}
author=$(ask -c "select actor_id from post where id = $thread")
busy=$(ask -c "select id from actor where username = 'bench3'")
tag=$(ask -c "select tag from post_tag limit 1")
for i in $(seq "${WARM:-4}"); do # the compiler's time belongs to the first requests of a process, not to these calls
  wrk -t1 -c16 -d4s -H "Authorization: Bearer $token" "$base/api/v1/timelines/home?limit=20&max_id=$(ask -c "select id from home order by id desc offset $((i * 100)) limit 1")" >/dev/null
done
list=$(curl -sf -H "Authorization: Bearer $token" -d title=bench "$base/api/v1/lists" | python3 -c 'import json,sys; print(json.load(sys.stdin)["id"])')
curl -sf -o /dev/null -H "Authorization: Bearer $token" $(ask -c "select '-d account_ids[]=' || id from actor where username in ('bench1','bench3','bench5')") "$base/api/v1/lists/$list/accounts" || true
all=(
  "home /api/v1/timelines/home?limit=20"
  "home-deep /api/v1/timelines/home?limit=20&max_id=$(ask -c "select id from home order by id desc offset 2000 limit 1")"
  "public /api/v1/timelines/public?limit=20&local=true"
  "tag /api/v1/timelines/tag/$tag?limit=20"
  "list /api/v1/timelines/list/$list?limit=20"
  "account-statuses /api/v1/accounts/$busy/statuses?limit=20"
  "account /api/v1/accounts/$author"
  "thread /api/v1/statuses/$thread/context"
  "notifications /api/v1/notifications?limit=20"
  "directory /api/v1/directory?limit=40"
  "search-people /api/v2/search?q=bench77&type=accounts&limit=20"
  "search-common-word /api/v2/search?q=message&type=statuses&limit=20"
  "search-rare-word /api/v2/search?q=4242&type=statuses&limit=20"
  "search-tags /api/v2/search?q=t4&type=hashtags&limit=20"
)
for one in "${all[@]}"; do [[ ${one%% *} =~ ${ONLY:-.} ]] && drive ${one%% *} "${one#* }"; done
python3 - $server <<'PY'
import os, sys
parent, pss = {}, {}
for p in filter(str.isdigit, os.listdir('/proc')):
    try:
        text = open(f'/proc/{p}/stat').read()
        parent[int(p)] = int(text[text.rindex(')') + 2:].split()[1])
        pss[int(p)] = sum(int(l.split()[1]) for l in open(f'/proc/{p}/smaps_rollup') if l.startswith('Pss:'))
    except OSError: continue
def below(p):
    while p in parent:
        if p == int(sys.argv[1]): return True
        p = parent[p]
    return False
print('PSS of the tree:', sum(v for p, v in pss.items() if below(p)) // 1024, 'MiB')
PY
