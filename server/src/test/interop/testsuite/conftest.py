"""Lets the ActivityPub test suite of steve-bate drive Placette through DrivenVillage; see docs/interop.md."""

import json
import os
import urllib.request
import uuid

import pytest
from activitypub_testsuite.fixtures import *  # noqa
from activitypub_testsuite.http.client import HttpxServerTestSupport, HttpxLocalActor
CONTROL = os.environ["CONTROL"]
def control(verb, **asked):
    with urllib.request.urlopen(CONTROL + "/" + verb, data=json.dumps(asked).encode()) as r:
        return json.load(r)
class Local(HttpxLocalActor):
    def get_profile(self, server, name):
        from activitypub_testsuite.http.client import httpx_get_json
        return httpx_get_json(control("state", **{"as": self.me})["actor"], media_type="application/activity+json")
    def __init__(self, server, name):
        self.me = "t" + uuid.uuid4().hex[:10]
        super().__init__(server, name)
    def setup_object(self, properties=None, with_id=True):
        content = (properties or {}).get("content") or "hello"
        uri = control("note", **{"as": self.me, "content": content})
        return self.get_json(uri)
    def setup_activity(self, properties=None, with_id=False):
        if properties.get("type") != "Follow": pytest.skip("no outbox for clients")
        control("follow", **{"as": self.me, "actor": properties["object"]})
        return {}
class Support(HttpxServerTestSupport):
    def get_local_actor(self, name="local_actor_1"):
        if name not in self.__dict__.setdefault("locals", {}): self.locals[name] = Local(self, name)
        return self.locals[name]
    def get_remote_actor(self, name="remote_actor"):
        from activitypub_testsuite.http.client import HttpxRemoteActor
        self.remotes = getattr(self, "remotes", {})
        if name not in self.remotes: self.remotes[name] = HttpxRemoteActor(self, name + uuid.uuid4().hex[:8])
        return self.remotes[name]
@pytest.fixture
def server_support(local_base_url, remote_base_url, request): return Support(local_base_url, remote_base_url, request)
@pytest.fixture(scope="session")
def server_test_directory(): return os.path.dirname(__file__)
@pytest.fixture(scope="session")
def local_base_url(): return os.environ["ORIGIN"]
@pytest.fixture(scope="session")
def remote_base_url():
    from activitypub_testsuite.support import find_available_tcp_port
    return f"http://127.0.0.1:{find_available_tcp_port(54000, 55000)}"
@pytest.fixture
def json_metadata(): return {}
