package org.placette.post;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Ids;
import org.placette.db.Tx;
import org.placette.outbox.Outbox;
import org.placette.outbox.Targets;
import org.placette.text.Html;

/** Short notes of a publisher to one person, for nobody else's eyes, about something published. */
public final class PersonalNotes {

  private final Actors actors;
  private final Posts posts;
  private final Outbox outbox;
  private final Targets targets;

  public PersonalNotes(Actors actors, Posts posts, Outbox outbox, Targets targets) {
    this.actors = actors;
    this.posts = posts;
    this.outbox = outbox;
    this.targets = targets;
  }

  /**
   * Writes one; nothing when the publisher is not from here, or is who would get it.
   *
   * @param text plain
   * @param page the address that it links to
   * @param title what the link says
   * @param language a BCP 47 tag
   * @param about the id of what it answers
   */
  public void write(
      Tx tx,
      @Nullable Actor publisher,
      Actor to,
      String text,
      String page,
      String title,
      @Nullable String language,
      @Nullable String about) {
    if (publisher == null || !publisher.local() || publisher.id() == to.id()) return;
    var html =
        "<p><a href=\""
            + Html.escape(to.url() == null ? to.uri() : to.url())
            + "\" class=\"u-url mention\">"
            + Html.escape("@" + to.username())
            + "</a> "
            + Html.escape(text)
            + "</p><p><a href=\""
            + Html.escape(page)
            + "\">"
            + Html.escape(title)
            + "</a></p>";
    var handle = "@" + to.handle(actors.urls().host());
    var id = Ids.next();
    var draft =
        Draft.of(
                actors.urls().post(id),
                "Note",
                publisher.id(),
                Words.of(html, language),
                Instant.now())
            .withTags(List.of(Tag.mention(handle, to.uri())))
            .withAddressing(new Addressing(Visibility.DIRECT, List.of(), List.of(to.uri())))
            .answering(about, actors.urls().thread(id));
    var post = posts.store(tx, id, draft);
    var object = PostObject.of(post, publisher, null, actors.urls());
    var create =
        PostObject.wrap("Create", outbox.newActivityUri(), publisher, object, Instant.now());
    var unused = outbox.send(tx, publisher, create, targets.personal(tx, List.of(to)));
  }
}
