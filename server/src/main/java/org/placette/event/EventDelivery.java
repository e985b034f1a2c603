package org.placette.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audience.AudienceStore;
import org.placette.db.Tx;
import org.placette.outbox.Outbox;
import org.placette.outbox.Receiver;
import org.placette.outbox.Target;
import org.placette.outbox.Targets;
import org.placette.post.GroupVoice;
import org.placette.post.Post;
import org.placette.post.PostObject;
import org.placette.post.Posts;
import org.placette.post.Visibility;

/**
 * Who is told of an event in which form. Three local actors are followed: the publisher, the Group
 * it was posted to, and the relay. What a follower's server understands decides: an Event, an
 * import from the very actor it follows, a companion Question, or a titled Note; never two of them.
 */
final class EventDelivery {

  /** How many events a new peer is told of at once. */
  static final int REPLAYED = 50;

  private final Actors actors;
  private final Posts posts;
  private final Outbox outbox;
  private final Targets targets;
  private final GroupVoice voice;
  private final Companions companions;

  EventDelivery(Actors actors, Posts posts, Outbox outbox, Targets targets) {
    this.actors = actors;
    this.posts = posts;
    this.outbox = outbox;
    this.targets = targets;
    voice = new GroupVoice(outbox, targets);
    companions = new Companions(actors, posts);
  }

  /** The local actors whose followers are told, and who follows each of them. */
  private record Audience(Map<Actor, List<Target>> followers, List<Target> named, Actor author) {

    List<Target> of(Actor actor, Receiver kind) {
      return followers.getOrDefault(actor, List.of()).stream()
          .filter(target -> target.receiver() == kind)
          .toList();
    }

    /** Everybody of that kind, each inbox once. */
    List<Target> all(Receiver kind) {
      Map<String, Target> found = new LinkedHashMap<>();
      for (var targets : followers.values())
        for (var target : targets)
          if (target.receiver() == kind) found.putIfAbsent(target.inbox(), target);
      for (var target : named)
        if (target.receiver() == kind) found.putIfAbsent(target.inbox(), target);
      return List.copyOf(found.values());
    }

    boolean has(Receiver kind) {
      return !all(kind).isEmpty();
    }

    /** The announcers: everybody but the publisher. */
    List<Actor> others() {
      return followers.keySet().stream().filter(actor -> actor.id() != author.id()).toList();
    }
  }

  private Audience audience(Tx tx, Event event, Actor author, Collection<Actor> named) {
    Map<Actor, List<Target>> followers = new LinkedHashMap<>();
    var group = group(tx, event);
    if (forMembers(event)) {
      followers.put(author, group == null ? List.of() : targets.membersOf(tx, group.id()));
      return new Audience(followers, List.of(), author);
    }
    followers.put(author, targets.followersOf(tx, Set.of(author.id())));
    if (group != null && group.local())
      followers.putIfAbsent(group, targets.followersOf(tx, Set.of(group.id())));
    var relay = actors.relay();
    followers.putIfAbsent(relay, targets.followersOf(tx, Set.of(relay.id())));
    var others = new ArrayList<>(named);
    if (group != null && !group.local()) others.add(group);
    return new Audience(followers, targets.of(tx, others), author);
  }

  /** What is posted to a private Group reaches its members' own inboxes, and nobody else. */
  private static boolean forMembers(Event event) {
    return event.post().visibility() == Visibility.GROUP;
  }

  private @Nullable Actor group(Tx tx, Event event) {
    var id = event.post().audienceId();
    return id == null ? null : actors.byId(tx, id);
  }

  /** What is for neighbours goes to them alone, and to nobody in another shape; false otherwise. */
  private boolean toRing(Tx tx, String type, Event event, Actor author, ObjectNode object) {
    if (event.post().visibility() != Visibility.RING) return false;
    List<Actor> ring = new ArrayList<>();
    for (var id : AudienceStore.ring(tx)) {
      var one = actors.byId(tx, id);
      if (one != null) ring.add(one);
    }
    publish(tx, type, author, object, targets.of(tx, ring));
    return true;
  }

  void created(Tx tx, Event event, Actor author) {
    if (toRing(tx, "Create", event, author, object(tx, event, author))) return;
    var audience = audience(tx, event, author, mentioned(tx, event));
    var object = object(tx, event, author);
    publish(tx, "Create", author, object, own(audience, author, Receiver.EVENT_AWARE));
    imports(tx, "Create", event, audience, object);
    var question = companions.question(tx, event, author);
    publish(
        tx,
        "Create",
        author,
        text(tx, question, author),
        own(audience, author, Receiver.MICROBLOG));
    var topic = audience.has(Receiver.FORUM) ? companions.topic(tx, event, author) : null;
    if (topic != null)
      publish(tx, "Create", author, text(tx, topic, author), own(audience, author, Receiver.FORUM));
    if (forMembers(event)) toMembers(tx, event, author, object, audience);
    for (var other : audience.others()) {
      announce(tx, other, event.post(), audience.of(other, Receiver.EVENT_AWARE));
      announce(tx, other, question, audience.of(other, Receiver.MICROBLOG));
      if (topic != null) announce(tx, other, topic, audience.of(other, Receiver.FORUM));
      if (!other.isType("Group")) continue;
      pass(tx, "Create", author, other, object, audience.of(other, Receiver.EVENT_AWARE));
      if (topic != null)
        pass(
            tx,
            "Create",
            author,
            other,
            text(tx, topic, author),
            audience.of(other, Receiver.FORUM));
    }
  }

