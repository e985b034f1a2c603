package org.placette.instance;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Urls;
import org.placette.audit.Audit;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.fetch.NodeInfo;
import org.placette.federation.fetch.WebUrl;
import org.placette.follow.FollowRules;
import org.placette.follow.Follows;
import org.placette.outbox.Peers;
import org.placette.web.Problem;

/**
 * Neighbouring servers: our relay follows their own actor, theirs follows our relay or our Group.
 * Works in the server and in a command beside it alike: what cannot be done at once stays in the
 * table, and the running server does it.
 */
public final class Neighbours implements FollowRules {

  private static final Logger LOG = Logger.getLogger(Neighbours.class.getName());

  /** Names of instance actors, where NodeInfo does not link to one (FEP-2677). */
  private static final List<String> NAMES = List.of("relay", "events");

  private static final int FETCHES_TO_FIND_ONE = 10;

  private final Db db;
  private final Actors actors;
  private final Follows follows;
  private final Instance instance;
  private final Peers peers;
  private final NodeInfo nodeInfo;
  private final Predicate<String> blocked;

  /**
   * @param blocked whether a host is blocked
   */
  public Neighbours(
      Db db,
      Actors actors,
      Follows follows,
      Instance instance,
      Peers peers,
      NodeInfo nodeInfo,
      Predicate<String> blocked) {
    this.db = db;
    this.actors = actors;
    this.follows = follows;
    this.instance = instance;
    this.peers = peers;
    this.nodeInfo = nodeInfo;
    this.blocked = blocked;
  }

  /**
   * A neighbour as people see it.
   *
   * @param software what it runs; "" when not known
   * @param weFollow none, pending or accepted
   * @param theyFollow none, pending or accepted
   * @param problem why it could not be reached or found; null when all is well
   */
  public record Line(
      String host,
      String software,
      String weFollow,
      String theyFollow,
      boolean added,
      @Nullable String problem) {}

