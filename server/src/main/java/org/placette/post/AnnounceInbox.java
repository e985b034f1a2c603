package org.placette.post;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.actor.KeyLookup;
import org.placette.db.Db;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;

/**
 * Announce in its two meanings: of an object (a boost, or a relay that makes an event known) and of
 * an activity (FEP-1b12: a group passes on what its members did); and Add of an activity to a
 * conversation, by whoever keeps that (FEP-171b: Hubzilla, Forte). What is embedded is believed
 * only when it is of the announcer's own origin, or is for the members of a Group and bears its
 * author's proof; anything else is asked for at its own.
 */
public final class AnnounceInbox implements ActivityHandler {

  private static final int MOST = 20;
  private static final Set<String> ACTIVITIES =
      Set.of(
          "Announce",
          "Create",
          "Update",
          "Delete",
          "Like",
          "EmojiReact",
          "Dislike",
          "Undo",
          "Add",
          "Remove",
          "Join",
          "Leave",
          "Lock",
          "Move",
          "Block");

  /** Gives an activity to whoever handles it, as if it had been delivered. */
  @FunctionalInterface
  public interface Reentry {
    @Nullable Effect verify(Received inner);
  }

  private final Db db;
  private final Actors actors;
  private final KeyLookup keys;
  private final RemotePosts remote;
  private final Reentry reentry;

  /**
   * @param keys verifies the proofs of what is passed on
   */
  public AnnounceInbox(Db db, Actors actors, KeyLookup keys, RemotePosts remote, Reentry reentry) {
    this.keys = keys;
    this.db = db;
    this.actors = actors;
    this.remote = remote;
    this.reentry = reentry;
  }

  @Override
  public Set<Kind> kinds() {
    Set<Kind> kinds = new HashSet<>(Set.of(new Kind("Announce", "*")));
    for (var type : ACTIVITIES) kinds.add(new Kind("Add", type));
    return Set.copyOf(kinds);
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var several = received.activity().objects("object");
    if (several.size() > 1) return each(received, several);
    return one(received, received.object());
  }

  /** PieFed announces a list at once: what is refused of it takes nothing from the others. */
  private @Nullable Effect each(Received received, List<AsObject> several) {
    List<Effect> effects = new ArrayList<>();
    Refused last = null;
    for (var object : several.subList(0, Math.min(MOST, several.size()))) {
      try {
        var effect = one(received, object);
        if (effect != null) effects.add(effect);
      } catch (Refused e) {
        last = e;
      }
    }
    if (effects.isEmpty() && last != null) throw last;
    return effects.isEmpty()
        ? null
        : tx -> {
          for (var effect : effects) effect.receive(tx);
        };
  }

  private @Nullable Effect one(Received received, AsObject object) {
    if (object.types().stream().anyMatch(ACTIVITIES::contains)) return wrapped(received, object);
    var id = object.id();
    if (id == null) throw new Refused("no-object-id");
    return boost(received, id);
  }

  private Effect boost(Received received, String id) {
    var known = PostStore.byUri(db, id);
    if (known != null) {
      check(received, known.visibility(), known.actorId());
      return tx -> announce(tx, received, id, true);
    }
    if (actors.urls().isOurs(id) || PostStore.isDeleted(db, id)) return Effect.NONE;
    var incoming = remote.fetch(id, received.budget());
    var draft = incoming.draft();
    check(received, draft.addressing().visibility(), draft.actorId());
    var above = remote.ancestors(incoming, received.budget());
    return tx -> {
      for (var one : above) {
        var unused = Arrivals.store(tx, one, false);
      }
      var unused = Arrivals.store(tx, incoming, false);
      announce(tx, received, draft.uri(), true);
    };
  }

  /** What is not public may be announced by its author alone. */
  private static void check(Received received, Visibility visibility, long author) {
    if (visibility.open()) return;
    if (visibility != Visibility.FOLLOWERS || author != received.actor().id())
      throw new Refused("not-public");
  }

  private static void announce(org.placette.db.Tx tx, Received received, String id, boolean news) {
    // Whoever keeps a conversation says what belongs to it, not that it is worth reading.
    if (received.activity().is("Add") && !received.actor().isType("Group")) return;
    var post = PostStore.byUri(tx, id);
    if (post == null) return;
    var activity = received.activity();
    var actor = received.actor();
    var uri = ReactionInbox.idOf(activity, actor.uri(), id);
    var published = ReactionInbox.clamped(activity.time("published"), received.at());
    var followers = actor.followers() == null ? "" : actor.followers();
    var to = Visibility.of(activity, followers);
    // Some relays and groups address nobody: they announce to whoever follows them.
    if (to == Visibility.DIRECT)
      to =
          activity.addressed("to", "cc", "audience").isEmpty()
              ? Visibility.PUBLIC
              : Visibility.FOLLOWERS;
    if (ReactionStore.announce(tx, actor.id(), post.id(), uri, published, to) && news)
      NotificationStore.tell(tx, post.actorId(), Type.Announce, actor.id(), post.id());
  }

