package org.placette.moderation;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
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
    return tx -> blocks.received(tx, blocker, target, uri);
  }

  private @Nullable Effect undo(Received received) {
    var block = received.object();
    var blocker = received.actor().id();
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