  /** What became of an attempt to add a neighbour. */
  public enum Added {
    /** Its actor is followed, or asked. */
    ASKED,
    /** It accepted already. */
    ACCEPTED,
    /** It does not answer now; the running server goes on trying. */
    LATER
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("setting", "retention.setting"),
        Retention.Table.owned("neighbour", "retention.neighbour"));
  }

  /**
   * Makes a host a neighbour: finds its own actor, follows it with our relay, and lets it follow
   * us, if it asked before.
   *
   * @throws Problem.BadRequest when it is no host, our own, or blocked
   * @throws Problem.NotFound when it answers and has no actor to follow
   */
  public Added add(String text) {
    return add(text, null);
  }

  /**
   * The same by somebody.
   *
   * @param by their actor; null for the command line
   */
  public Added add(String text, @Nullable Long by) {
    var host = host(text);
    if (host.equals(actors.urls().host())) throw new Problem.BadRequest("This is our own address.");
    if (blocked.test(host)) throw new Problem.BadRequest(host + " is blocked here.");
    db.transact(
        tx -> {
          NeighbourStore.add(tx, host);
          Audit.write(tx, by, "neighbour.add", null, host, "");
        });
    try {
      var actor = connect(host);
      var follow = follows.between(actors.relay(), actor);
      return follow != null && follow.accepted() ? Added.ACCEPTED : Added.ASKED;
    } catch (FetchProblem e) {
      LOG.log(Level.INFO, "neighbour {0}: {1}", new Object[] {host, e.getMessage()});
      if (e.reason().isPassing()) return Added.LATER;
      NeighbourStore.postpone(db, host, String.valueOf(e.getMessage()), Duration.ZERO, true);
      throw new Problem.NotFound();
    }
  }

  /** Finds, follows and lets in. */
  Actor connect(String host) {
    var actor = find(host);
    var relay = actors.relay();
    var ours = List.of(relay, actors.village());
    db.transact(
        tx -> {
          NeighbourStore.found(tx, host, actor.id());
          var follow = follows.follow(tx, relay, actor);
          if (follow.accepted()) NeighbourStore.wantBackfill(tx, host);
          for (var id :
              NeighbourStore.askers(tx, host, ours.getFirst().id(), ours.getLast().id())) {
            letIn(tx, id, ours);
          }
        });
    peers.learn(List.of(host));
    return actor;
  }

  private void letIn(Tx tx, long followerId, List<Actor> ours) {
    var follower = actors.byId(tx, followerId);
    if (follower == null) return;
    for (var target : ours) {
      if (follows.between(tx, follower, target) != null) follows.accept(tx, target, follower);
    }
  }

  /** The host's own actor: by NodeInfo, else by the names that such actors go by. */
  private Actor find(String host) {
    var budget = new Budget(FETCHES_TO_FIND_ONE);
    FetchProblem problem;
    try {
      var id = nodeInfo.lookup(host).applicationActorId();
      if (id != null) return alive(actors.resolve(id, budget));
      problem = new FetchProblem(Reason.NOT_FOUND, host + " names no actor of its own");
    } catch (FetchProblem e) {
      if (e.reason().isPassing() && e.reason() != Reason.STATUS) throw e;
      problem = e;
    }
    for (var name : NAMES) {
      try {
        return alive(actors.byHandle(name + "@" + host, budget));
      } catch (FetchProblem e) {
        if (e.reason().isPassing()) problem = e;
      }
    }
    throw problem;
  }

  private static Actor alive(Actor actor) {
    if (!actor.suspended() && !actor.deleted()) return actor;
    throw new FetchProblem(Reason.GONE, actor.uri() + " is suspended here");
  }

  /**
   * Ends following both ways and forgets the host.
   *
   * @return false when it was no neighbour
   */
  public boolean remove(String text) {
    return remove(text, null);
  }

  /**
   * The same by somebody.
   *
   * @param by their actor; null for the command line
   */
  public boolean remove(String text, @Nullable Long by) {
    var host = host(text);
    var relay = actors.relay();
    var village = actors.village();
    return db.inTransaction(
        tx -> {
          var neighbour = NeighbourStore.get(tx, host);
          if (neighbour == null) return false;
          var id = neighbour.actorId();
          var actor = id == null ? null : actors.byId(tx, id);
          if (actor != null) {
            follows.sever(tx, relay, actor);
            follows.sever(tx, village, actor);
          }
          Audit.write(tx, by, "neighbour.remove", null, host, "");
          return NeighbourStore.remove(tx, host);
        });
  }

  /**
   * Lets in whoever of a host asked to follow us.
   *
   * @return false when nobody of it waits
   */
  public boolean accept(String host, long by) {
    return answer(host, by, true);
  }

  /**
   * Says no to whoever of a host asked to follow us; a host that only asked is forgotten.
   *
   * @return false when nobody of it waits
   */
  public boolean refuse(String host, long by) {
    return answer(host, by, false);
  }

  private boolean answer(String host, long by, boolean yes) {
    var ours = List.of(actors.relay(), actors.village());
    return db.inTransaction(
        tx -> {
          var answered = false;
          for (var id :
              NeighbourStore.askers(tx, host, ours.getFirst().id(), ours.getLast().id())) {
            var follower = actors.byId(tx, id);
            if (follower == null) continue;
            for (var target : ours) {
              var follow = follows.between(tx, follower, target);
              if (follow == null || follow.accepted()) continue;
              if (yes) follows.accept(tx, target, follower);
              else follows.reject(tx, target, follower);
              answered = true;
            }
          }
          if (!answered) return false;
          if (!yes) NeighbourStore.forgetAsker(tx, host);
          var action = yes ? "neighbour.accept" : "neighbour.refuse";
          Audit.write(tx, by, action, null, host, "");
          return true;
        });
  }

  /** Every neighbour and everybody who asked to be one, by host. */
  public List<Line> list() {
    return NeighbourStore.list(db, actors.relay().id(), actors.village().id()).stream()
        .map(
            line -> {
              var one = line.neighbour();
              var peer = peers.peer(one.host());
              var software = peer == null ? null : peer.software();
              return new Line(
                  one.host(),
                  Objects.requireNonNullElse(software, ""),
                  line.weFollow(),
                  line.theyFollow(),
                  one.added(),
                  one.problem());
            })
        .toList();
  }

  private static String host(String text) {
    try {
      var name = text.strip();
      if (name.contains("://")) return WebUrl.parse(name).getRawAuthority();
      return WebUrl.host(name.startsWith("@") ? name.substring(name.lastIndexOf('@') + 1) : name);
    } catch (FetchProblem e) {
      throw new Problem.BadRequest("This is no host: " + text);
    }
  }

  /** Servers ask by the policy; people and groups by the target's own wish. */
  @Override
  public boolean acceptsAtOnce(Tx tx, Actor follower, Actor target) {
    if (!isServerFollowingUs(follower, target)) return !target.manuallyApprovesFollowers();
    return switch (instance.neighbourPolicy(tx)) {
      case ALL -> true;
      case ASK -> false;
      case KNOWN -> {
        var host = follower.host();
        var known = host == null ? null : NeighbourStore.get(tx, host);
        yield known != null && known.added();
      }
    };
  }

  private boolean isServerFollowingUs(Actor follower, Actor target) {
    return !follower.local()
        && follower.isType("Application")
        && (isRelay(target) || target.uri().equals(actors.urls().group(Urls.VILLAGE)));
  }

  // By id: asking for the actor itself could want a second connection inside a transaction.
  private boolean isRelay(Actor actor) {
    return actor.uri().equals(actors.urls().relay());
  }

  @Override
  public void requested(Tx tx, Actor follower, Actor target) {
    var host = follower.host();
    if (host != null && isServerFollowingUs(follower, target)) {
      NeighbourStore.asked(tx, host, follower.id());
    }
  }

  @Override
  public void accepted(Tx tx, Actor follower, Actor target) {
    var theirs = follower.host();
    if (theirs != null && isServerFollowingUs(follower, target)) {
      NeighbourStore.asked(tx, theirs, follower.id());
      NeighbourStore.wantReplay(tx, theirs);
    }
    var host = target.host();
    if (host != null && isRelay(follower)) {
      NeighbourStore.problem(tx, host, null);
      NeighbourStore.wantBackfill(tx, host);
    }
  }

  @Override
  public void rejected(Tx tx, Actor follower, Actor target) {
    var host = target.host();
    if (host != null && isRelay(follower)) {
      NeighbourStore.problem(tx, host, "refused");
    }
  }
}
