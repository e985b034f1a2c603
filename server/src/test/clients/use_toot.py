"""Does with toot, the command, what a resident does with an app.
Usage: use_toot.py ORIGIN TOKEN USERNAME OTHER_USERNAME OTHER_TOKEN, of two people on one server.
Debian's toot knows no polls, no edits and no streams, and pages in a terminal alone."""

import base64
import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

ORIGIN, TOKEN, USERNAME, OTHER, OTHER_TOKEN = sys.argv[1:6]
HOST = urllib.parse.urlsplit(ORIGIN).netloc

home = tempfile.TemporaryDirectory()
os.makedirs(home.name + "/toot")
with open(home.name + "/toot/config.json", "w") as file:
    user = USERNAME + "@" + HOST
    app = {"instance": HOST, "base_url": ORIGIN, "client_id": "a", "client_secret": "b"}
    who = {"instance": HOST, "username": USERNAME, "access_token": TOKEN}
    json.dump({"active_user": user, "apps": {HOST: app}, "users": {user: who}}, file)


os.environ["XDG_CONFIG_HOME"] = home.name
from toot import console  # noqa: E402 (it looks for its settings when it is loaded)


def command(*words):
    run = subprocess.run(["toot", *words], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert run.returncode == 0, (words, run.stdout, run.stderr)
    return run.stdout


def toot(*words):
    """The same without a process for each."""
    sys.argv = ["toot", *words, "--no-color"]
    said, wrong = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
        try:
            console.main()
        except SystemExit as end:
            assert not end.code, (words, said.getvalue(), wrong.getvalue())
    return said.getvalue()


assert "@" + USERNAME in command("whoami")
assert "@" + USERNAME in toot("whoami")
posted = toot("post", "Bonjour de toot #village", "--language", "fr")
number = re.search(r"/(\d+)\s*$", posted.strip()).group(1)
with tempfile.NamedTemporaryFile(suffix=".gif") as file:
    file.write(base64.b64decode("R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs="))
    file.flush()
    shown = toot("post", "Un point", "--media", file.name, "--description", "Un pré vu de loin")
shown = re.search(r"/(\d+)\s*$", shown.strip()).group(1)
assert "/media/" in toot("thread", shown)
answered = toot("post", "Une suite", "--reply-to", number)
answer = re.search(r"/(\d+)\s*$", answered.strip()).group(1)
assert "Une suite" in toot("thread", number)
assert "Bonjour de toot" in toot("timeline", "--once", "--count", "5")
toot("follow", OTHER)
for verb in ("favourite", "reblog", "bookmark", "pin", "unpin", "unbookmark", "unreblog", "unfavourite"):
    toot(verb, number)
toot("unfollow", OTHER)
toot("delete", answer)
assert "Une suite" not in toot("thread", number)
liking = urllib.request.Request(ORIGIN + "/api/v1/statuses/" + number + "/favourite", method="POST")
liking.add_header("Authorization", "Bearer " + OTHER_TOKEN)
urllib.request.urlopen(liking).close()
told = toot("notifications")
assert "@" + OTHER in told, told
assert "@" + OTHER in toot("search", OTHER)
toot("notifications", "--clear")
assert "@" + OTHER not in toot("notifications")
print("toot did it all")
