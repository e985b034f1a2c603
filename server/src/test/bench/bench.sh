#!/bin/bash
# Benchmarks of deliveries, in and out. Needs a built tree (./mvnw test-compile) and Node >= 18.
#   bench.sh in  [COUNT] [ROUNDS] [DRIVER]   the way in alone (BenchServer), driven by inbox.mjs or DRIVER (deliver.mjs)
#   bench.sh out [HOSTS] [ACTIVITIES] [ROUNDS] [DEAD]   deliveries to HOSTS loopback hosts, DEAD of which never answer
# Prints JSON lines, and for "in" what an activity cost the server in CPU time: that figure does not depend on what
# else the machine does.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
java=${JAVA_HOME:-/usr/lib/jvm/temurin-25-jdk-amd64}/bin/java
cd "$root"
./mvnw -q -o -pl federation,web-static,server test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test
cd server
classes=target/test-classes:target/classes:../federation/target/classes:$(cat target/bench.classpath)
options="-Xmx112m -Xss512k -XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED"
tmp=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$tmp"' EXIT

# CPU milliseconds that a process and all below it have used
cpu() {
  python3 - "$1" <<'PY'
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

case ${1:-} in
in)
  count=${2:-5000} rounds=${3:-5} driver=${4:-$here/inbox.mjs}
  mkfifo "$tmp/in"
  $java $options -cp "$classes" org.placette.bench.BenchServer target/postgresql 2 <"$tmp/in" >"$tmp/out" 2>"$tmp/err" &
  server=$!
  exec 9>"$tmp/in"
  for i in $(seq 300); do grep -q ^database "$tmp/out" && break; sleep 0.2; done
  inbox=$(awk '/^inbox/{print $2}' "$tmp/out")
  recipient=$(awk '/^recipient/{print $2}' "$tmp/out")
  database=$(awk '/^database/{print $2}' "$tmp/out")
  stored="psql -At $database -c 'select count(*) from post'"
  for round in $(seq "$rounds"); do
    before=$(cpu $server)
    case $driver in
    */deliver.mjs)
      node "$driver" --inbox "$inbox" --recipient "$recipient" --actor-base http://127.0.0.1:4711 \
        --listen 127.0.0.1:4711 --key "$tmp/key.pem" --count "$count" --warmup 0 --verify "$stored" ;;
    *) node "$driver" --inbox "$inbox" --mention "$recipient" --listen 127.0.0.1:4711 --count "$count" --warmup 0 --stored "$stored" ;;
    esac
    echo "{\"round\": $round, \"server_cpu_ms_per_activity\": $(python3 -c "print(($(cpu $server)-$before)/$count)")}"
  done
  exec 9>&-
  wait $server
  ;;
out)
  hosts=${2:-200} activities=${3:-25} rounds=${4:-4} dead=${5:-0}
  node "$here/sink.mjs" --port 4812 --hosts "$hosts" --expect $(((hosts - dead) * activities)) --dead "$dead" &
  sleep 1
  $java $options -cp "$classes" org.placette.bench.BenchDeliveries target/postgresql 4812 "$hosts" "$activities" "$rounds" "$dead" 2>"$tmp/err"
  ;;
*)
  sed -n '2,7p' "$0"
  exit 2
  ;;
esac
