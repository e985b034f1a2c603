package org.placette.post;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.CollectionReader;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;

/**
 * Add and Remove of a moderator of another server's group (FEP-1b12; Lemmy, PieFed, Mbin). What
 * counts is the group's own collection, which is read anew.
 */
public final class ModeratorInbox implements ActivityHandler {

  private static final int MOST = 200;

  private final Actors actors;
  private final CollectionReader collections;

  public ModeratorInbox(Actors actors, CollectionReader collections) {
    this.actors = actors;
    this.collections = collections;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(
        new Kind("Add", "*"), new Kind("Remove", "*"), new Kind("Add", ""), new Kind("Remove", ""));
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var target = received.activity().ref("target");
    var group = target == null ? null : group(target);
    if (group == null || target == null) return null;
    var named = named(target, received.budget());
    var actor = received.actor().uri();
    if (!named.contains(actor) && !AsObject.sameOrigin(actor, group.uri()))
      throw new Refused("not-a-moderator");
    return tx -> ModeratorStore.keep(tx, group.id(), named);
  }

  /** The group elsewhere whose moderators these are; null when it is not known here. */
  private @Nullable Actor group(String target) {
    if (!target.endsWith("/moderators")) return null;
    var group = actors.byUri(target.substring(0, target.lastIndexOf('/')));
    return group != null && !group.local() && group.isType("Group") ? group : null;
  }

  private Set<String> named(String collection, Budget budget) {
    var key = actors.signingKey(actors.relay());
    Set<String> named = new LinkedHashSet<>();
    for (var one : collections.items(collection, key, MOST, budget).items())
      if (one.id() != null) named.add(one.id());
    return named;
  }
}
