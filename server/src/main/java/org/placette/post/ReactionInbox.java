package org.placette.post;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;

/** Like and EmojiReact, the Undo of these and of Announce, and pins (Add, Remove to featured). */
public final class ReactionInbox implements ActivityHandler {

  private static final int REACTION = 100;

  private final Db db;
  private final RemotePosts remote;

  public ReactionInbox(Db db, RemotePosts remote) {
    this.db = db;
    this.remote = remote;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(
        new Kind("Like", "*"),
        new Kind("EmojiReact", "*"),
        new Kind("Dislike", "*"),
        new Kind("Undo", "Like"),
        new Kind("Undo", "EmojiReact"),
        new Kind("Undo", "Announce"),
        new Kind("Undo", ""),
        new Kind("Add", "*"),
        new Kind("Remove", "*"));
  }

  @Override
  public @Nullable Effect verify(Received received) {
    return switch (received.activity().type()) {
      case "Like", "EmojiReact" -> like(received);
      case "Undo" -> undo(received);
      case "Add", "Remove" -> featured(received);
      // A Dislike is understood and shown nowhere.
      default -> Effect.NONE;
    };
  }

  private Effect like(Received received) {
    var id = received.object().id();
    if (id == null) throw new Refused("no-object-id");
    var post = PostStore.byUri(db, id);
    if (post == null) return Effect.NONE;
    var activity = received.activity();
    var actor = received.actor();
    var uri = idOf(activity, actor.uri(), id);
    var content = activity.text("content");
    var reaction =
        PostReader.plain(content == null ? activity.text("_misskey_reaction") : content, REACTION);
    var published = clamped(activity.time("published"), received.at());
    return tx -> {
      if (ReactionStore.like(tx, actor.id(), post.id(), uri, reaction, published))
        NotificationStore.tell(tx, post.actorId(), Type.Like, actor.id(), post.id());
    };
  }

  /** The activity's id, or one made up for those who send none. */
  static String idOf(AsObject activity, String actor, String object) {
    var id = PostReader.web(activity.id());
    return id != null ? id : actor + "#" + activity.type() + "-" + object;
  }

  static Instant clamped(@Nullable Instant published, Instant at) {
    return published == null || published.isAfter(at) ? at : published;
  }

  private @Nullable Effect undo(Received received) {
    var undone = received.object();
    var actor = received.actor();
    var doer = undone.ref("actor");
    if (doer != null && !doer.equals(actor.uri())) throw new Refused("not-the-actor");
    var like = find(undone, actor.id(), true);
    if (like != null) {
      if (like.actorId() != actor.id()) throw new Refused("not-the-actor");
      return tx -> unlike(tx, like);
    }
    var announce = find(undone, actor.id(), false);
    if (announce != null) {
      if (announce.actorId() != actor.id()) throw new Refused("not-the-actor");
      return tx -> unannounce(tx, announce);
    }
    // Unknown: another handler's, or still on its way, which the inbox remembers.
    return null;
  }

  private ReactionStore.@Nullable Reaction find(AsObject undone, long actor, boolean like) {
    var id = undone.id();
    if (id != null) {
      var found = like ? ReactionStore.likeByUri(db, id) : ReactionStore.announceByUri(db, id);
      if (found != null) return found;
    }
    var wanted = like ? undone.is("Like", "EmojiReact") : undone.is("Announce");
    var object = undone.ref("object");
    if (!wanted || object == null) return null;
    var post = PostStore.byUri(db, object);
    if (post == null) return null;
    return like
        ? ReactionStore.likeOf(db, actor, post.id())
        : ReactionStore.announceOf(db, actor, post.id());
  }

  private static void unlike(Tx tx, ReactionStore.Reaction like) {
    if (!ReactionStore.unlike(tx, like.actorId(), like.postId())) return;
    var post = PostStore.byId(tx, like.postId());
    if (post != null)
      NotificationStore.untell(tx, post.actorId(), Type.Like, like.actorId(), post.id());
  }

  private static void unannounce(Tx tx, ReactionStore.Reaction announce) {
    if (!ReactionStore.unannounce(tx, announce.actorId(), announce.postId())) return;
    var post = PostStore.byId(tx, announce.postId());
    if (post != null)
      NotificationStore.untell(tx, post.actorId(), Type.Announce, announce.actorId(), post.id());
  }

  /** Those who care for a Group elsewhere pin what was posted there (FEP-1b12). */
  private @Nullable Effect pinned(Received received, String target) {
    var id = received.object().id();
    var post = id == null ? null : PostStore.byUri(db, id);
    if (post == null) return null;
    var group = remote.audience(post);
    // Moderators and other collections are somebody else's matter.
    if (group == null || group.local() || !target.equals(group.featured())) return null;
    if (!ModeratorStore.moderates(db, group, received.actor()))
      throw new Refused("not-a-moderator");
    var add = received.activity().is("Add");
    return tx -> {
      if (add) ReactionStore.feature(tx, group.id(), post.id());
      else ReactionStore.unfeature(tx, group.id(), post.id());
    };
  }

  private @Nullable Effect featured(Received received) {
    var actor = received.actor();
    var target = received.activity().ref("target");
    if (target == null) return null;
    if (!target.equals(actor.featured())) return pinned(received, target);
    var id = received.object().id();
    if (id == null) throw new Refused("no-object-id");
    if (!AsObject.sameOrigin(id, actor.uri())) throw new Refused("foreign-object");
    var add = received.activity().is("Add");
    var post = add ? remote.resolve(id, received.budget()) : PostStore.byUri(db, id);
    if (post == null) return Effect.NONE;
    if (post.actorId() != actor.id()) throw new Refused("not-the-author");
    return tx -> {
      if (add) ReactionStore.feature(tx, actor.id(), post.id());
      else ReactionStore.unfeature(tx, actor.id(), post.id());
    };
  }
}
