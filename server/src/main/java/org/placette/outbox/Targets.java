package org.placette.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.placette.actor.Actor;
import org.placette.db.Tx;

/** Whose inboxes an audience means, each once, with what its host understands. */
public final class Targets {

  private final Peers peers;

  public Targets(Peers peers) {
    this.peers = peers;
  }

  /**
   * The inboxes of everybody elsewhere who follows one of these local actors: one per host where
   * the host has a shared inbox.
   */
  public List<Target> followersOf(Tx tx, Collection<Long> actorIds) {
    return actorIds.isEmpty() ? List.of() : targets(tx, PeerStore.followers(tx, actorIds), false);
  }

  /**
   * The own inboxes of everybody elsewhere who follows a Group: for what its members alone read.
   */
  public List<Target> membersOf(Tx tx, long group) {
    return targets(tx, PeerStore.followers(tx, List.of(group)), true);
  }

  /** Likewise, and these actors besides: for a post that mentions people. */
  public List<Target> followersAnd(
      Tx tx, Collection<Long> followedActorIds, Collection<Actor> others) {
    Map<String, Target> distinct = new LinkedHashMap<>();
    for (var target : followersOf(tx, followedActorIds)) distinct.put(target.inbox(), target);
    for (var target : of(tx, others)) distinct.putIfAbsent(target.inbox(), target);
    return List.copyOf(distinct.values());
  }

  /** The shared or own inboxes of these actors, those of this server left out. */
  public List<Target> of(Tx tx, Collection<Actor> actors) {
    var ids = remote(actors);
    return ids.isEmpty() ? List.of() : targets(tx, PeerStore.actors(tx, ids), false);
  }

  /** The own inboxes of these actors: for what nobody else on their host is told. */
  public List<Target> personal(Tx tx, Collection<Actor> actors) {
    var ids = remote(actors);
    return ids.isEmpty() ? List.of() : targets(tx, PeerStore.actors(tx, ids), true);
  }

  private static List<Long> remote(Collection<Actor> actors) {
    return actors.stream().filter(actor -> !actor.local()).map(Actor::id).distinct().toList();
  }

  private List<Target> targets(Tx tx, List<PeerStore.Found> found, boolean personal) {
    Map<String, Target> distinct = new LinkedHashMap<>();
    Set<String> unknown = new LinkedHashSet<>();
    for (var one : found) {
      var shared = one.sharedInbox();
      // WordPress looks for the followed actor's name in the path.
      var own = personal || one.receiver() == Receiver.WORDPRESS;
      var inbox = own || shared == null ? one.inbox() : shared;
      distinct.putIfAbsent(inbox, Target.of(inbox, one.receiver(), one.boards()));
      if (!one.known()) unknown.add(one.host());
    }
    if (!unknown.isEmpty()) tx.afterCommit(() -> peers.learn(unknown));
    return new ArrayList<>(distinct.values());
  }
}
