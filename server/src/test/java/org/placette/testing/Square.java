package org.placette.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.KeyLookup;
import org.placette.actor.KeyRing;
import org.placette.actor.Urls;
import org.placette.body.Bodies;
import org.placette.care.Consequences;
import org.placette.care.FlagInbox;
import org.placette.care.Measures;
import org.placette.care.Reports;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.event.EventSide;
import org.placette.event.Events;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.NodeInfo;
import org.placette.federation.fetch.SignedHttp;
import org.placette.federation.fetch.WebFinger;
import org.placette.federation.vocab.AsObject;
import org.placette.follow.ActorInbox;
import org.placette.follow.FollowInbox;
import org.placette.follow.Follows;
import org.placette.follow.Profiles;
import org.placette.group.Groups;
import org.placette.group.Theme;
import org.placette.inbox.Dispatch;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;
import org.placette.instance.Backfill;
import org.placette.instance.Instance;
import org.placette.instance.Neighbours;
import org.placette.mail.Mailer;
import org.placette.moderation.BlockInbox;
import org.placette.moderation.Blocks;
import org.placette.moderation.DomainPolicy;
import org.placette.outbox.Outbox;
import org.placette.outbox.Peers;
import org.placette.outbox.Receiver;
import org.placette.outbox.Targets;
import org.placette.poll.Polls;
import org.placette.poll.VoteInbox;
import org.placette.post.AnnounceInbox;
import org.placette.post.CarersVoice;
import org.placette.post.GroupVoice;
import org.placette.post.PersonalNotes;
import org.placette.post.PostInbox;
import org.placette.post.Posts;
import org.placette.post.ReactionInbox;
import org.placette.post.Reactions;
import org.placette.post.RemotePosts;
import org.placette.post.Takedown;
import org.placette.quote.QuoteInbox;
import org.placette.quote.Quotes;
import org.placette.role.Role;
import org.placette.role.Roles;
import org.placette.rsvp.EventNews;
import org.placette.rsvp.EventNotices;
import org.placette.rsvp.GoneEvents;
import org.placette.rsvp.Guests;
import org.placette.rsvp.Notices;
import org.placette.rsvp.Organisers;
import org.placette.rsvp.ReplyDoor;
import org.placette.rsvp.RsvpInbox;
import org.placette.rsvp.RsvpLetters;
import org.placette.rsvp.Rsvps;
import org.placette.rsvp.VoteDoor;
import org.placette.thread.LockInbox;
import org.placette.thread.MoveInbox;
import org.placette.thread.Topics;

/**
 * A small village without a web server: its features on a real database, and a fake neighbour. What
 * is received is dispatched as the inbox does it; what is sent stays in the tables to be looked at.
 */
public final class Square implements AutoCloseable {

  /** Where the key that seals keys lies; each process has its own. */
  private static final Path DATA =
      Path.of("target", "test-square-" + Long.getLong("placette.fork", 0));

  public static final ObjectMapper JSON = new ObjectMapper();

  public final Vertx vertx = Vertx.vertx();
  public final Db db;
  public final FakeInstance peer = new FakeInstance(vertx);
  public final Actors actors;
  public final Peers peers;
  public final Targets targets;
  public final Outbox outbox;
  public final RemotePosts remote;
  public final Posts posts;
  public final Quotes quotes;
  public final Reactions reactions;
  public final Polls polls;
  public final Groups groups;
  public final Topics topics;
  public final Events events;
  public final Rsvps rsvps;
  public final Organisers organisers;
  public final Guests guests;
  public final ReplyDoor replies;
  public final EventNews news;
  public final EventNotices notices;
  public final GoneEvents gone;
  public final Dispatch dispatch = new Dispatch();
  public final Instance instance;
  public final DomainPolicy domains;
  public final Follows follows;
  public final Blocks blocks;
  public final Measures measures;
  public final Reports reports;
  public final Takedown takedown;
  public final Neighbours neighbours;
  public final Backfill backfill;

