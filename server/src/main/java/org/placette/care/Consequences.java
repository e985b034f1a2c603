package org.placette.care;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.care.Measure.Action;
import org.placette.db.Tx;
import org.placette.event.Events;
import org.placette.follow.Profiles;
import org.placette.mail.Letter;
import org.placette.mail.Mailer;
import org.placette.notification.NotificationStore;
import org.placette.post.Posts;
import org.placette.post.Takedown;
import org.placette.web.Language;
import org.placette.web.Messages;

/** What follows from a measure, for the actor, the post, and those who must know. */
public final class Consequences {

  private static final List<Action> KEEPING_OUT = List.of(Action.SUSPEND, Action.DELETE_ACCOUNT);

  private final Actors actors;
  private final Profiles profiles;
  private final Posts posts;
  private final Takedown takedown;
  private final Events events;
  private final Mailer mailer;

  public Consequences(
      Actors actors,
      Profiles profiles,
      Posts posts,
      Takedown takedown,
      Events events,
      Mailer mailer) {
    this.actors = actors;
    this.profiles = profiles;
    this.posts = posts;
    this.takedown = takedown;
    this.events = events;
    this.mailer = mailer;
  }

  /** True for the actors that are the place itself. */
  boolean ofThePlace(Actor actor) {
    return actor.isType("Application")
        || actor.id() == actors.village().id()
        || actor.id() == actors.agenda().id();
  }

  void begin(Tx tx, Measure measure) {
    var post = measure.postId();
    switch (measure.action()) {
      case WARN -> {}
      case HIDE -> {
        if (post != null) takedown.hide(tx, post);
      }
      case DELETE_POST -> {
        if (post != null) remove(tx, post);
      }
      case LIMIT -> MeasureStore.limit(tx, measure.targetId(), true);
      case SUSPEND, DELETE_ACCOUNT -> suspend(tx, actor(tx, measure), true);
    }
  }

  /** Undone, unless another measure says the same. */
  void end(Tx tx, Measure measure) {
    var post = measure.postId();
    switch (measure.action()) {
      case WARN, DELETE_POST -> {}
      case HIDE -> {
        if (post != null) takedown.show(tx, post);
      }
      case LIMIT -> {
        if (!MeasureStore.holds(tx, measure.targetId(), List.of(Action.LIMIT)))
          MeasureStore.limit(tx, measure.targetId(), false);
      }
      case SUSPEND, DELETE_ACCOUNT -> {
        if (!MeasureStore.holds(tx, measure.targetId(), KEEPING_OUT))
          suspend(tx, actor(tx, measure), false);
      }
    }
  }

  private Actor actor(Tx tx, Measure measure) {
    return Objects.requireNonNull(actors.byId(tx, measure.targetId()));
  }

  private void suspend(Tx tx, Actor actor, boolean suspended) {
    actors.suspend(tx, actor, suspended);
    if (actor.local()) profiles.suspended(tx, actor, suspended);
  }

  private void remove(Tx tx, long id) {
    // Whoever got it before it was hidden must hear that it is gone.
    var post = takedown.uncovered(tx, id);
    if (post == null) return;
    var author = actors.byId(tx, post.actorId());
    if (author == null || !author.local()) takedown.remove(tx, post);
    else if (!events.remove(tx, author, id)) posts.remove(tx, author, post);
  }

  /** For good: its id answers 410, its account is forgotten. */
  void delete(Tx tx, Actor actor) {
    if (!actor.local()) {
      actors.remove(tx, actor);
      return;
    }
    profiles.remove(tx, actor);
    MeasureStore.forget(tx, actor.id());
  }

  /** Tells the person, in the village's name: nobody is the enemy of a moderator. */
  void tell(Tx tx, Measure measure) {
    var relay = actors.byUri(tx, actors.urls().relay());
    if (relay == null) return;
    NotificationStore.warn(tx, measure.targetId(), relay.id(), measure.id());
    if (!measure.action().inGroups()) write(tx, measure);
  }

  private void write(Tx tx, Measure measure) {
    var address = MeasureStore.email(tx, measure.targetId());
    if (address == null) return;
    var at = address.lastIndexOf(' ');
    var language = Language.of(address.substring(at + 1));
    var words = Messages.of(language == null ? Language.FR : language);
    var now = Objects.requireNonNullElse(MeasureStore.byId(tx, measure.id()), measure);
    List<String> text = new ArrayList<>();
    text.add(
        words.text("measure." + now.action().word())
            + " · "
            + words.text("measure.state." + now.state().word()));
    if (!now.reason().isEmpty()) text.add(now.reason());
    if (now.appeal() != null && !now.appeal().open()) text.add(now.appeal().answer());
    text.add(words.text("measure.letter"));
    var links =
        List.of(new Letter.Link(words.text("measures.title"), actors.urls().at("/measures")));
    mailer.send(
        tx,
        new Letter(address.substring(0, at), words.text("measure.letter.subject"), text, links)
            .in(language == null ? Language.FR : language));
  }
}
