package org.placette.moderation;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;

/** Block, and Undo as far as it is about one. */
public final class BlockInbox implements ActivityHandler {

  private final Db db;
  private final Actors actors;
  private final Blocks blocks;

  public BlockInbox(Db db, Actors actors, Blocks blocks) {
    this.db = db;
    this.actors = actors;
    this.blocks = blocks;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(new Kind("Block", "*"), new Kind("Undo", "Block"), new Kind("Undo", ""));
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var blocker = received.actor();
    if (received.activity().is("Undo")) return undo(received);
    var target = local(received.object().id());
    if (target == null) throw new Refused("block-of-nobody-here");
    var id = received.activity().id();
    var uri = id == null ? blocker.uri() + "#block-" + target.id() : id;
    var who = banning(received, received.activity());
    return tx -> blocks.received(tx, who, target, uri);
  }

  /**
   * Who blocks: the actor, or the group that it bans somebody from in the group's name (FEP-1b12:
   * Lemmy, Mbin and PieFed name the group as target).
   */
  private Actor banning(Received received, AsObject block) {
    var group = block.ref("target");
    if (group == null) return received.actor();
    if (!AsObject.sameOrigin(group, received.actor().uri()))
      throw new Refused("ban-from-another-origin");
    return actors.resolve(group, received.budget());
  }

  private @Nullable Effect undo(Received received) {
    var block = received.object();
    var blocker = banning(received, block).id();
    var uri = block.id();
    if (uri != null && ModerationStore.isBlock(db, blocker, uri)) {
      return tx -> {
        var unused = ModerationStore.unblock(tx, blocker, uri);
      };
    }
    if (!block.is("Block")) return null;
    var author = block.ref("actor");
    if (author != null && !author.equals(received.actor().uri())) {
      throw new Refused("undo-not-by-the-blocker");
    }
    var target = local(block.ref("object"));
    return target == null ? null : tx -> ModerationStore.unblock(tx, blocker, target.id());
  }

  private @Nullable Actor local(@Nullable String uri) {
    var actor = uri == null ? null : actors.byUri(uri);
    return actor != null && actor.local() ? actor : null;
  }
}
