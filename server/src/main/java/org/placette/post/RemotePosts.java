package org.placette.post;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audience.AudienceStore;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;

/**
 * Remote objects: stored ones, and those that are fetched from their own origin (FEP-fe34). An
 * object is believed only when its author and the place it came from are of one origin.
 */
public final class RemotePosts {

  private static final int DEPTH = Budget.DEPTH;

  private final Db db;
  private final Actors actors;
  private final Dereferencer dereferencer;
  private final List<Side> sides;
  private final Consents consents;
  private volatile ReplyRules rules = ReplyRules.OPEN;
  private volatile Ballots ballots = Ballots.NONE;

  public RemotePosts(Db db, Actors actors, Dereferencer dereferencer, List<Side> sides) {
    this.db = db;
    this.actors = actors;
    this.dereferencer = dereferencer;
    this.sides = List.copyOf(sides);
    consents = new Consents(db, actors, this);
  }

  /** Says what discussions ask of those who answer in them. */
  public void rules(ReplyRules given) {
    rules = given;
  }

  /** Says who keeps the votes of residents. */
  public void ballots(Ballots given) {
    ballots = given;
  }

  /** Stores what a remote author changed of a stored post; null when there is nothing to change. */
  @Nullable Post change(Tx tx, Incoming incoming) {
    var asked = incoming.draft().poll();
    var before =
        asked == null || asked.closed() == null
            ? null
            : PostStore.byUri(tx, incoming.draft().uri());
    var post = Arrivals.change(tx, incoming);
    // One whose time is up ends by itself, with or without being told.
    if (post != null
        && before != null
        && before.poll() != null
        && !before.poll().over(Instant.now())) ballots.closedElsewhere(tx, post.id());
    return post;
  }

  /** The Group that a post is in; null for none. */
  @Nullable Actor audience(Post post) {
    return post.audienceId() == null ? null : actors.byId(post.audienceId());
  }

  /** What the first post of a discussion says of it: whether anybody answers (commentsEnabled). */
  void heed(Tx tx, Post post, AsObject object) {
    if (post.rootId() == post.id() && object.raw("commentsEnabled") != null)
      rules.closedElsewhere(tx, post.id(), !object.flag("commentsEnabled", true));
  }

  /**
   * The post of an id: stored, or fetched and stored with the posts that it answers.
   *
   * @return null when it cannot be had, was deleted or is nothing that is shown
   */
  public @Nullable Post resolve(String uri, Budget budget) {
    var stored = PostStore.byUri(db, uri);
    if (stored != null || actors.urls().isOurs(uri)) return stored;
    try {
      var document = post(uri, budget);
      var read = read(document, null, author(document, budget), Instant.now());
      var quoted = quoted(read, budget);
      var incoming = agreed(document, read, quoted, budget);
      var branch = new ArrayList<>(ancestors(incoming, budget));
      branch.addAll(quoted);
      return db.inTransaction(
          tx -> {
            for (var one : branch) {
              var unused = Arrivals.store(tx, one, false);
            }
            var post = Arrivals.store(tx, incoming, false);
            return post != null ? post : PostStore.byUri(tx, incoming.draft().uri());
          });
    } catch (FetchProblem | Refused e) {
      return null;
    }
  }

  /**
   * Reads an object whose author is certain.
   *
   * @param activity the activity it came in, or null
   * @throws Refused when it cannot be stored
   */
  Incoming read(AsObject object, @Nullable AsObject activity, Actor author, Instant at) {
    var draft = among(within(PostReader.read(object, activity, author, at), author), author);
    rules.check(db, draft, at);
    var quotable = Quotable.of(object, author.followers());
    for (var side : sides)
      if (side.takes(draft.type()))
        return new Incoming(side.text(object, draft), side.read(object, draft, at), quotable);
    return new Incoming(draft, null, quotable);
  }

  /**
   * What a neighbour sends to its ring, or to ours, is for residents here and for nobody else: its
   * own actor is kept as the audience, which answers go to and which passes them on.
   *
   * @throws Refused when nobody here has confirmed that neighbour
   */
  private Draft within(Draft draft, Actor author) {
    var addressing = draft.addressing();
    var theirs = addressing.groups().contains(PostObject.ring(author.uri()));
    var ours = addressing.groups().contains(actors.urls().at(PostObject.RING));
    if (addressing.visibility().open()) return draft;
    var host = author.host();
    var neighbour = host == null ? null : AudienceStore.neighbour(db, host);
    if (!theirs && !ours) neighbour = asker(draft);
    if (neighbour == null && !theirs && !ours) return draft;
    if (neighbour == null) throw new Refused("not-in-the-ring");
    var audience = ours ? List.<String>of() : List.of(neighbour);
    return draft.withAddressing(new Addressing(Visibility.RING, audience, addressing.mentioned()));
  }

  /**
   * What somebody writes to the members of a Group of their own server is for the members that it
   * has here, and answers to it go to that Group.
   */
  private Draft among(Draft draft, Actor author) {
    var addressing = draft.addressing();
    if (addressing.visibility() != Visibility.DIRECT) return draft;
    for (var uri : addressing.groups()) {
      if (!AsObject.sameOrigin(uri, author.uri())) continue;
      var group = actors.byUri(db, uri);
      var members = group == null || !group.isType("Group") ? null : group.followers();
      if (members == null || !addressing.groups().contains(members)) continue;
      var people = addressing.mentioned().stream().filter(one -> !one.equals(uri)).toList();
      return draft.withAddressing(new Addressing(Visibility.GROUP, List.of(uri), people));
    }
    return draft;
  }

