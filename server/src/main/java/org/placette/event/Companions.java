package org.placette.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Ids;
import org.placette.db.Tx;
import org.placette.outbox.Receiver;
import org.placette.post.Addressing;
import org.placette.post.Draft;
import org.placette.post.Poll;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.post.Tag;
import org.placette.post.Visibility;
import org.placette.post.Words;

/**
 * The posts that make an event known to servers without events: a Question whose votes are answers,
 * and a titled Note for forums. They have ids of their own, stand in the event's thread and are
 * left out of this server's own lists.
 */
final class Companions {

  private final Actors actors;
  private final Posts posts;

  Companions(Actors actors, Posts posts) {
    this.actors = actors;
    this.posts = posts;
  }

  /** Which servers are shown a companion: an answer goes to those who were shown its question. */
  static Receiver receiver(Post companion, List<Post> all) {
    return all.stream()
        .filter(one -> one.uri().equals(companion.inReplyTo()))
        .findFirst()
        .map(Companions::receiver)
        .orElseGet(() -> receiver(companion));
  }

  /** Which servers are shown a companion that answers none. */
  static Receiver receiver(Post companion) {
    var topic = companion.type().equals("Note") && companion.name() != null;
    return topic ? Receiver.FORUM : Receiver.MICROBLOG;
  }

  /** The poll: who comes? It closes when the event begins. */
  Post question(Tx tx, Event event, Actor author) {
    var words = EventWords.of(event.post().language());
    if (!asks(tx, event))
      return store(tx, event, "Note", author, text(event, words, false), d -> d);
    List<Poll.Option> options = new ArrayList<>();
    for (var answer : words.answers()) options.add(new Poll.Option(answer, 0));
    var poll = new Poll(false, options, 0, event.details().when().start(), null);
    return store(
        tx, event, "Question", author, text(event, words, true), draft -> draft.asking(poll));
  }

  /** The topic: the event's text under its title. */
  Post topic(Tx tx, Event event, Actor author) {
    var words = EventWords.of(event.post().language());
    return store(tx, event, "Note", author, topicText(event, words), draft -> draft);
  }

  /** Whether the organiser wants the question to be asked, and answers are taken here. */
  private static boolean asks(Tx tx, Event event) {
    var mode = event.details().joining().mode();
    var answered = mode.equals("free") || mode.equals("restricted");
    return answered && EventStore.asking(tx, event.id()).poll();
  }

  private static Words text(Event event, EventWords words, boolean asking) {
    return Words.of(words.invitation(event, asking), event.post().language());
  }

  private static Words topicText(Event event, EventWords words) {
    return Words.of(words.topic(event), event.post().language()).withName(words.name(event));
  }

  private Post store(
      Tx tx,
      Event event,
      String type,
      Actor author,
      Words words,
      java.util.function.UnaryOperator<Draft> more) {
    var id = Ids.next();
    var draft =
        Draft.of(actors.urls().post(id), type, author.id(), words, Instant.now())
            .withTags(event.post().tag().stream().filter(Tag::hashtag).toList())
            .withAddressing(addressing(tx, event, false))
            .answering(null, event.post().context())
            .companionOf(event.id());
    return posts.store(tx, id, more.apply(draft));
  }

  /** Writes the event's present state into its companions; options and votes stay. */
  List<Post> rewritten(Tx tx, Event event) {
    return written(tx, event, true);
  }

  /** The same where the words have changed: full, or no longer; others as they are. */
  List<Post> restated(Tx tx, Event event) {
    return written(tx, event, false);
  }

  private List<Post> written(Tx tx, Event event, boolean all) {
    var words = EventWords.of(event.post().language());
    List<Post> found = new ArrayList<>();
    for (var companion : posts.companions(tx, event.id())) {
      if (companion.inReplyTo() != null) continue;
      var text =
          receiver(companion) == Receiver.FORUM
              ? topicText(event, words)
              : text(event, words, companion.poll() != null);
      if (!all && text.content().equals(companion.content())) {
        if (companion.poll() != null) found.add(companion);
        continue;
      }
      var draft =
          Draft.of(
                  companion.uri(),
                  companion.type(),
                  companion.actorId(),
                  text,
                  companion.published())
              .withTags(companion.tag())
              .at(companion.url(), Instant.now());
      var poll = companion.poll();
      found.add(posts.rewrite(tx, poll == null ? draft : draft.asking(now(event, poll))));
    }
    return found;
  }

  private static Poll now(Event event, Poll poll) {
    var closed = event.details().cancelled() ? Instant.now() : poll.closed();
    return new Poll(
        poll.multiple(), poll.options(), poll.voters(), event.details().when().start(), closed);
  }

  /**
   * For everybody, or for those alone who may read the event.
   *
   * @param inGroup whether it stands in the event's Group for everybody to see
   */
  private Addressing addressing(Tx tx, Event event, boolean inGroup) {
    var id = event.post().audienceId();
    var group = id == null ? null : actors.byId(tx, id);
    var closed = event.post().visibility() == Visibility.GROUP;
    var named = group == null || !closed && !inGroup ? List.<String>of() : List.of(group.uri());
    return new Addressing(closed ? Visibility.GROUP : Visibility.PUBLIC, named, List.of());
  }

  /**
   * The public note that an event does not take place, as an answer to the event or to a companion.
   *
   * @param hidden true for an answer to a companion, which this server does not show
   */
  Post cancellation(Tx tx, Event event, Actor author, Post answered, boolean hidden) {
    var words = EventWords.of(event.post().language());
    var id = Ids.next();
    var draft =
        Draft.of(
                actors.urls().post(id),
                "Note",
                author.id(),
                Words.of(words.cancellation(event), event.post().language()),
                Instant.now())
            .withAddressing(addressing(tx, event, !hidden))
            .answering(answered.uri(), event.post().context());
    return posts.store(tx, id, hidden ? draft.companionOf(event.id()) : draft);
  }
}
