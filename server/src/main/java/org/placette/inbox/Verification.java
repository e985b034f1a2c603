package org.placette.inbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.KeyRefused;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.signature.SigningKey;
import org.placette.federation.vocab.AsObject;
import org.placette.federation.vocab.JsonProblem;

/** From a stored activity to what it does: its author, its handler, its effect. */
final class Verification {

  private final Actors actors;
  private final Dispatch dispatch;
  private final Refusals refusals;
  private final Dereferencer documents;
  private final Supplier<SigningKey> ownKey;
  private final RemoteLookup remote;

  /** Gives a remote actor, asked at its id when it is not known. */
  @FunctionalInterface
  interface RemoteLookup {
    Actor find(String uri, Budget budget);
  }

  Verification(
      Actors actors,
      Dispatch dispatch,
      Refusals refusals,
      Dereferencer documents,
      Supplier<SigningKey> ownKey,
      RemoteLookup remote) {
    this.actors = actors;
    this.dispatch = dispatch;
    this.refusals = refusals;
    this.documents = documents;
    this.ownKey = ownKey;
    this.remote = remote;
  }

  /**
   * What the activity does; nothing when it is refused, which is counted here.
   *
   * @throws RuntimeException when something is missing that may be there later
   */
  Effect verify(Entry entry) {
    try {
      var received = entry.trusted() ? trusted(entry) : fromOrigin(entry);
      if (received == null) return Effect.NONE;
      var effect = dispatch.verify(received);
      if (effect != null) return effect;
      return received.activity().is("Undo") ? undone(received) : Effect.NONE;
    } catch (Refused refused) {
      refused(entry, refused.reason());
    } catch (JsonProblem damaged) {
      refused(entry, "unreadable");
    } catch (FetchProblem e) {
      if (isPassing(e)) throw e;
      refused(entry, "fetch-" + e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    } catch (KeyRefused e) {
      if (isPassing(e)) throw e;
      refused(entry, "actor-" + e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return Effect.NONE;
  }

  /** An Undo of something that nobody knows: it may still be on its way. */
  private static Effect undone(Received received) {
    var target = received.object();
    if (target.id() == null || !AsObject.sameOrigin(target.id(), received.actor().uri())) {
      return Effect.NONE;
    }
    return tx -> InboxStore.undo(tx, target, received.actor().uri());
  }

  void refused(Entry entry, String reason) {
    String type;
    try {
      type = entry.activity().type();
    } catch (JsonProblem e) {
      type = null;
    }
    refusals.count(reason, host(entry.actorUri()), type);
  }

  private @Nullable Received trusted(Entry entry) {
    var actor = actors.byUri(entry.actorUri());
    if (actor == null || actor.local() || actor.suspended() || actor.deleted()) return null;
    return new Received(entry.activity(), actor, entry.received(), Budget.perActivity());
  }

  /**
   * Somebody passed on what another wrote. Only the id is believed: what it names is asked at its
   * own origin, and that answer takes the place of what was sent.
   */
  private @Nullable Received fromOrigin(Entry entry) {
    var sent = entry.activity();
    var id = sent.ref("object");
    if (id == null || !AsObject.sameOrigin(id, entry.actorUri())) {
      throw new Refused("forwarded-not-proven");
    }
    var budget = Budget.perActivity();
    if (sent.is("Delete")) return forwardedDelete(entry, id, budget);
    if (!sent.is("Create", "Update")) throw new Refused("forwarded-not-proven");
    var found = documents.fetch(id, ownKey.get(), budget);
    var author = found.ref("attributedTo");
    if (author == null || !author.equals(entry.actorUri()))
      throw new Refused("forwarded-author-differs");
    var actor = remote.find(author, budget);
    if (actor.local() || actor.suspended() || actor.deleted()) return null;
    var activity = rebuilt(sent.type(), entry, found);
    return new Received(activity, actor, entry.received(), budget);
  }

  private @Nullable Received forwardedDelete(Entry entry, String id, Budget budget) {
    var actor = actors.byUri(entry.actorUri());
    if (actor == null || actor.local()) return null;
    try {
      if (!documents.fetch(id, ownKey.get(), budget).is("Tombstone")) {
        throw new Refused("forwarded-delete-of-what-is-there");
      }
    } catch (FetchProblem e) {
      if (e.reason() != FetchProblem.Reason.GONE && e.reason() != FetchProblem.Reason.NOT_FOUND) {
        throw e;
      }
    }
    return new Received(
        rebuilt("Delete", entry, AsObject.ofId(id)), actor, entry.received(), budget);
  }

  private static AsObject rebuilt(String type, Entry entry, AsObject object) {
    var activity = JsonNodeFactory.instance.objectNode();
    activity.put("id", entry.activityUri()).put("type", type).put("actor", entry.actorUri());
    for (var key : new String[] {"to", "cc"}) {
      var value = object.raw(key);
      if (value != null) activity.set(key, value);
    }
    activity.set("object", object.json());
    return new AsObject(activity);
  }

  /** True when the same may work later, and nobody has to look at it. */
  static boolean isPassing(Throwable failure) {
    return failure instanceof FetchProblem fetch && fetch.reason().isPassing()
        || failure instanceof KeyRefused key && key.isPassing();
  }

  /** The host of an id, with its port if it has one; null when it has none. */
  static @Nullable String host(String uri) {
    try {
      var authority = URI.create(uri).getAuthority();
      return authority == null ? null : Objects.requireNonNull(authority).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
