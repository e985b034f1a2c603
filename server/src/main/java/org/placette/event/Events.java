package org.placette.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Ready;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.outbox.Outbox;
import org.placette.outbox.Targets;
import org.placette.post.Addressing;
import org.placette.post.Draft;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.post.Rooms;
import org.placette.post.Tag;
import org.placette.post.Visibility;
import org.placette.post.Words;
import org.placette.post.Writing;
import org.placette.web.Problem;

/** What people do with events: publish, change, cancel and delete; each in one transaction. */
public final class Events {

  private static final int SHORTEST_NAME = 3;
  private static final int LONGEST_NAME = 200;

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Writing writing;
  private final EventDelivery delivery;
  private final Rooms rooms;
  private final Ready<UUID, Event> ready;
  private volatile EventWatcher watcher = (tx, before, after) -> {};

  public Events(Db db, Actors actors, Posts posts, Outbox outbox, Targets targets) {
    this.db = db;
    this.ready = new Ready<>(db, 1_000_000, it -> 4000 + it.post().content().length() * 2);
    this.actors = actors;
    this.posts = posts;
    writing = posts.writing();
    rooms = new Rooms(db, actors, posts);
    delivery = new EventDelivery(actors, posts, outbox, targets);
  }

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("event", "retention.event"),
        Retention.Table.owned("event_revision", "retention.post_revision"));
  }

  /** A page of events and where the next one begins. */
  public record Page(List<Event> events, @Nullable String next) {}

  /**
   * Publishes an event and makes it known to every follower in the form that its server takes.
   *
   * @throws Problem.Invalid when the title is too short or too long, or it ends before it starts
   */
  public Event publish(Actor author, NewEvent wanted) {
    return db.inTransaction(tx -> publish(tx, author, wanted, null));
  }

  /**
   * The same inside a transaction.
   *
   * @param context the id of what it belongs to, such as a series; null for its own discussion
   */
  public Event publish(Tx tx, Actor author, NewEvent wanted, @Nullable String context) {
    check(wanted);
    var uuid = wanted.details().uuid();
    var draft = draft(author, actors.urls().event(uuid), wanted, Instant.now());
    draft =
        draft.withAddressing(
            rooms.addressing(
                tx, author, wanted.audience(), wanted.ring(), draft.addressing().mentioned()));
    if (context != null) draft = draft.answering(null, context);
    var id = Ids.next();
    EventStore.put(tx, posts.store(tx, id, draft).id(), asked(wanted.details()));
    if (wanted.asking() != null) EventStore.ask(tx, id, wanted.asking());
    var event = stored(tx, id);
    delivery.created(tx, event, author);
    return event;
  }

  private Draft draft(Actor author, String uri, NewEvent wanted, Instant published) {
    var written = writing.compose(wanted.text());
    var words = new Words(wanted.name(), null, written.html(), wanted.language(), false);
    var mentioned =
        written.tags().stream()
            .filter(tag -> tag.mention() && tag.href() != null)
            .map(tag -> String.valueOf(tag.href()))
            .toList();
    return Draft.of(uri, "Event", author.id(), words, published)
        .withTags(tags(written.tags(), wanted.tags()))
        .withAttachments(wanted.attachments())
        .withAddressing(new Addressing(Visibility.PUBLIC, List.of(), mentioned))
        .answering(null, uri + "/context");
  }

  /** The Groups that events are published in. */
  public Rooms rooms() {
    return rooms;
  }

  /** The same with whom its contact names, if that is somebody known here: Mobilizon shows them. */
  private Details asked(Details details) {
    var contact = details.practical().contact();
    if (contact == null) return details;
    var person = writing.known(contact.strip());
    return details.askedAt(person == null ? List.of() : List.of(person.uri()));
  }

  private List<Tag> tags(List<Tag> written, List<String> words) {
    var all = new ArrayList<>(written);
    var base = actors.urls().at("/tags/");
    for (var word : words) {
      var tag = new Tag("Hashtag", "#" + word, base + word.toLowerCase(Locale.ROOT));
      if (all.stream().noneMatch(it -> Objects.equals(it.href(), tag.href()))) all.add(tag);
    }
    return all;
  }

  private static void check(NewEvent wanted) {
    var name = wanted.name().strip();
    if (name.length() < SHORTEST_NAME || name.length() > LONGEST_NAME)
      throw new Problem.Invalid(
          "The title needs 3 to 200 characters", Map.of("name", "error.size"));
    var when = wanted.details().when();
    var end = when.end();
    if (end != null && end.isBefore(when.start()))
      throw new Problem.Invalid("It ends before it starts", Map.of("endTime", "error.order"));
  }

  /**
   * Changes one's own event; the change reaches everybody who was told of it.
   *
   * @throws Problem.Forbidden when it is somebody else's
   */
  public Event edit(Actor editor, long id, NewEvent wanted) {
    return db.inTransaction(tx -> edit(tx, editor, id, wanted));
  }

  /** The same inside a transaction. */
  public Event edit(Tx tx, Actor editor, long id, NewEvent wanted) {
    check(wanted);
    var before = own(tx, editor, id);
    var draft = draft(editor, before.uri(), wanted, before.post().published());
    draft = draft.answering(null, before.post().context()).at(before.post().url(), Instant.now());
    var post = posts.rewrite(tx, draft);
    EventStore.put(tx, post.id(), asked(wanted.details().following(before.details())));
    if (wanted.asking() != null) EventStore.ask(tx, post.id(), wanted.asking());
    var event = stored(tx, post.id());
    delivery.updated(tx, event, editor, watcher.concerned(tx, event));
    watcher.changed(tx, before, event);
    return event;
  }

  /** Says what one's own event belongs to from now on, such as another series. */
  public void move(Tx tx, Actor editor, long id, String context) {
    EventStore.move(tx, own(tx, editor, id).id(), context);
  }

  /**
   * Says that one's own event does not take place. It stays, changed; a public note tells those
   * whose servers do not know of cancelling. Harmless when it is cancelled already.
   */
  public Event cancel(Actor editor, long id) {
    return db.inTransaction(tx -> cancel(tx, editor, id));
  }

  /** The same inside a transaction. */
  public Event cancel(Tx tx, Actor editor, long id) {
    var before = own(tx, editor, id);
    if (before.details().cancelled()) return before;
    var post = posts.rewrite(tx, same(before.post()).at(before.post().url(), Instant.now()));
    EventStore.put(tx, post.id(), before.details().asCancelled());
    var event = stored(tx, post.id());
    delivery.updated(tx, event, editor, watcher.concerned(tx, event));
    delivery.cancelled(tx, event, editor);
    watcher.changed(tx, before, event);
    return event;
  }

  /** A post's text as it is, to be written again. */
  private static Draft same(Post post) {
    var words =
        new Words(post.name(), post.summary(), post.content(), post.language(), post.sensitive());
    return Draft.of(post.uri(), post.type(), post.actorId(), words, post.published())
        .withTags(post.tag())
        .withAttachments(post.attachment());
  }

  /** Deletes one's own event and what made it known; its id answers 410 from now on. */
  public void delete(Actor editor, long id) {
    var event = own(db, editor, id);
    db.transact(tx -> remove(tx, editor, event));
  }

  /** The same for those who decided it, within their transaction; false when it is no event. */
  public boolean remove(Tx tx, Actor author, long id) {
    var event = EventStore.byPost(tx, id);
    if (event == null) return false;
    remove(tx, author, event);
    return true;
  }

  private void remove(Tx tx, Actor author, Event event) {
    watcher.deleted(tx, event);
    delivery.deleted(tx, event, author, watcher.concerned(tx, event));
  }

  private static Event own(Sql sql, Actor editor, long id) {
    var event = EventStore.byPost(sql, id);
    if (event == null) throw new Problem.NotFound();
    if (event.post().actorId() != editor.id()) throw new Problem.Forbidden("Not your event");
    return event;
  }

  private static Event stored(Tx tx, long id) {
    return Objects.requireNonNull(EventStore.byPost(tx, id));
  }

  /** How people are asked whether they come. */
  public Asking asking(Event event) {
    return EventStore.asking(db, event.id());
  }

  /** The event of a post, or null. */
  public @Nullable Event byId(long postId) {
    return EventStore.byPost(db, postId);
  }

  /** The same inside a transaction. */
  public @Nullable Event byId(Tx tx, long postId) {
    return EventStore.byPost(tx, postId);
  }

  /** The local event of that uuid that a server which signed may read; null when there is none. */
  @Nullable Event readable(UUID uuid, @Nullable Actor asker) {
    var event = asker == null ? null : byUuid(uuid);
    return event == null || !posts.readable(event.post(), asker) ? null : event;
  }

  /** The event of that uuid if everybody may read it, else null; kept ready for a second. */
  public @Nullable Event open(UUID uuid) {
    return ready.find(uuid, () -> EventStore.open(db, uuid));
  }

  /** The event that this server knows by that uuid, local or remote; or null. */
  public @Nullable Event byUuid(UUID uuid) {
    return EventStore.byUuid(db, uuid);
  }

  /**
   * The event of a URL of this server if everybody may see it.
   *
   * @throws Problem.Gone when it was deleted
   * @throws Problem.NotFound when there is none
   */
  public Event shown(UUID uuid, @Nullable Actor viewer) {
    var event = byUuid(uuid);
    if (event == null) {
      if (posts.isDeleted(actors.urls().event(uuid))) throw new Problem.Gone();
      throw new Problem.NotFound();
    }
    if (!posts.readable(event.post(), viewer)) throw new Problem.NotFound();
    return event;
  }

  /**
   * Public events that have not ended, the soonest first.
   *
   * @param cursor what the page before gave; null for the first
   * @throws Problem.BadRequest when the cursor is none
   */
  public Page upcoming(@Nullable String cursor, int limit) {
    var after = Cursor.parse(cursor);
    var found =
        new ArrayList<>(
            EventStore.upcoming(db, Instant.now(), after.start(), after.id(), limit + 1));
    String next = null;
    if (found.size() > limit) {
      found.removeLast();
      var last = found.getLast();
      next = new Cursor(last.details().when().start(), last.id()).text();
    }
    return new Page(List.copyOf(found), next);
  }

  /**
   * Public events of one author, or posted to one Group, that have not ended, the soonest first.
   */
  public List<Event> upcomingOf(Actor author, int limit) {
    return EventStore.upcomingOf(db, author.id(), Instant.now(), limit);
  }

  /** Public events that are published here and have not ended, the soonest first. */
  public List<Event> upcomingHere(int limit) {
    return EventStore.upcomingHere(db, Instant.now(), limit);
  }

  /**
   * Coming events as an actor lists them: the relay and the Groups of the whole place all of ours,
   * a theme those that were posted to it, others their own.
   */
  public List<Event> upcomingBy(Actor actor, int limit) {
    return forAll(actor) ? upcomingHere(limit) : upcomingOf(actor, limit);
  }

  /** Whether an actor of this server speaks for the whole place. */
  boolean forAll(Actor actor) {
    return actor.isType("Application")
        || actor.isType("Group")
            && List.of(actors.village().id(), actors.agenda().id()).contains(actor.id());
  }

  /** The events of these posts, by the posts' numbers, in one query. */
  public Map<Long, Event> byPosts(Collection<Post> eventPosts) {
    if (eventPosts.isEmpty()) return Map.of();
    var ids = eventPosts.stream().map(Post::id).toList();
    return EventStore.byPosts(db, ids).stream().collect(Collectors.toMap(Event::id, e -> e));
  }

  /** Says who is told of changes. */
  public void watch(EventWatcher given) {
    watcher = given;
  }

  /**
   * Tells everybody elsewhere how many come now; the totals of its polls must be written already.
   *
   * @param besides who answered and may not follow
   */
  public void recounted(Tx tx, Event event, Collection<Actor> besides) {
    var author = actors.byId(tx, event.post().actorId());
    if (author != null && author.local()) delivery.recounted(tx, event, author, besides);
  }

  /** The posts that stand for an event elsewhere and ask who comes. */
  public List<Post> questions(Tx tx, Event event) {
    return posts.companions(tx, event.id()).stream().filter(it -> it.poll() != null).toList();
  }

  /** Tells a new follower of what is coming; see {@link EventDelivery#replay}. */
  public void replay(Tx tx, Actor follower, Actor followed) {
    var now = Instant.now();
    var coming =
        forAll(followed)
            ? EventStore.upcomingHere(tx, now, EventDelivery.REPLAYED)
            : EventStore.upcomingOf(tx, followed.id(), now, EventDelivery.REPLAYED);
    delivery.replay(tx, coming, follower, followed);
  }

  /** The place in a list of events: a start and an id. */
  record Cursor(Instant start, long id) {

    static Cursor parse(@Nullable String text) {
      if (text == null) return new Cursor(Instant.EPOCH, 0);
      try {
        var dot = text.indexOf('.');
        return new Cursor(
            Instant.ofEpochMilli(Long.parseLong(text.substring(0, dot))),
            Long.parseLong(text.substring(dot + 1)));
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        throw new Problem.BadRequest("no such page");
      }
    }

    String text() {
      return start.toEpochMilli() + "." + id;
    }
  }
}
