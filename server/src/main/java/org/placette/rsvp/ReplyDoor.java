package org.placette.rsvp;

import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.post.Desk;
import org.placette.post.PersonalNotes;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.rsvp.Rsvp.Door;
import org.placette.text.Excerpt;
import org.placette.text.Html;
import org.placette.web.Messages;
import org.placette.web.Problem;

/**
 * A reply to an event, or to the poll that stands for it, that says only yes, no or maybe is an
 * answer; a short private note says what was understood. All other replies are discussion.
 */
public final class ReplyDoor implements ActivityHandler, Desk.Heard {

  private final Actors actors;
  private final Posts posts;
  private final Events events;
  private final Guests guests;
  private final PersonalNotes notes;

  public ReplyDoor(Actors actors, Posts posts, Events events, Guests guests, PersonalNotes notes) {
    this.actors = actors;
    this.posts = posts;
    this.events = events;
    this.guests = guests;
    this.notes = notes;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(new Kind("Create", "Note"));
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var note = received.object();
    var answered = note.ref("inReplyTo");
    var text = note.text("content");
    if (answered == null || text == null || text.length() > 2_000) return null;
    if (!actors.urls().isOurs(answered)) return null;
    var said = ShortWords.read(Excerpt.of(Html.clean(text), 300));
    if (said == null) return null;
    var authors = note.refs("attributedTo");
    if (!authors.isEmpty() && !authors.contains(received.actor().uri())) return null;
    var event = event(posts.byUri(answered), events::byId);
    if (event == null || !Invitations.open(event)) return null;
    if (said.bare() && !comes(guests.of(event, received.actor()))) return null;
    return tx -> take(tx, event, received.actor(), said, note.id());
  }

  /**
   * Looks at what a resident wrote below an event; it stays in the discussion too.
   *
   * @param plain the text as typed
   */
  @Override
  public void wrote(Tx tx, Actor author, long answered, String plain) {
    var said = ShortWords.read(plain);
    if (said == null) return;
    var event = event(posts.byId(tx, answered), id -> events.byId(tx, id));
    if (event == null || !Invitations.open(event)) return;
    if (said.bare() && !comes(RsvpStore.of(tx, event.id(), author.id()))) return;
    take(tx, event, author, said, null);
  }

  private static boolean comes(@Nullable Rsvp before) {
    return before != null
        && switch (before.state()) {
          case GOING, WAITING, REQUESTED -> true;
          default -> false;
        };
  }

  /** True for a yes or a no below an event whose organiser wants no comments. */
  @Override
  public boolean forOrganiserAlone(long answered, String plain) {
    if (ShortWords.read(plain) == null) return false;
    var event = event(posts.byId(answered), events::byId);
    return event != null && event.details().commentsClosed() && Invitations.open(event);
  }

  /** The event that a post is, or whose poll it is; or null. */
  private static @Nullable Event event(
      @Nullable Post answered, LongFunction<@Nullable Event> byId) {
    if (answered == null) return null;
    var id = answered.companionOf();
    if (id != null) return answered.inReplyTo() == null ? byId.apply(id) : null;
    return answered.type().equals("Event") ? byId.apply(answered.id()) : null;
  }

  private void take(Tx tx, Event event, Actor who, ShortWords said, @Nullable String about) {
    var reply = new Reply(said.answer(), said.party(), null, null, Door.REPLY, null);
    String key;
    try {
      var after = guests.reply(tx, who, event, reply);
      key = "rsvp.mine." + after.state().word();
    } catch (Problem e) {
      key = e instanceof Problem.Conflict ? "rsvp.noRoom" : "rsvp.closed";
    }
    var words = Messages.of(RsvpLetters.language(event));
    var text = words.text(key);
    if (key.endsWith(".going") && said.party() > 1)
      text += " " + words.count("rsvp.party", said.party());
    note(tx, event, who, text, about);
  }

  /** Writes to somebody, for nobody else's eyes, in the publisher's name. */
  void note(Tx tx, Event event, Actor to, String text, @Nullable String about) {
    var publisher = actors.byId(tx, event.post().actorId());
    var post = event.post();
    notes.write(tx, publisher, to, text, post.page(), event.name(), post.language(), about);
  }

  /** The same with a link of its own instead of the event's. */
  void note(Tx tx, Event event, Actor to, String text, String page, String title) {
    var publisher = actors.byId(tx, event.post().actorId());
    notes.write(tx, publisher, to, text, page, title, event.post().language(), null);
  }
}