  private @Nullable Effect wrapped(Received received, AsObject inner) {
    var doer = inner.ref("actor");
    if (doer == null) throw new Refused("no-inner-actor");
    var about = inner.target("object");
    var id = about == null ? null : about.id();
    // Our own activity comes back from the group that it was sent to.
    if (actors.urls().isOurs(doer)) return shared(received, inner, id, Effect.NONE);
    if (AsObject.sameOrigin(doer, received.actor().uri())) {
      var actor = actors.resolve(doer, received.budget());
      if (actor.suspended() || actor.deleted()) throw new Refused("no-inner-actor");
      var again = new Received(inner, actor, received.at(), received.budget().deeper());
      return shared(received, inner, id, reentry.verify(again));
    }
    if (id == null) throw new Refused("no-object-id");
    return switch (inner.type()) {
      case "Create", "Update" -> elsewhere(received, inner, id);
      case "Delete" -> deletedElsewhere(received, id);
      default -> refetched(received, inner);
    };
  }

  /** The announcer's own mark on a new topic, after what the inner activity does. */
  private static @Nullable Effect shared(
      Received received, AsObject inner, @Nullable String id, @Nullable Effect effect) {
    if (effect == null) return null;
    var about = inner.object("object");
    var topic = inner.is("Create") && (about == null || about.raw("inReplyTo") == null);
    if (id == null || !topic) return effect;
    return tx -> {
      effect.receive(tx);
      announce(tx, received, id, false);
    };
  }

  private Effect elsewhere(Received received, AsObject inner, String id) {
    var stored = PostStore.byUri(db, id);
    if (stored != null && inner.is("Create"))
      return tx -> {
        if (stored.inReplyTo() == null) announce(tx, received, id, false);
      };
    if (PostStore.isDeleted(db, id)) return Effect.NONE;
    var proven = proven(received, inner, id);
    var incoming = proven == null ? remote.fetch(id, received.budget()) : proven;
    if (stored != null && stored.actorId() != incoming.draft().actorId())
      throw new Refused("not-the-author");
    var above = remote.ancestors(incoming, received.budget());
    return tx -> {
      for (var one : above) {
        var unused = Arrivals.store(tx, one, false);
      }
      if (Arrivals.store(tx, incoming, true) == null) {
        var draft = incoming.draft();
        var changed = draft.updated() == null ? draft.at(draft.url(), received.at()) : draft;
        var unused = remote.change(tx, incoming.as(changed));
      }
      if (incoming.draft().inReplyTo() == null)
        announce(tx, received, incoming.draft().uri(), false);
    };
  }

  /** What is for the members of a Group alone is believed by its author's own proof. */
  private @Nullable Incoming proven(Received received, AsObject inner, String id) {
    var doer = inner.ref("actor");
    var object = inner.object("object");
    if (doer == null || object == null || inner.isPublicIn("to", "cc", "audience")) return null;
    if (!AsObject.sameOrigin(id, doer) || !object.refs("attributedTo").contains(doer)) return null;
    if (PostReader.typeOf(object) == null || PostReader.isVote(object)) return null;
    if (!keys.isProven(inner.json(), doer)) return null;
    var author = actors.resolve(doer, received.budget());
    if (author.suspended() || author.deleted()) throw new Refused("suspended-author");
    return remote.entrusted(object, inner, author, received);
  }

  private Effect deletedElsewhere(Received received, String id) {
    var stored = PostStore.byUri(db, id);
    if (stored == null || actors.urls().isOurs(id)) return Effect.NONE;
    try {
      var unused = remote.fetch(id, received.budget());
    } catch (FetchProblem e) {
      if (e.reason() == FetchProblem.Reason.GONE || e.reason() == FetchProblem.Reason.NOT_FOUND)
        return tx -> PostStore.delete(tx, stored);
      throw e;
    } catch (Refused e) {
      // What is there now is no post any more: a Tombstone.
      if (e.reason().equals("no-post")) return tx -> PostStore.delete(tx, stored);
    }
    throw new Refused("not-deleted-at-its-origin");
  }

  private @Nullable Effect refetched(Received received, AsObject inner) {
    var id = inner.id();
    if (id == null) throw new Refused("unproven-inner-activity");
    var proven = remote.document(id, received.budget());
    var doer = proven.ref("actor");
    if (doer == null || !AsObject.sameOrigin(doer, proven.id()))
      throw new Refused("unproven-inner-activity");
    var actor = actors.resolve(doer, received.budget());
    if (actor.suspended() || actor.deleted() || actor.local()) throw new Refused("no-inner-actor");
    return reentry.verify(new Received(proven, actor, received.at(), received.budget().deeper()));
  }
}
