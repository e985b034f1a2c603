package org.placette.post;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;

/** Puts together what a resident wrote, whom it names and where it goes. */
final class Drafts {

  private final Actors actors;

  Drafts(Actors actors) {
    this.actors = actors;
  }

  /**
   * Composes it.
   *
   * @param parent what it answers; null for nothing
   * @param thread the id of the thread that it goes on with; null for one of its own
   * @param id the number that its uri is made of
   */
  Draft draft(
      Actor author,
      Posts.NewPost wanted,
      @Nullable Post parent,
      @Nullable String thread,
      Writing.Written composed,
      Destination place,
      long id) {
    var tags = new ArrayList<>(composed.tags());
    if (parent != null) answer(tags, author, parent, place.visibility());
    var audience = place.group();
    if (parent == null && audience != null && place.mentionsGroup(actors)) name(tags, audience);
    var context = parent == null ? actors.urls().thread(id) : thread;
    var extras = wanted.extras();
    var essay = wanted.name() != null && wanted.text().length() > 1_500;
    var type = extras.poll() != null ? "Question" : essay ? "Article" : "Note";
    var words =
        new Words(
            wanted.name(),
            wanted.warning(),
            composed.html(),
            wanted.language(),
            wanted.warning() != null || extras.sensitive());
    var draft =
        Draft.of(actors.urls().post(id), type, author.id(), words, Instant.now())
            .withTags(tags)
            .withAttachments(wanted.attachments())
            .withAddressing(
                new Addressing(
                    place.visibility(),
                    audience == null ? List.of() : List.of(audience.uri()),
                    mentions(tags)))
            .answering(parent == null ? null : parent.uri(), context)
            .quoting(extras.quote());
    return extras.poll() == null ? draft : draft.asking(extras.poll());
  }

  /** Names whom an answer is for. */
  private void answer(List<Tag> tags, Actor author, Post parent, Visibility visibility) {
    var direct = visibility == Visibility.DIRECT;
    // A private answer goes to those it names; one that names nobody, to those of the message.
    if (direct && (parent.visibility() != Visibility.DIRECT || !mentions(tags).isEmpty())) return;
    var answered = actors.byId(parent.actorId());
    if (answered != null && answered.id() != author.id()) name(tags, answered);
    if (!direct) return;
    for (var uri : parent.mentions()) {
      var other = actors.byUri(uri);
      if (other != null && other.id() != author.id()) name(tags, other);
    }
  }

  private static List<String> mentions(List<Tag> tags) {
    return tags.stream().filter(Tag::mention).map(t -> String.valueOf(t.href())).toList();
  }

  private void name(List<Tag> tags, Actor whom) {
    if (!mentions(tags).contains(whom.uri()))
      tags.add(Tag.mention("@" + whom.handle(actors.urls().host()), whom.uri()));
  }
}
