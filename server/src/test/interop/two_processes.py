#!/usr/bin/env python3
"""Two Placettes A and B on loopback, each a process with its own PostgreSQL, driven through the client API alone.

A resident of B follows one of A. A writes many notes and is killed (kill -9) while they are delivered; A writes as many
again, and B's Java process is killed while it takes them in, then its PostgreSQL. Everything must be at B once. Then an
event, a note, a reply, a like and a boost are walked through, both ways.

    two_processes.py [--notes 1000] [--folder FOLDER] [--keep]

PLACETTE is the command to run, with its arguments; the launcher of this checkout without it. Python 3.11; psql, when it
is there, counts in B's tables too. Ends with exit code 1 when something was lost, came twice, or looks wrong.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[4]
COMMAND = shlex.split(os.environ.get("PLACETTE", str(ROOT / "placette")))
WRITERS = 4
PATIENCE = 600  # seconds for anything to become true


class Wrong(Exception):
    pass


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def until(what, ask, patience=PATIENCE, pause=0.2):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = ask()
        if found:
            return found
        time.sleep(pause)
    raise Wrong(f"waited in vain: {what}")


class Village:
    """One process, its folder and its one resident."""

    def __init__(self, name, folder, resident):
        self.name, self.folder, self.resident = name, folder / name, resident
        self.folder.mkdir(parents=True)
        self.host = f"127.0.0.1:{free_port()}"
        self.base = f"http://{self.host}"
        self.env = dict(os.environ, PLACETTE_DATA=str(self.folder), PLACETTE_LISTEN=self.host, PLACETTE_DOMAIN=self.host,
                        PLACETTE_SCHEME="http", PLACETTE_ALLOW_PRIVATE="127.0.0.0/8,::1/128")
        self.log = open(folder / f"{name}.log", "ab")
        self.start()
        self.command("account", "create", "--username", resident, "--email", f"{resident}@example.org",
                     "--password-stdin", given="a long enough passphrase\n")
        self.token = self.command("token", "--username", resident).splitlines()[-1]

    def start(self):
        self.process = subprocess.Popen(COMMAND + ["run"], env=self.env, stdout=self.log, stderr=self.log)
        until(f"{self.name} answers", self.healthy)

    def healthy(self):
        if self.process.poll() is not None:
            raise Wrong(f"{self.name} ended by itself, see {self.log.name}")
        try:
            return urllib.request.urlopen(self.base + "/health", timeout=5).status == 200
        except OSError:
            return False

    def command(self, *words, given=""):
        done = subprocess.run(COMMAND + list(words), env=self.env, input=given, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise Wrong(f"{words}: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def postgres(self):
        return int((self.folder / "postgres/cluster-18/postmaster.pid").read_text().splitlines()[0])

    def kill_java(self):
        """The launcher became the server; PostgreSQL outlives it."""
        self.process.kill()
        self.process.wait()

    def kill_postgres(self):
        os.kill(self.postgres(), signal.SIGKILL)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()

    def call(self, method, path, body=None, key=None):
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(self.base + path, data, headers, method=method)
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return json.load(answer)

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body=None, key=None):
        return self.call("POST", path, {} if body is None else body, key)

    def patiently(self, method, path, body, key):
        """The same until it is answered, as an app does: with one key it is done once."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.call(method, path, body, key)
            except urllib.error.HTTPError as e:
                if e.code not in (409, 429, 500, 502, 503) or time.monotonic() > end:
                    raise
            except OSError:
                if time.monotonic() > end:
                    raise
            time.sleep(0.5)

    def find(self, what):
        found = self.get("/api/v2/search?resolve=true&q=" + urllib.parse.quote(what, safe=""))
        return (found["statuses"] + found["accounts"])[0]

    def statuses(self, account):
        """All of an account's, oldest last, page by page."""
        all, after = [], ""
        while True:
            page = self.get(f"/api/v1/accounts/{account}/statuses?limit=40&exclude_reblogs=true{after}")
            if not page:
                return all
            all += page
            after = f"&max_id={page[-1]['id']}"

    def sql(self, query):
        port = (self.folder / "postgres/cluster-18/postmaster.pid").read_text().splitlines()[3].strip()
        env = dict(os.environ, PGPASSWORD=(self.folder / "postgres/password").read_text().strip())
        asked = ["psql", "-h", "127.0.0.1", "-p", port, "-U", "placette", "-d", "placette", "-Atc", query]
        return subprocess.run(asked, env=env, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


class Writing:
    """Notes, written by several at once, each asked for until it is answered."""

    def __init__(self, village, mark, count):
        self.village, self.mark, self.count, self.uris = village, mark, count, []
        self.lock = threading.Lock()
        self.pool = concurrent.futures.ThreadPoolExecutor(WRITERS)
        self.waiting = [self.pool.submit(self.one, n) for n in range(count)]

    def one(self, n):
        made = self.village.patiently("POST", "/api/v1/statuses", {"status": f"{self.mark} {n}"}, str(uuid.uuid4()))
        with self.lock:
            self.uris.append(made["uri"])

    def end(self):
        for one in self.waiting:
            one.result(PATIENCE)
        self.pool.shutdown()
        return self.uris


def there(village, account, mark):
    """How many notes of an account with a mark a village shows; 0 while it is away."""
    try:
        return sum(mark in s["content"] for s in village.statuses(account))
    except (OSError, urllib.error.HTTPError):
        return 0


def compare(b, account, mark, written):
    """Nothing lost, nothing twice: in what was answered at A, in B's client API and in B's tables."""
    until(f"all of {mark} at B", lambda: there(b, account, mark) >= len(written), pause=2)
    shown = [s["uri"] for s in b.statuses(account) if mark in s["content"]]
    line = f"  {mark}: {len(written)} answered by A, {len(shown)} shown by B, {len(set(shown))} different"
    wrong = len(shown) != len(set(shown)) or set(shown) != set(written)
    if shutil.which("psql"):
        rows = b.sql(f"select count(*), count(distinct uri) from post where content like '%{mark}%'").split("|")
        line += f", {rows[0]} rows and {rows[1]} uris in its tables"
        wrong |= rows != [str(len(written))] * 2
    print(line, flush=True)
    if wrong:
        raise Wrong(f"lost {len(set(written) - set(shown))}, too many {len(shown) - len(written)}")


def kill_a(a, b, anna_at_b, count):
    mark = "vague-un"
    writing = Writing(a, mark, count)
    until("some notes at B", lambda: there(b, anna_at_b, mark) >= count // 5, pause=0.5)
    a.kill_java()
    print(f"A's Java killed: {len(writing.uris)} answered, {there(b, anna_at_b, mark)} at B", flush=True)
    a.start()
    compare(b, anna_at_b, mark, writing.end())


def kill_b(a, b, anna_at_b, count):
    mark = "vague-deux"
    writing = Writing(a, mark, count)
    until("some notes at B", lambda: there(b, anna_at_b, mark) >= count // 5, pause=0.5)
    b.kill_java()
    print(f"B's Java killed: {len(writing.uris)} answered by A", flush=True)
    b.start()
    until("more notes at B", lambda: there(b, anna_at_b, mark) >= count // 2, pause=0.5)
    b.kill_postgres()
    print(f"B's PostgreSQL killed: {len(writing.uris)} answered by A", flush=True)
    compare(b, anna_at_b, mark, writing.end())


def walk(a, b, anna_at_b):
    """Each thing once, seen on the other side through its client API."""

    def seen(village, uri, what, test=lambda s: True):
        def ask():
            try:
                found = [s for s in village.statuses(account[village]) if s["uri"] == uri]
            except OSError:
                return None
            if len(found) > 1:
                raise Wrong(f"{what}: {len(found)} times")
            return found[0] if found and test(found[0]) else None

        shown = until(what, ask, 60)
        print(f"  {what}", flush=True)
        return shown

    account = {b: anna_at_b}
    event = a.post("/api/placette/v1/events", {"name": "Bal du lavoir", "start_time": "2027-05-01T18:00:00+02:00", "status": "Venez"})
    uri = event["uri"]
    path = f"/api/placette/v1/events/{event['id']}"
    seen(b, uri, "event published", lambda s: "Bal du lavoir" in s["content"])
    a.call("PUT", path, {"name": "Bal de mai"})
    seen(b, uri, "event edited", lambda s: "Bal de mai" in s["content"])
    a.call("PUT", path, {"state": "cancelled"})
    seen(b, uri, "event cancelled", lambda s: "nnul" in s["content"] or "ancel" in s["content"])
    a.call("DELETE", path)
    until("event deleted", lambda: all(s["uri"] != uri for s in b.statuses(anna_at_b)), 60)
    print("  event deleted", flush=True)

    note = a.post("/api/v1/statuses", {"status": "Qui vient ?"})
    at_b = seen(b, note["uri"], "note")
    reply = b.post("/api/v1/statuses", {"status": f"@anna@{a.host} Moi", "in_reply_to_id": at_b["id"]})
    thread = lambda: a.get(f"/api/v1/statuses/{note['id']}/context")["descendants"]
    until("reply", lambda: [s["uri"] for s in thread()] == [reply["uri"]], 60)
    print("  reply in the thread of A", flush=True)
    for verb, count in (("favourite", "favourites_count"), ("reblog", "reblogs_count")):
        before = a.get(f"/api/v1/statuses/{note['id']}")[count]
        b.post(f"/api/v1/statuses/{at_b['id']}/{verb}")
        until(verb, lambda: a.get(f"/api/v1/statuses/{note['id']}")[count] == before + 1, 60)
        print(f"  {verb} counted by A", flush=True)
        b.post(f"/api/v1/statuses/{at_b['id']}/un{verb}")
        until(f"un{verb}", lambda: a.get(f"/api/v1/statuses/{note['id']}")[count] == before, 60)
        print(f"  {verb} taken back", flush=True)
    kinds = sorted(n["type"] for n in a.get("/api/v1/notifications?types[]=mention&types[]=follow"))
    if kinds != ["follow", "mention"]:
        raise Wrong(f"A was told of {kinds}")
    a.call("PUT", f"/api/v1/statuses/{note['id']}", {"status": "Qui vient demain ?"})
    seen(b, note["uri"], "note edited", lambda s: "demain" in s["content"])
    a.call("DELETE", f"/api/v1/statuses/{note['id']}")
    until("note deleted", lambda: all(s["uri"] != note["uri"] for s in b.statuses(anna_at_b)), 60)
    print("  note deleted", flush=True)


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--notes", type=int, default=1000)
    asked.add_argument("--folder", type=pathlib.Path)
    asked.add_argument("--keep", action="store_true", help="leave the folder")
    options = asked.parse_args()
    folder = options.folder or pathlib.Path(tempfile.mkdtemp(prefix="placette-two-"))
    running = []
    try:
        for name, resident in (("a", "anna"), ("b", "bob")):
            running.append(Village(name, folder, resident))
        a, b = running
        anna = b.find(f"@anna@{a.host}")["id"]
        b.post(f"/api/v1/accounts/{anna}/follow")
        until("the follow", lambda: b.get(f"/api/v1/accounts/relationships?id[]={anna}")[0]["following"], 60)
        print("B's bob follows A's anna", flush=True)
        kill_a(a, b, anna, options.notes)
        kill_b(a, b, anna, options.notes)
        walk(a, b, anna)
        print("nothing lost, nothing twice", flush=True)
    except Wrong as e:
        sys.exit(f"WRONG: {e} (logs in {folder})")
    finally:
        for one in running:
            one.stop()
    if not options.keep:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