  public Square(Db db) {
    this.db = db;
    var http = new GuardedHttp(vertx, FakeInstance.rules());
    var dereferencer = new Dereferencer(new SignedHttp(http));
    actors =
        new Actors(
            vertx,
            db,
            new Urls("https", "fleurs.example"),
            KeyRing.open(DATA),
            dereferencer,
            new WebFinger(http));
    actors.found("Quartier des Fleurs");
    var nodeInfo = new NodeInfo(http);
    domains = new DomainPolicy(db);
    instance = new Instance(db);
    peers = new Peers(db, nodeInfo, domains);
    targets = new Targets(peers);
    outbox = new Outbox(db, actors, domains, () -> {});
    follows = new Follows(db, actors, outbox);
    blocks = new Blocks(db, actors, follows, outbox);
    neighbours = new Neighbours(db, actors, follows, instance, peers, nodeInfo, domains);
    follows.rules(neighbours);
    backfill = new Backfill(db, actors, dispatch, dereferencer);
    remote =
        new RemotePosts(
            db,
            actors,
            dereferencer,
            List.of(new EventSide(() -> ZoneOffset.UTC, peers::fetched, GoneEvents::remember)));
    posts = new Posts(db, actors, outbox, targets);
    quotes = new Quotes(db, actors, posts, outbox, targets);
    reactions = new Reactions(db, actors, posts, outbox, targets);
    polls = new Polls(db, actors, posts, outbox, targets);
    posts.ballots(polls);
    remote.ballots(polls);
    var profiles = new Profiles(db, actors, outbox, targets);
    groups =
        new Groups(
            db, actors, new org.placette.role.Roles(db), follows, profiles, posts, reactions);
    posts.rules(groups);
    topics =
        new Topics(
            db,
            actors,
            groups,
            posts,
            reactions,
            new Bodies(db, actors, new org.placette.role.Roles(db)),
            new CarersVoice(actors, outbox, targets));
    posts.rules(topics);
    remote.rules(topics);
    events = new Events(db, actors, posts, outbox, targets);
    rsvps = new Rsvps(db, events, Clock.systemUTC());
    organisers = new Organisers(db, actors, rsvps, blocks, outbox, targets);
    rsvps.watch(organisers);
    guests = new Guests(db, actors, rsvps, outbox, targets, peers);
    polls.answers(new VoteDoor(events, guests));
    var notes = new PersonalNotes(actors, posts, outbox, targets);
    replies = new ReplyDoor(actors, posts, events, guests, notes);
    var settings = Settings.local(8080, DATA);
    var letters = new RsvpLetters(new Mailer(vertx, db, settings), "https://fleurs.example");
    gone = new GoneEvents(db, actors, peers, notes, letters);
    var told = new Notices(actors, letters, replies, rsvps);
    rsvps.watch(told);
    notices = new EventNotices(db, actors, events, told, replies, peers);
    events.watch(notices);
    news = new EventNews(db, actors, events, polls);
    rsvps.watch(news);
    takedown = new Takedown(actors, new CarersVoice(actors, outbox, targets));
    var mailer = new Mailer(vertx, db, settings);
    var consequences = new Consequences(actors, profiles, posts, takedown, events, mailer);
    measures = new Measures(db, actors, consequences);
    reports = new Reports(db, actors, outbox, measures);
    dispatch.handlers(
        List.of(
            new FollowInbox(actors, follows),
            new RsvpInbox(actors, posts, events, guests, organisers),
            new ActorInbox(actors, follows),
            new BlockInbox(db, actors, blocks),
            new FlagInbox(db, actors, reports, domains),
            new VoteInbox(db, polls),
            new QuoteInbox(db, actors, posts, quotes),
            replies,
            new PostInbox(db, actors, remote, new GroupVoice(outbox, targets), groups),
            new LockInbox(db, posts, topics),
            new MoveInbox(db, actors, posts, topics),
            new ReactionInbox(db, remote),
            new AnnounceInbox(db, actors, new KeyLookup(db, actors), remote, dispatch::verify)));
  }

  /** A local resident. */
  public Actor resident(String name) {
    var known = actors.localByName(name);
    if (known != null) return known;
    return db.inTransaction(tx -> actors.createLocal(tx, "Person", name, name, null));
  }

  /** A local resident with an account. */
  public Actor account(String name) {
    var actor = resident(name);
    db.run(
        "insert into account (actor_id, email, password_hash, locale) values ($1, $2, '', 'fr')",
        actor.id(),
        name + "@fleurs.example");
    return actor;
  }

  /** The same, who may found groups. */
  public Actor animator(String name) {
    var actor = account(name);
    db.transact(tx -> Roles.grant(tx, actor.id(), null, Role.ANIMATOR, null));
    return actor;
  }

