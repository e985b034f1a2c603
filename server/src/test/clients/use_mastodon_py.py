"""Does with Mastodon.py what a resident does with an app.
Usage: use_mastodon_py.py ORIGIN TOKEN OTHER_TOKEN, of two people on one server."""

import struct
import sys
import tempfile
import zlib

from mastodon import Mastodon, MastodonNotFoundError

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


def main():
    me = Mastodon(access_token=TOKEN, api_base_url=ORIGIN)
    other = Mastodon(access_token=OTHER, api_base_url=ORIGIN)
    mine, theirs = me.account_verify_credentials(), other.account_verify_credentials()

    with picture() as file:
        media = me.media_post(file.name, mime_type="image/png", description="Un pré")
    shown = me.status_post("Regardez ce pré #village", media_ids=[media], language="fr")
    assert shown.media_attachments[0].description == "Un pré", shown.media_attachments
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

    try:
        kinds = {one.type for one in other.notifications()}
        assert {"favourite", "reblog", "follow"} <= kinds, kinds
        print("notifications read")
    except MastodonNotFoundError:
        print("notifications are not served")
    print("Mastodon.py did it all")


main()
