package org.placette.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
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
import org.placette.group.Groups;
import org.placette.group.Theme;
import org.placette.instance.Instance;
import org.placette.place.Places;
import org.placette.post.Posts;
import org.placette.post.Posts.NewPost;
import org.placette.post.Reactions;
import org.placette.text.Html;
import org.placette.user.Users;

/** Fills an empty server with the demo village. */
public final class Demo {

  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final String FRENCH = "fr";
  private static final Pattern WEEKDAY = Pattern.compile("\\{\\+(\\d+)\\}");

  /** How long ago an answer is, as a part of what it follows. */
  private static final double LATER = 0.8;

  private final Parts parts;
  private final String password;
  private final Map<String, Actor> cast = new HashMap<>();
  private final Map<String, Long> events = new HashMap<>();
  private final Instant now = Instant.now();

  /** The use cases that the village is made with. */
  public record Parts(
      Db db,
      Actors actors,
      Instance instance,
      Users users,
      Follows follows,
      Posts posts,
      Reactions reactions,
      Events events,
      Places places,
      Groups groups) {}

  /**
   * @param password for everybody's account
   */
  public Demo(Parts parts, String password) {
    this.parts = parts;
    this.password = password;
  }

  /**
   * Fills the village in; does nothing where somebody lives already.
   *
   * @return whether it was filled now
   */
  public boolean fill() {
    if (!DemoStore.isEmpty(parts.db())) return false;
    parts.instance().put(Instance.NAME, Cast.VILLAGE);
    parts.instance().put(Instance.MOTTO, Cast.MOTTO);
    parts.instance().put("instance.rules", String.join("\n", Cast.CHARTER));
    name();
    people();
    places();
    Programme.EVENTS.forEach(this::plan);
    Programme.COMMENTS.forEach(this::comment);
    Programme.TALKS.forEach(this::say);
    return true;
  }