  /**
   * Reads what a Group elsewhere passes on to its members of somebody of a third server, whose
   * proof it bears: nobody but the members can ask for it there.
   *
   * @return null when it is not for the members of that Group alone
   */
  @Nullable Incoming entrusted(AsObject object, AsObject activity, Actor author, Received by) {
    var group = by.actor();
    var members = group.isType("Group") ? group.followers() : null;
    var incoming = read(object, activity, author, by.at());
    var addressing = incoming.draft().addressing();
    if (members == null
        || addressing.visibility() != Visibility.DIRECT
        || !addressing.groups().containsAll(List.of(group.uri(), members))) return null;
    var people = addressing.mentioned().stream().filter(one -> !one.equals(group.uri())).toList();
    var inside = new Addressing(Visibility.GROUP, List.of(group.uri()), people);
    return incoming.as(incoming.draft().withAddressing(inside));
  }

  /**
   * The neighbour in whose discussion somebody of another server answers: the answer is for that
   * neighbour's ring, which this server is of, and the neighbour has let the other in.
   */
  private @Nullable String asker(Draft draft) {
    var answered = draft.inReplyTo() == null ? null : PostStore.byUri(db, draft.inReplyTo());
    if (answered == null || answered.visibility() != Visibility.RING) return null;
    var audience = answered.audienceId() == null ? null : actors.byId(answered.audienceId());
    if (audience == null || audience.host() == null) return null;
    if (!draft.addressing().groups().contains(PostObject.ring(audience.uri()))) return null;
    return AudienceStore.neighbour(db, audience.host());
  }

  /**
   * Fetches an object from its origin.
   *
   * @throws FetchProblem when it cannot be fetched
   * @throws Refused when what is there must not be stored
   */
  Incoming fetch(String uri, Budget budget) {
    var document = post(uri, budget);
    return read(document, null, author(document, budget), Instant.now());
  }

  private AsObject post(String uri, Budget budget) {
    if (actors.urls().isOurs(uri)) throw new Refused("our-own-object");
    var document = document(uri, budget);
    if (PostReader.typeOf(document) == null || PostReader.isVote(document))
      throw new Refused("no-post");
    return document;
  }

  /**
   * The same with what is known of the consent to its quote.
   *
   * @param quoted what {@link #quoted} gave for it
   */
  Incoming agreed(AsObject object, Incoming incoming, List<Incoming> quoted, Budget budget) {
    var consent = consents.of(object, incoming.draft(), quoted, budget);
    return new Incoming(incoming.draft(), incoming.part(), consent, incoming.quotable());
  }

  /** Any document, from its origin; throws {@link FetchProblem}. */
  AsObject document(String uri, Budget budget) {
    return dereferencer.fetch(uri, actors.signingKey(actors.relay()), budget);
  }

  /**
   * The author of an object that is known to come from its own origin.
   *
   * @throws Refused when there is none of that origin
   */
  Actor author(AsObject object, Budget budget) {
    for (var uri : authors(object)) {
      if (!AsObject.sameOrigin(uri, object.id())) continue;
      var author = actors.resolve(uri, budget);
      if (author.local()) continue;
      if (author.suspended() || author.deleted()) throw new Refused("suspended-author");
      return author;
    }
    throw new Refused("no-author");
  }

  /** Who an object says made it: a person before the channel that it was put in (PeerTube). */
  static List<String> authors(AsObject object) {
    var persons =
        object.objects("attributedTo").stream()
            .filter(one -> one.is("Person"))
            .map(AsObject::id)
            .filter(id -> id != null)
            .map(id -> (String) id)
            .toList();
    if (!persons.isEmpty()) return persons;
    var attributed = object.refs("attributedTo");
    return attributed.isEmpty() ? object.refs("actor") : attributed;
  }

  /** What a post quotes, if that is not stored yet and can be had. */
  List<Incoming> quoted(Incoming incoming, Budget budget) {
    var uri = incoming.draft().quote();
    if (uri == null || actors.urls().isOurs(uri)) return List.of();
    if (PostStore.byUri(db, uri) != null || PostStore.isDeleted(db, uri)) return List.of();
    try {
      return List.of(fetch(uri, budget));
    } catch (FetchProblem | Refused e) {
      return List.of();
    }
  }

  /**
   * The posts above one that are not stored yet, the topmost first. What cannot be fetched ends the
   * search: the thread then begins below it.
   */
  List<Incoming> ancestors(Incoming start, Budget budget) {
    var found = new ArrayDeque<Incoming>();
    var seen = new HashSet<String>();
    var below = start;
    while (found.size() < DEPTH) {
      var uri = below.draft().inReplyTo();
      if (uri == null || !seen.add(uri) || actors.urls().isOurs(uri)) break;
      if (PostStore.byUri(db, uri) != null || PostStore.isDeleted(db, uri)) break;
      if (AliasStore.post(db, uri) != null) break;
      try {
        below = fetch(uri, budget);
      } catch (FetchProblem | Refused e) {
        break;
      }
      found.addFirst(below);
    }
    return List.copyOf(found);
  }

  /** Lets those know who keep something beside a post that it is about to be deleted. */
  void deleting(Tx tx, Post post) {
    for (var side : sides) if (side.takes(post.type())) side.deleting(tx, post);
  }
}