  /** A group of a founder's with nothing special about it. */
  public Actor found(Actor founder, String name, Theme.Access access) {
    return groups.found(
        founder, name, new Groups.Wanted(name, null, "theme", access, "", List.of()));
  }

  /** A person of the neighbour. */
  public Actor stranger(String name) {
    var known = actors.byUri(peer.at("/users/" + name));
    if (known != null) return known;
    return actors.resolve(peer.person(name).get("id").asText(), Budget.perActivity());
  }

  /** An actor of the neighbour. */
  public Actor stranger(String type, String path, String name) {
    return actors.resolve(peer.actor(type, path, name).get("id").asText(), Budget.perActivity());
  }

  /** Puts the server of an actor into the ring, as two humans do who compare six words. */
  public void confirm(Actor server) {
    db.run(
        """
        insert into neighbour (host, actor_id, added, state, confirmed_at)
        values ($1, $2, true, 'found', now()) on conflict do nothing
        """,
        server.host(),
        server.id());
  }

  /** Makes one actor an accepted follower of another. */
  public void follow(Actor follower, Actor followed) {
    db.run(
        """
        insert into follow (id, uri, actor_id, target_id, state, accepted_at)
        values ($1, $2, $3, $4, 'accepted', now()) on conflict do nothing
        """,
        org.placette.db.Ids.next(),
        follower.uri() + "#follow-" + followed.id(),
        follower.id(),
        followed.id());
  }

  /** A follower of {@code followed} on a host of its own that understands {@code receiver}. */
  public Actor followerOn(String host, Receiver receiver, Actor followed) {
    return followerOn(host, receiver, followed, "fan");
  }

  /** The same by a name of its own. */
  public Actor followerOn(String host, Receiver receiver, Actor followed, String name) {
    peers.choose(host, receiver);
    var uri = "https://" + host + "/users/" + name;
    db.run(
        """
        insert into actor (id, uri, type, username, host, inbox, shared_inbox, fetched_at)
        values ($1, $2, 'Person', $3, $4, $5, $6, now()) on conflict do nothing
        """,
        org.placette.db.Ids.next(),
        uri,
        name,
        host,
        uri + "/inbox",
        "https://" + host + "/inbox");
    var fan = actors.byUri(db, uri);
    if (fan == null) throw new IllegalStateException();
    follow(fan, followed);
    return fan;
  }

  /** Dispatches an activity of a neighbour's actor; gives the reason when it is refused. */
  public @Nullable String receive(String activity) {
    return receive(json(activity.replace("PEER", peer.at(""))));
  }

  public @Nullable String receive(ObjectNode activity) {
    var read = new AsObject(activity);
    var actor = actors.resolve(String.valueOf(read.ref("actor")), Budget.perActivity());
    try {
      var effect = dispatch.verify(new Received(read, actor, Instant.now(), Budget.perActivity()));
      if (effect == null) return "ignored";
      db.transact(effect::receive);
      return null;
    } catch (Refused e) {
      return e.reason();
    }
  }

  /** JSON with single quotes for double ones. */
  public static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** One activity that was sent to a host. */
  public record Sent(String host, String inbox, String actor, ObjectNode body) {

    public String type() {
      return body.path("type").asText();
    }

    /** The type of the object, or "" when it is an id. */
    public String objectType() {
      return body.path("object").path("type").asText();
    }
  }

  /** Everything that waits for delivery, oldest first; forgets it. */
  public List<Sent> sent() {
    var sent =
        db.list(
            """
            select d.host, d.inbox, a.body, s.username from delivery d
            join activity a on a.id = d.activity_id join actor s on s.id = a.actor_id
            order by d.activity_id, d.host
            """,
            row -> {
              try {
                return new Sent(
                    row.getString("host"),
                    row.getString("inbox"),
                    row.getString("username"),
                    (ObjectNode) JSON.readTree(row.getString("body")));
              } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
              }
            });
    db.run("delete from delivery");
    return sent;
  }

  /** How many rows a query counts. */
  public int count(String from) {
    var count = db.one("select count(*)::int from " + from, row -> row.getInteger(0));
    return count == null ? -1 : count;
  }

  @Override
  public void close() {
    peer.close();
    vertx.close().await();
  }
}