  private void people() {
    var actors = parts.actors();
    for (var body : Cast.BODIES) {
      if (body.type().equals("Group")) continue;
      var bio = "<p>" + Html.escape(typeset(body.bio())) + "</p>";
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
                      password,
                      one.role(),
                      FRENCH));
      var actor = Objects.requireNonNull(actors.byId(account.actorId()));
      introduce(actor, one.name(), one.bio());
      cast.put(one.username(), actor);
    }
    DemoStore.speaks(parts.db(), somebody(Cast.TOWN_HALL).id(), somebody("jean").id());
    DemoStore.speaks(parts.db(), somebody(Cast.COMMITTEE).id(), somebody("marc").id());
    themes();
    var village = actors.village();
    for (var one : Cast.RESIDENTS) follow(one.username(), village);
  }

  /** The first resident founds them; the animators are of them too. */
  private void themes() {
    for (var body : Cast.BODIES) {
      if (!body.type().equals("Group")) continue;
      var bio = "<p>" + Html.escape(typeset(body.bio())) + "</p>";
      var wanted = new Groups.Wanted(body.name(), bio, "theme", Theme.Access.PUBLIC, "", List.of());
      var theme = parts.groups().found(somebody(Cast.NOUR), body.username(), wanted);
      cast.put(body.username(), theme);
      for (var one : Cast.RESIDENTS)
        if (!one.role().equals("resident") && !one.username().equals(Cast.NOUR))
          follow(one.username(), theme);
    }
  }

  /** The actors that are here from the start take the village's name. */
  private void name() {
    var actors = parts.actors();
    introduce(actors.village(), Cast.VILLAGE, Cast.MOTTO);
    introduce(actors.agenda(), "Agenda – " + Cast.VILLAGE, "Tout ce qui se passe ici.");
    introduce(actors.relay(), Cast.VILLAGE, Cast.MOTTO);
  }

  private void introduce(Actor actor, String name, String bio) {
    var words = "<p>" + Html.escape(typeset(bio)) + "</p>";
    var told = Profile.of(actor).saying(name, words);
    parts.db().transact(tx -> parts.actors().updateProfile(tx, actor, told));
  }

  /** The list that organisers choose from. */
  private void places() {
    var known = new HashSet<String>();
    for (var plan : Programme.EVENTS)
      if (known.add(plan.place())) {
        var note = Programme.NOTES.getOrDefault(plan.place(), "");
        var unused = parts.places().save(0, place(plan), typeset(note));
      }
  }

  /** Somewhere in the hills of the Beaujolais, the same place always at the same spot. */
  private static Place place(Programme.Plan plan) {
    var spot = Math.floorMod(plan.place().hashCode(), 143);
    return new Place(
        null,
        plan.place(),
        plan.street(),
        "69870",
        Cast.VILLAGE,
        null,
        "France",
        46.05 + spot % 13 * 0.0009,
        4.5 + spot / 13 * 0.0013);
  }

  private void follow(String who, Actor target) {
    parts.db().inTransaction(tx -> parts.follows().follow(tx, somebody(who), target));
  }

  private void say(Programme.Talk talk) {
    var group = talk.group() == null ? parts.actors().village() : somebody(talk.group());
    var first = NewPost.note(words(talk.text()), FRENCH).in(group);
    var titled = talk.title() == null ? first : first.titled(words(talk.title()));
    var post = publish(talk.by(), titled, talk.hoursAgo());
    var hours = talk.hoursAgo();
    for (var answer : talk.answers()) {
      hours *= LATER;
      var unused = answer(answer, post, hours);
      parts.reactions().like(somebody(answer.by()), post);
    }
    parts.reactions().like(somebody("emma"), post);
  }

  private void comment(Programme.Comment comment) {
    var event = Objects.requireNonNull(events.get(comment.event()), comment.event());
    var unused = answer(comment.line(), event, comment.hoursAgo());
  }

  private long answer(Programme.Line line, long to, double hoursAgo) {
    return publish(line.by(), NewPost.note(words(line.text()), FRENCH).inReplyTo(to), hoursAgo);
  }

  private long publish(String by, NewPost post, double hoursAgo) {
    var id = parts.posts().publish(somebody(by), post).id();
    var said = now.minus(Duration.ofMinutes(Math.round(hoursAgo * 60)));
    DemoStore.backdate(parts.db(), id, awake(said));
    return id;
  }

  /** Villagers sleep: what falls between ten and eight was said before, in the same order. */
  static Instant awake(Instant instant) {
    var time = instant.atZone(PARIS);
    var evening = time.toLocalDate().minusDays(time.getHour() < 8 ? 1 : 0).atTime(20, 0);
    var since = Duration.between(evening.atZone(PARIS), time);
    if (since.isNegative()) return instant;
    return evening.atZone(PARIS).toInstant().plus(since.dividedBy(6));
  }

  private void plan(Programme.Plan plan) {
    var author = somebody(plan.by());
    var event = parts.events().publish(author, wanted(plan, 0));
    events.put(plan.name(), event.id());
    DemoStore.backdate(parts.db(), event.id(), now.minus(Duration.ofDays(6)));
    var changed =
        switch (plan.fate()) {
          case PLANNED -> event;
          case CANCELLED -> parts.events().cancel(author, event.id());
          case MOVED_BY_A_WEEK -> parts.events().edit(author, event.id(), wanted(plan, 7));
        };
    assert changed.id() == event.id();
  }

  private NewEvent wanted(Programme.Plan plan, int moved) {
    var day = LocalDate.ofInstant(now, PARIS).plusDays(plan.in() + moved);
    var start = day.atTime(LocalTime.of(plan.hour(), 0));
    var when = When.of(start.atZone(PARIS), start.plusHours(plan.lasts()).atZone(PARIS));
    return NewEvent.of(
            words(plan.name()), words(plan.text()), FRENCH, details(plan, when, place(plan)))
        .in(parts.actors().village());
  }

  /** {@code {+2}} is the weekday in two days; and French sets spaces that do not break. */
  private String words(String text) {
    var today = LocalDate.ofInstant(now, PARIS);
    return typeset(
        WEEKDAY
            .matcher(text)
            .replaceAll(
                found ->
                    today
                        .plusDays(Long.parseLong(found.group(1)))
                        .getDayOfWeek()
                        .getDisplayName(TextStyle.FULL, Locale.FRENCH)));
  }

  static String typeset(String text) {
    return text.replaceAll(" ([:;?!»])", "\u00a0$1")
        .replace("« ", "«\u00a0")
        .replaceAll("(\\d) h\\b", "$1\u00a0h")
        .replaceAll("\u00a0h (\\d\\d)\\b", "\u00a0h\u00a0$1");
  }

  private static Details details(Programme.Plan plan, When when, Place place) {
    return Details.of(UUID.randomUUID(), when, place)
        .joining(joining(plan.capacity()))
        .about(plan.category(), null, null);
  }

  private static Joining joining(@Nullable Integer capacity) {
    return capacity == null ? Joining.FREE : new Joining("free", null, false, capacity, 0);
  }

  private Actor somebody(String username) {
    return Objects.requireNonNull(cast.get(username), username);
  }
}
