package org.placette.after;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.event.Event;
import org.placette.media.Media;
import org.placette.media.StoredMedia;
import org.placette.post.Attachment;
import org.placette.post.Extras;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.post.Visibility;
import org.placette.rsvp.EventNotices;
import org.placette.rsvp.Rsvp;
import org.placette.rsvp.Rsvps;
import org.placette.web.Problem;

/** What organisers and attendees do once an event is over. */
public final class After {

  private static final int LONGEST = 1_000;

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Rsvps rsvps;
  private final Media media;

  public After(Db db, Actors actors, Posts posts, Rsvps rsvps, Media media) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.rsvps = rsvps;
    this.media = media;
  }

  /** What is kept and why. */
  public static List<Retention.Table> retention() {
    return AfterStore.retention();
  }

  /** Whether it has ended and took place. */
  static boolean over(Event event) {
    var details = event.details();
    return !details.cancelled() && details.when().endOrSupposed().isBefore(Instant.now());
  }

  /** Whether those who came were thanked. */
  boolean thanked(Event event) {
    return AfterStore.shared(db, event.id()) != null;
  }

  /** Whether everybody may read how it was. */
  boolean shared(Event event) {
    return Boolean.TRUE.equals(AfterStore.shared(db, event.id()));
  }

  /**
   * Thanks those who came, below the event, and asks each of them once how it was.
   *
   * @param text Markdown
   * @param shared whether everybody may read the answers, without names
   * @throws Problem.Forbidden before the end, a second time, or when it is somebody else's event
   */
  Post thank(
      Actor organiser, Event event, String text, List<StoredMedia> pictures, boolean shared) {
    if (event.post().actorId() != organiser.id()) throw new Problem.Forbidden("Not your event");
    if (!over(event)) throw new Problem.Forbidden("It is not over yet");
    var files = pictures.stream().map(one -> Attachment.of(one, media)).toList();
    var ids = pictures.stream().map(StoredMedia::id).toList();
    Extras.Also also =
        (tx, post) -> {
          if (!AfterStore.thank(tx, event.id(), post, shared))
            throw new Problem.Forbidden("You have thanked them already");
          if (!ids.isEmpty()) media.attach(tx, organiser.id(), ids, post);
          EventNotices.thank(tx, event);
        };
    var language = event.post().language() == null ? "fr" : event.post().language();
    return posts.publish(
        organiser,
        new Posts.NewPost(
            text,
            null,
            null,
            Visibility.PUBLIC,
            language,
            event.id(),
            actors.village(),
            files,
            new Extras(false, false, null, null, null, also)));
  }

  /**
   * Somebody who came says how it was.
   *
   * @param answer 1 to 3
   * @throws Problem.Forbidden when they did not come, or it is not over
   */
  void answer(Event event, @Nullable Rsvp rsvp, int answer, @Nullable String words) {
    if (rsvp == null || !rsvp.going() || !over(event))
      throw new Problem.Forbidden("Those who came are asked");
    var said = words == null || words.length() <= LONGEST ? words : words.substring(0, LONGEST);
    db.transact(tx -> AfterStore.answer(tx, event.id(), rsvp.id(), answer, said));
  }

  /** What somebody said; null for nothing yet. */
  @Nullable Feedback of(@Nullable Rsvp rsvp) {
    return rsvp == null ? null : AfterStore.of(db, rsvp.id());
  }

  /** What all said. */
  List<Feedback> all(Event event) {
    return AfterStore.all(db, event.id());
  }

  Rsvps rsvps() {
    return rsvps;
  }
}
