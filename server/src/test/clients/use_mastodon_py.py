"""Does with Mastodon.py what a resident does with an app.
Usage: use_mastodon_py.py ORIGIN TOKEN OTHER_TOKEN, of two people on one server."""

import datetime
import queue
import struct
import sys
import tempfile
import time
import zlib

from mastodon import Mastodon, MastodonNotFoundError, StreamListener

ORIGIN, TOKEN, OTHER = sys.argv[1:4]


def picture():
    """A small PNG, of one colour."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x30\x90\x60" * 24 for _ in range(16))
    head = struct.pack(">IIBBBBB", 24, 16, 8, 2, 0, 0, 0)
    file = tempfile.NamedTemporaryFile(suffix=".png")
    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    file.flush()
    return file


class Ear(StreamListener):
    """What a stream brings."""

    def __init__(self):
        self.heard = queue.Queue()

    def on_update(self, status):
        self.heard.put(("update", status.id))

    def on_status_update(self, status):
        self.heard.put(("status.update", status.id))

    def on_delete(self, number):
        self.heard.put(("delete", number))

    def on_notification(self, notification):
        self.heard.put(("notification", notification.type))

    def on_conversation(self, conversation):
        self.heard.put(("conversation", conversation.last_status.id))

    def on_filters_changed(self, *any):
        self.heard.put(("filters_changed", None))

    def next(self):
        return self.heard.get(timeout=5)


def streams(me, other, mine):
    """A user stream brings a post, its edit, what it caused and its end, within seconds."""
    assert me.stream_healthy()
    ear, direct = Ear(), Ear()
    stream, directs = me.stream_user(ear, run_async=True), me.stream_direct(direct, run_async=True)
    time.sleep(1)
    said = other.status_post("Le four est chaud")
    assert ear.next() == ("update", said.id)
    other.status_update(said, "Le four est froid")
    assert ear.next() == ("status.update", said.id)
    called = other.status_post("@%s viens" % mine.acct)
    got = {ear.next(), ear.next()}
    assert got == {("update", called.id), ("notification", "mention")}, got
    other.status_delete(said)
    assert ("delete", str(said.id)) == tuple(map(str, ear.next()))
    secret = other.status_post("@%s entre nous" % mine.acct, visibility="direct")
    assert direct.next() == ("conversation", secret.id)
    stream.close()
    directs.close()
    print("streams heard")


def rest(me, other, mine, theirs):
    """Calls that are rarer."""
    assert me.account_familiar_followers([theirs.id])[0].id == theirs.id
    private, public = me.push_subscription_generate_keys()
    made = me.push_subscription_set("https://push.example/1", public, mention_events=True)
    assert made.endpoint == "https://push.example/1" and made.alerts.mention, made
    assert me.push_subscription_update(poll_events=True).alerts.poll
    assert me.push_subscription().id == made.id
    me.push_subscription_delete()

    due = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=2)
    later = me.status_post("Plus tard", scheduled_at=due)
    assert [one.id for one in me.scheduled_statuses()] == [later.id]
    moved = me.scheduled_status_update(later, due + datetime.timedelta(days=1))
    assert moved.scheduled_at > later.scheduled_at
    me.scheduled_status_delete(later)
    assert me.scheduled_statuses() == []

    talk = me.conversations()[0]
    assert talk.unread and not me.conversations_read(talk).unread
    last = me.timeline_home(limit=1)[0]
    me.markers_set(["home"], [last.id])
    assert str(me.markers_get(["home"]).home.last_read_id) == str(last.id)
    made = me.filter_create("choux", ["home"], whole_word=True)
    assert me.filter(made).phrase == "choux" and made.id in [one.id for one in me.filters()]
    me.filter_delete(made)
    kept = me.list_create("Proches")
    me.list_accounts_add(kept, [theirs.id])
    assert [one.id for one in me.list_accounts(kept)] == [theirs.id]
    me.list_delete(kept)
    assert me.instance().uri and me.instance_nodeinfo().software.name == "placette"
    assert me.search("village").hashtags[0].name == "village"
    print("the rest done")


def main():
    me = Mastodon(access_token=TOKEN, api_base_url=ORIGIN)
    other = Mastodon(access_token=OTHER, api_base_url=ORIGIN)
    mine, theirs = me.account_verify_credentials(), other.account_verify_credentials()

    with picture() as file:
        media = me.media_post(file.name, mime_type="image/png", description="Un pré")
    shown = me.status_post("Regardez ce pré #village", media_ids=[media], language="fr")
    assert shown.media_attachments[0].description == "Un pré", shown.media_attachments
    assert shown.media_attachments[0].meta.small.width > 0, shown.media_attachments
    assert shown.tags[0].name == "village"

    poll = me.make_poll(["lundi", "mardi"], 3600, multiple=False)
    asked = other.status_post("Quel jour ?", poll=poll)
    me.poll_vote(asked.poll, [1])
    voted = me.poll(asked.poll)
    assert voted.voted and voted.own_votes == [1] and voted.options[1].votes_count == 1, voted

    assert me.account_follow(theirs).following
    for number in range(5):
        other.status_post("Numéro %d" % number)
    first = me.timeline_home(limit=3)
    second = me.fetch_next(first)
    assert len(first) == len(second) == 3
    assert int(first[-1].id) > int(second[0].id)
    back = me.fetch_previous(second)
    assert [one.id for one in back] == [one.id for one in first], back

    reply = me.status_reply(asked, "Plutôt mardi")
    assert reply.in_reply_to_id == asked.id and reply.mentions[0].acct == theirs.acct
    assert [one.id for one in other.status_context(asked).descendants] == [reply.id]
    boost = me.status_reblog(asked)
    assert boost.reblog.id == asked.id and boost.reblog.reblogged
    assert me.status_favourite(asked).favourites_count == 1
    assert me.status_bookmark(asked).bookmarked and me.bookmarks()[0].id == asked.id
    assert me.favourites()[0].id == asked.id
    assert other.status_favourited_by(asked)[0].id == mine.id

    edited = me.status_update(reply, "Plutôt lundi", spoiler_text="changé d'avis")
    assert "lundi" in edited.content and edited.spoiler_text == "changé d'avis" and edited.edited_at
    assert [one.content for one in me.status_history(reply)] == [reply.content, edited.content]
    assert me.status_source(reply).text == "Plutôt lundi"

    direct = other.status_post("@%s un secret" % mine.acct, visibility="direct")
    assert me.conversations()[0].last_status.id == direct.id
    me.status_delete(reply)
    try:
        me.status(reply.id)
        raise AssertionError("a deleted status is still there")
    except MastodonNotFoundError:
        pass

    kinds = {one.type for one in other.notifications()}
    assert {"favourite", "reblog", "follow", "poll"} >= kinds - {"mention"} >= {"favourite", "reblog", "follow"}, kinds
    assert other.notifications(types=["reblog"])[0].account.id == mine.id
    first = other.notifications(limit=1)
    assert int(other.fetch_next(first)[0].id) < int(first[0].id)
    other.notifications_clear()
    assert other.notifications() == []
    print("notifications read")

    streams(me, other, mine)
    rest(me, other, mine, theirs)
    print("Mastodon.py did it all")


main()
