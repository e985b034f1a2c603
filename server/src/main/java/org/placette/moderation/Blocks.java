package org.placette.moderation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.follow.Follows;
import org.placette.outbox.Outbox;
import org.placette.outbox.Target;

/** One actor wants nothing from another. A block ends every follow between the two. */
public final class Blocks {

  private final Db db;
  private final Actors actors;
  private final Follows follows;
  private final Outbox outbox;

  public Blocks(Db db, Actors actors, Follows follows, Outbox outbox) {
    this.db = db;
    this.actors = actors;
    this.follows = follows;
    this.outbox = outbox;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("block", "retention.block"),
        Retention.Table.aged(
            "mute",
            "retention.mute",
            Duration.ofDays(1),
            "(actor_id, target_id)",
            "expires < now() - :keep"),
        Retention.Table.owned("host_mute", "retention.host_mute"),
        Retention.Table.owned("domain_block", "retention.domain_block"));
  }

  /** A local actor blocks somebody; a remote one's server is told, so that it holds back. */
  public void block(Tx tx, Actor actor, Actor target) {
    if (ModerationStore.blockUri(tx, actor.id(), target.id()) != null) return;
    follows.sever(tx, actor, target);
    MuteStore.clear(tx, actor.id(), target.id());
    if (target.local()) MuteStore.clear(tx, target.id(), actor.id());
    var block = activity("Block", actor).put("object", target.uri());
    ModerationStore.block(tx, actor.id(), target.id(), block.get("id").asText());
    send(tx, actor, block, target);
  }

  /** A local actor takes its block back. */
  public void unblock(Tx tx, Actor actor, Actor target) {
    var uri = ModerationStore.blockUri(tx, actor.id(), target.id());
    if (uri == null) return;
    ModerationStore.unblock(tx, actor.id(), target.id());
    var undo = activity("Undo", actor);
    undo.putObject("object")
        .put("id", uri)
        .put("type", "Block")
        .put("actor", actor.uri())
        .put("object", target.uri());
    send(tx, actor, undo, target);
  }

  /** Nothing of that host is shown to the actor any more, and every follow between them ends. */
  public void hide(Tx tx, Actor actor, String host) {
    for (var id : MuteStore.followsWith(tx, actor.id(), host)) {
      var other = actors.byId(tx, id);
      if (other != null) follows.sever(tx, actor, other);
    }
    MuteStore.muteHost(tx, actor.id(), host);
  }

  /** True when either has blocked the other. */
  public boolean between(Sql sql, Actor one, Actor other) {
    return ModerationStore.blockUri(sql, one.id(), other.id()) != null
        || ModerationStore.blockUri(sql, other.id(), one.id()) != null;
  }

  /** A remote actor blocks a local one. */
  void received(Tx tx, Actor blocker, Actor target, String uri) {
    ModerationStore.block(tx, blocker.id(), target.id(), uri);
    follows.forget(tx, blocker, target);
    MuteStore.clear(tx, target.id(), blocker.id());
  }

  private void send(Tx tx, Actor actor, ObjectNode activity, Actor target) {
    if (target.local()) return;
    activity.putArray("to").add(target.uri());
    var unused = outbox.send(tx, actor, activity, List.of(Target.personal(target)));
  }

  private ObjectNode activity(String type, Actor actor) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", actors.urls().activity(Ids.next()))
        .put("type", type)
        .put("actor", actor.uri());
  }
}