  /** The Group says it to its members too: their servers may not know the author. */
  private void toMembers(Tx tx, Event event, Actor author, ObjectNode object, Audience audience) {
    var group = group(tx, event);
    if (group == null || !group.local()) return;
    voice.mark(tx, group, event.post());
    var members = audience.all(Receiver.EVENT_AWARE);
    if (!members.isEmpty()) voice.among(tx, group, wrapped("Create", author, object), members);
  }

  private ObjectNode wrapped(String type, Actor author, ObjectNode object) {
    return PostObject.wrap(type, outbox.newActivityUri(), author, object, Instant.now());
  }

  /** The author's own followers of a kind, and those named in the event. */
  private static List<Target> own(Audience audience, Actor author, Receiver kind) {
    var own = new ArrayList<>(audience.of(author, kind));
    audience.named().stream().filter(target -> target.receiver() == kind).forEach(own::add);
    return own;
  }

  private List<Actor> mentioned(Tx tx, Event event) {
    return actors.byUris(tx, event.post().mentions());
  }

  /**
   * Tells of a change.
   *
   * @param besides whom it concerns and who may not follow
   */
  void updated(Tx tx, Event event, Actor author, Collection<Actor> besides) {
    if (toRing(tx, "Update", event, author, object(tx, event, author))) return;
    var named = new ArrayList<>(mentioned(tx, event));
    named.addAll(posts.participants(tx, event.post().rootId()));
    named.addAll(besides);
    var audience = audience(tx, event, author, named);
    var object = object(tx, event, author);
    tell(tx, "Update", event, author, object, audience);
    imports(tx, "Update", event, audience, object);
    for (var companion : companions.rewritten(tx, event)) {
      var kind = Companions.receiver(companion);
      publish(tx, "Update", author, text(tx, companion, author), audience.all(kind));
    }
  }

  /**
   * Once to each of those who know events: in its author's name, or in that of the Group where the
   * software listens to that alone.
   */
  private void tell(
      Tx tx, String type, Event event, Actor author, ObjectNode object, Audience audience) {
    var group = group(tx, event);
    var members = forMembers(event);
    var follows = group == null || !group.local() ? null : members ? author : group;
    var passed =
        follows == null
            ? List.<Target>of()
            : audience.of(follows, Receiver.EVENT_AWARE).stream().filter(Target::boards).toList();
    var direct = new ArrayList<>(audience.all(Receiver.EVENT_AWARE));
    direct.removeAll(passed);
    publish(tx, type, author, object, direct);
    if (group == null || passed.isEmpty()) return;
    if (!members) pass(tx, type, author, group, object, passed);
    else voice.among(tx, group, wrapped(type, author, object), passed);
  }

  /** How many come is no change of the words: polls get new totals, calendars new numbers. */
  void recounted(Tx tx, Event event, Actor author, Collection<Actor> besides) {
    var now = PostObject.time(Instant.now());
    if (toRing(tx, "Update", event, author, object(tx, event, author).put("updated", now))) return;
    var audience = audience(tx, event, author, besides);
    var object = object(tx, event, author).put("updated", PostObject.time(Instant.now()));
    publish(tx, "Update", author, object, audience.all(Receiver.EVENT_AWARE));
    for (var companion : companions.restated(tx, event)) {
      var kind = Companions.receiver(companion);
      publish(tx, "Update", author, text(tx, companion, author), audience.all(kind));
    }
  }

  /** Says publicly, as an answer to what each server shows, that it does not take place. */
  void cancelled(Tx tx, Event event, Actor author) {
    // The change of its state says it to those who know events; a ring is of such.
    if (event.post().visibility() == Visibility.RING) return;
    var audience = audience(tx, event, author, posts.participants(tx, event.post().rootId()));
    var note = companions.cancellation(tx, event, author, event.post(), false);
    var told = new ArrayList<>(audience.all(Receiver.EVENT_AWARE));
    // Gancio shows the new title, and does not even answer to notes.
    told.addAll(audience.all(Receiver.WORDPRESS));
    publish(tx, "Create", author, text(tx, note, author), told);
    EventStore.cancelledBy(tx, event.id(), note.id());
    for (var companion : posts.companions(tx, event.id())) {
      if (companion.inReplyTo() != null) continue;
      var answer = companions.cancellation(tx, event, author, companion, true);
      var kind = Companions.receiver(companion);
      publish(tx, "Create", author, text(tx, answer, author), audience.all(kind));
    }
  }

