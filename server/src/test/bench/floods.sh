#!/bin/bash
# What floods cost everybody else: while each goes on, and after it, how fast a reader's home timeline is.
#   floods.sh [SECONDS] [REPLIES] [COUNT]     e.g. floods.sh 5 10000 2000
# Mention flood (600 names a note), endless inReplyTo chains, sign-up flood, report flood, a thread of REPLIES answers.
# Starts ./placette (or what BENCH_RUN names) in a folder of its own with a small village (fill.sql). Prints a CSV line a
# drive: requests per second, p50, p99, what was not answered by 2xx; and a JSON line a flood: what was accepted, refused,
# and how often the server went to ask. Needs psql, wrk, python3, Node >= 18.
set -eu
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../../../.." && pwd)
seconds=${1:-5} replies=${2:-10000} count=${3:-2000} port=${PORT:-8660}
run=${BENCH_RUN:-$root/placette}
data=$(mktemp -d)
export PLACETTE_DATA=$data PLACETTE_LISTEN=127.0.0.1:$port PLACETTE_DOMAIN=127.0.0.1:$port PLACETTE_ALLOW_PRIVATE=127.0.0.0/8
base=http://127.0.0.1:$port
$run run >"$data.log" 2>&1 & server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$data" "$data".*' EXIT
for i in $(seq 300); do curl -sf $base/health >/dev/null && break; sleep 0.2; done
ask() { PGPASSWORD=$(cat "$data/postgres/password") psql -h 127.0.0.1 -p "$(sed -n 4p "$data"/postgres/cluster-18/postmaster.pid)" -U placette placette -At "$@"; }
# Somebody who moderates is there: else nobody could sign up at all.
person() { echo "a long enough password" | $run account create --username $1 --email $1@example.org --role $2 --password-stdin >/dev/null 2>&1; }
person reader owner; person angry resident
reader=$(ask -c "select id from actor where username = 'reader'")
ask -v people=50 -v posts=5000 -v origin="$base" -v reader="$reader" -f "$here/fill.sql" >/dev/null 2>&1
token=$($run token --username reader 2>/dev/null | tail -1)
angry=$($run token --username angry 2>/dev/null | tail -1)

echo "drive,rps,p50,p99,errors"
drive() { # NAME PATH [Accept]
  local o; o=$(wrk -t1 -c16 -d"${seconds}s" --latency -H "Authorization: Bearer $token" -H "Accept: ${3:-*/*}" "$base$2")
  echo "$1,$(awk '/Requests\/sec/{print $2}' <<<"$o"),$(awk '$1=="50%"{print $2}' <<<"$o"),$(awk '$1=="99%"{print $2}' <<<"$o"),$(awk '/Non-2xx/{print $NF}' <<<"$o")"
}
home() { drive "$1" "/api/v1/timelines/home?limit=20"; }
during() { # NAME COMMAND…
  local name=$1; shift
  "$@" >"$data.flood" & local flood=$!
  sleep 1; home "home during $name"; wait $flood || true; tail -1 "$data.flood"; home "home after $name"
}
home "warming up" >/dev/null; home "home in peace"
during "mentions" node "$here/inbox.mjs" --inbox "$base/inbox" --mention "$base/users/reader" --mentions 600 --count "$count" --warmup 0 --listen 127.0.0.1:$((port + 1))
during "endless chains" node "$here/inbox.mjs" --inbox "$base/inbox" --mention "$base/users/reader" --chain --count 200 --warmup 0 --listen 127.0.0.1:$((port + 2))

flood() { # COUNT URL TOKEN FIELDS: posts over 8 connections, says how it was answered
  python3 - "$@" <<'PY'
import collections, concurrent.futures, json, sys, urllib.error, urllib.request
count, url, token, fields = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
def one(i):
    request = urllib.request.Request(url, data=fields.replace('%d', str(i)).encode())
    if token: request.add_header('Authorization', 'Bearer ' + token)
    try: return urllib.request.urlopen(request).status
    except urllib.error.HTTPError as e: return e.code
with concurrent.futures.ThreadPoolExecutor(8) as pool: print(json.dumps(collections.Counter(pool.map(one, range(count)))))
PY
}
app=$(curl -s -d "client_name=flood&redirect_uris=urn:ietf:wg:oauth:2.0:oob&scopes=read+write" "$base/api/v1/apps")
pick() { python3 -c "import json,sys; print(json.loads(sys.argv[1])[sys.argv[2]])" "$1" "$2"; }
stranger=$(pick "$(curl -s -d "grant_type=client_credentials&scope=read+write&client_id=$(pick "$app" client_id)&client_secret=$(pick "$app" client_secret)" "$base/oauth/token")" access_token)
during "sign-ups" flood "$count" "$base/api/v1/accounts" "$stranger" "username=flood%d&email=flood%d@example.org&password=a+long+enough+password&agreement=true&reason=why+not"
echo "{\"waiting\": $(ask -c "select count(*) from sign_up")}"
during "reports" flood "$count" "$base/api/v1/reports" "$angry" "account_id=$reader&comment=flood%d"
echo "{\"reports\": $(ask -c "select count(*) from report")}"

curl -s -o /dev/null -H "Authorization: Bearer $token" -d "status=Qui+vient" "$base/api/v1/statuses"
thread=$(ask -c "select max(id) from post where actor_id = $reader and content like '%Qui vient%'")
ask -v root="$thread" -v replies="$replies" -v reader="$reader" >/dev/null <<'SQL'
insert into post (id, uri, type, actor_id, content, visibility, in_reply_to, in_reply_to_id, root_id, published)
select p.id + n, 'https://far.example/' || n, 'Note', :reader, '<p>Moi ' || n || '</p>', 'public', p.uri,
  case when n % 2 = 0 then p.id else p.id + n - 1 end, p.id, now()
from post p, generate_series(2, :replies + 1) n where p.id = :root;
analyze post;
SQL
drive "thread of $replies, page" "/posts/$thread" text/html
drive "thread of $replies, by date" "/posts/$thread?view=flat" text/html
drive "thread of $replies, context of an app" "/api/v1/statuses/$thread/context"
drive "thread of $replies, collection" "/threads/$thread" application/activity+json
drive "thread of $replies, a page of the collection" "/threads/$thread?page=true" application/activity+json
