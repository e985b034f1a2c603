package org.placette.demo;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Profile;
import org.placette.db.Db;
import org.placette.event.Details;
import org.placette.event.Events;
import org.placette.event.Joining;
import org.placette.event.NewEvent;
import org.placette.event.Place;
import org.placette.event.When;
import org.placette.follow.Follows;
import org.placette.instance.Instance;
import org.placette.post.Posts;
import org.placette.post.Posts.NewPost;
import org.placette.post.Reactions;
import org.placette.text.Html;
import org.placette.user.Users;

/** Fills an empty server with the demo village. */
public final class Demo {

  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final String FRENCH = "fr";

  private final Parts parts;
  private final Map<String, Actor> cast = new HashMap<>();

  /** The use cases that the village is made with. */
  public record Parts(
      Db db,
      Actors actors,
      Instance instance,
      Users users,
      Follows follows,
      Posts posts,
      Reactions reactions,
      Events events) {}

  public Demo(Parts parts) {
    this.parts = parts;
  }

  /**
   * Fills the village in; does nothing when its owner is there already.
   *
   * @return whether it was filled now
   */
  public boolean fill() {
    if (parts.actors().localByName(Cast.NOUR) != null) return false;
    parts.instance().put(Instance.NAME, Cast.VILLAGE);
    parts.instance().put(Instance.MOTTO, Cast.MOTTO);
    people();
    Programme.TALKS.forEach(this::say);
    Programme.EVENTS.forEach(this::plan);
    return true;
  }

  private void people() {
    var actors = parts.actors();
    for (var body : Cast.BODIES) {
      var bio = "<p>" + Html.escape(body.bio()) + "</p>";
      cast.put(
          body.username(),
          parts
              .db()
              .inTransaction(
                  tx -> actors.createLocal(tx, body.type(), body.username(), body.name(), bio)));
    }
    for (var one : Cast.RESIDENTS) {
      var account =
          parts
              .users()
              .create(
                  new Users.NewAccount(
                      one.username(),
                      one.name(),
                      one.username() + "@saint-just.example",
                      Cast.PASSWORD,
                      one.role(),
                      FRENCH));
      var actor = Objects.requireNonNull(actors.byId(account.actorId()));
      introduce(actor, one.bio());
      cast.put(one.username(), actor);
    }
    var village = actors.village();
    for (var one : Cast.RESIDENTS) follow(one.username(), village);
  }

  private void introduce(Actor actor, String bio) {
    var now = Profile.of(actor);
    var told =
        new Profile(
            now.name(),
            "<p>" + Html.escape(bio) + "</p>",
            now.icon(),
            now.image(),
            now.fields(),
            now.manuallyApprovesFollowers(),
            now.discoverable(),
            now.indexable());
    parts.db().transact(tx -> parts.actors().updateProfile(tx, actor, told));
  }

  private void follow(String who, Actor target) {
    parts.db().inTransaction(tx -> parts.follows().follow(tx, somebody(who), target));
  }

  private void say(Programme.Talk talk) {
    var group = talk.group() == null ? parts.actors().village() : somebody(talk.group());
    var first = NewPost.note(talk.text(), FRENCH).in(group);
    var titled = talk.title() == null ? first : first.titled(talk.title());
    var post = parts.posts().publish(somebody(talk.by()), titled);
    for (var answer : talk.answers()) {
      var reply = NewPost.note(answer.text(), FRENCH).inReplyTo(post.id());
      parts.posts().publish(somebody(answer.by()), reply);
      parts.reactions().like(somebody(answer.by()), post.id());
    }
    parts.reactions().like(somebody("emma"), post.id());
  }

  private void plan(Programme.Plan plan) {
    var start = LocalDate.now(PARIS).plusDays(plan.in()).atTime(LocalTime.of(plan.hour(), 0));
    var when = When.of(start.atZone(PARIS), start.plusHours(plan.lasts()).atZone(PARIS));
    var place =
        new Place(
            null, plan.place(), plan.street(), "69870", Cast.VILLAGE, null, "France", null, null);
    var wanted =
        NewEvent.of(plan.name(), plan.text(), FRENCH, details(plan, when, place))
            .in(parts.actors().village());
    var event = parts.events().publish(somebody(plan.by()), wanted);
    if (plan.cancelled()) {
      var unused = parts.events().cancel(somebody(plan.by()), event.id());
    }
  }

  private static Details details(Programme.Plan plan, When when, Place place) {
    var plain = Details.of(UUID.randomUUID(), when, place);
    return new Details(
        plain.uuid(),
        when,
        place,
        false,
        null,
        null,
        joining(plan.capacity()),
        plain.status(),
        plain.eventStatus(),
        plan.category(),
        null,
        null,
        plain.repliesModeration(),
        null,
        List.of(),
        List.of(),
        0);
  }

  private static Joining joining(@Nullable Integer capacity) {
    return capacity == null ? Joining.FREE : new Joining("free", null, false, capacity, 0);
  }

  private Actor somebody(String username) {
    return Objects.requireNonNull(cast.get(username), username);
  }
}
