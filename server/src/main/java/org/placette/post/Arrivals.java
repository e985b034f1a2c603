package org.placette.post;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.db.Ids;
import org.placette.db.Tx;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.News;
import org.placette.notification.NotificationStore.Type;

/** Stores posts, local and remote, with what hangs on their arrival. */
final class Arrivals {

  private Arrivals() {}

  /**
   * Stores a remote post.
   *
   * @param news true when people should be told of it: false for what is fetched later
   * @return null when it is stored already or was deleted
   */
  static @Nullable Post store(Tx tx, Incoming incoming, boolean news) {
    var draft = incoming.draft();
    var stored = NewPostStore.insert(tx, Ids.at(spread(draft.published())), draft);
    if (stored == null) return null;
    keep(tx, stored.post().id(), incoming);
    if (news) tell(tx, List.of(stored));
    return stored.post();
  }

  /**
   * Stores remote posts that have nothing to do with one another, and tells people of them.
   *
   * @return by uri; those are missing that {@link #store} may yet store, or that are known already
   */
  static Map<String, Post> storeAll(Tx tx, List<Incoming> all) {
    Map<Long, Incoming> byId = new LinkedHashMap<>();
    for (var one : all) {
      // An id that two have drawn is for the first.
      var unused = byId.putIfAbsent(Ids.at(spread(one.draft().published())), one);
    }
    Map<Long, Draft> drafts = new LinkedHashMap<>();
    byId.forEach((id, one) -> drafts.put(id, one.draft()));
    var stored = NewPostStore.insert(tx, drafts);
    Map<String, Post> posts = new LinkedHashMap<>();
    stored.forEach(
        (id, one) -> {
          var incoming = byId.get(id);
          if (incoming != null) keep(tx, id, incoming);
          posts.put(one.post().uri(), one.post());
        });
    tell(tx, List.copyOf(stored.values()));
    return posts;
  }

  /** Stores what a remote author changed of a stored post; null when there is nothing to change. */
  static @Nullable Post change(Tx tx, Incoming incoming) {
    var post = PostStore.update(tx, incoming.draft());
    if (post != null) keep(tx, post.id(), incoming);
    return post;
  }

  /** What hangs on a post beside its own row. */
  private static void keep(Tx tx, long post, Incoming incoming) {
    if (incoming.part() != null) incoming.part().store(tx, post);
    var consent = incoming.consent();
    if (consent != null) StampStore.keep(tx, post, consent);
    var shown = consent == null || consent.state() == Consent.State.ACCEPTED;
    if (incoming.draft().quote() != null && shown) QuoteStore.tell(tx, post);
    QuoteStore.quotable(tx, post, incoming.quotable());
    QuoteStore.count(tx, incoming.draft().quote());
  }

  /** Tells the local people that posts answer or mention. */
  static void tell(Tx tx, List<NewPostStore.Stored> all) {
    List<News> news = new ArrayList<>();
    for (var one : all) {
      var post = one.post();
      var answered = one.answered();
      if (answered != null) news.add(new News(answered, Type.Reply, post.actorId(), post.id()));
      for (var mentioned : one.mentioned())
        if (!mentioned.equals(answered))
          news.add(new News(mentioned, addressed(post), post.actorId(), post.id()));
    }
    NotificationStore.tell(tx, news);
    NotificationStore.posted(tx, all.stream().map(one -> one.post().id()).toList());
  }

  /** An event that names nobody in its text was sent to whom it addresses: they are invited. */
  private static Type addressed(Post post) {
    var named = post.tag().stream().anyMatch(Tag::mention);
    return post.type().equals("Event") && !named ? Type.Invitation : Type.Mention;
  }

  /** Invites people here to a stored event; who was addressed before is not told again. */
  static void invite(Tx tx, Post event, Actor from, List<String> people) {
    if (event.actorId() != from.id() && !event.visibility().open()) return;
    var news =
        PostStore.address(tx, event.id(), people).stream()
            .map(one -> new News(one, Type.Invitation, from.id(), event.id()))
            .toList();
    NotificationStore.tell(tx, news);
  }

  /**
   * Many servers write whole seconds; ids of one moment are only so many, so the missing part is
   * drawn.
   */
  private static Instant spread(Instant published) {
    if (published.get(ChronoField.NANO_OF_SECOND) != 0) return published;
    return published.plusMillis(ThreadLocalRandom.current().nextInt(1_000));
  }
}