  /** The end of it, likewise. */
  void deleted(Tx tx, Event event, Actor author, Collection<Actor> besides) {
    if (toRing(tx, "Delete", event, author, tombstone(event.post(), author, null))) {
      posts.bury(tx, event.post());
      return;
    }
    var named = new ArrayList<>(posts.participants(tx, event.post().rootId()));
    named.addAll(besides);
    var audience = audience(tx, event, author, named);
    var group = group(tx, event);
    var tombstone = tombstone(event.post(), author, group);
    tell(tx, "Delete", event, author, tombstone, audience);
    imports(tx, "Delete", event, audience, tombstone);
    var all = posts.companions(tx, event.id());
    for (var companion : all) {
      var told = audience.all(Companions.receiver(companion, all));
      publish(tx, "Delete", author, tombstone(companion, author, shown(tx, companion)), told);
      posts.bury(tx, companion);
    }
    withdrawCancellation(tx, event, author, audience);
    posts.bury(tx, event.post());
  }

  private void withdrawCancellation(Tx tx, Event event, Actor author, Audience audience) {
    var id = EventStore.cancellation(tx, event.id());
    var note = id == null ? null : posts.byId(tx, id);
    if (note == null) return;
    var told = new ArrayList<>(audience.all(Receiver.EVENT_AWARE));
    told.addAll(audience.all(Receiver.WORDPRESS));
    publish(tx, "Delete", author, tombstone(note, author, shown(tx, note)), told);
    posts.bury(tx, note);
  }

  private static ObjectNode tombstone(Post post, Actor author, @Nullable Actor group) {
    var tombstone = PostObject.tombstone(post.uri(), post.type(), post.published(), Instant.now());
    PostObject.address(tombstone, post, author, group);
    return tombstone;
  }

  /**
   * Tells somebody who was just accepted of what is coming, from the actor that it follows: peers
   * are told of later changes only, and would begin with an empty calendar. A person at a microblog
   * is spared.
   */
  void replay(Tx tx, List<Event> upcoming, Actor follower, Actor followed) {
    if (follower.local()) return;
    for (var target : targets.of(tx, List.of(follower))) {
      for (var event : upcoming) {
        var author = actors.byId(tx, event.post().actorId());
        if (author == null) continue;
        switch (target.receiver()) {
          case GANCIO, WORDPRESS ->
              publish(tx, "Create", followed, object(tx, event, author), List.of(target));
          case EVENT_AWARE -> announce(tx, followed, event.post(), List.of(target));
          case MICROBLOG, FORUM -> {}
        }
      }
    }
  }

  /**
   * Gancio and the WordPress bridge import only what the very actor does that they follow. One that
   * follows several gets it from the first, always the same: Gancio as a whole, WordPress for each
   * of its accounts, since it looks at who follows whom.
   */
  private void imports(Tx tx, String type, Event event, Audience audience, ObjectNode object) {
    // They show what they import to everybody.
    if (forMembers(event)) return;
    Set<String> served = new HashSet<>();
    for (var actor : audience.followers().keySet()) {
      var fresh = new ArrayList<Target>();
      for (var target : audience.of(actor, Receiver.GANCIO))
        if (!served.contains(target.host())) fresh.add(target);
      for (var target : audience.of(actor, Receiver.WORDPRESS))
        if (!served.contains(target.inbox())) fresh.add(target);
      for (var target : fresh) {
        served.add(target.host());
        served.add(target.inbox());
      }
      if (!fresh.isEmpty()) publish(tx, type, actor, object, fresh);
    }
  }

  private void publish(Tx tx, String type, Actor sender, ObjectNode object, Collection<Target> to) {
    if (to.isEmpty() && !type.equals("Create")) return;
    var unused = outbox.send(tx, sender, wrapped(type, sender, object), to);
  }

  private void announce(Tx tx, Actor announcer, Post post, Collection<Target> to) {
    if (to.isEmpty() && post.companionOf() != null) return;
    var announce = GroupVoice.announce(outbox.newActivityUri(), announcer, post.uri());
    var uri = outbox.send(tx, announcer, announce, to);
    if (post.companionOf() == null) posts.announced(tx, announcer, post, uri);
  }

  private void pass(
      Tx tx, String type, Actor author, Actor group, ObjectNode object, List<Target> to) {
    if (to.isEmpty()) return;
    voice.wrap(tx, group, wrapped(type, author, object), to);
  }

  private ObjectNode object(Tx tx, Event event, Actor author) {
    return EventObject.of(event, author, group(tx, event), actors.urls());
  }

  private ObjectNode text(Tx tx, Post post, Actor author) {
    return PostObject.of(post, author, shown(tx, post), actors.urls());
  }

  /** The Group that a text must name since it is for its members alone; null for others. */
  private @Nullable Actor shown(Tx tx, Post post) {
    var id = post.visibility() == Visibility.GROUP ? post.audienceId() : null;
    return id == null ? null : actors.byId(tx, id);
  }
}
