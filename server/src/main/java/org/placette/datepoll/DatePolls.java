package org.placette.datepoll;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audience.AudienceStore;
import org.placette.datepoll.DatePoll.Slot;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.event.Details;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.event.Joining;
import org.placette.event.NewEvent;
import org.placette.event.Place;
import org.placette.event.When;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.News;
import org.placette.notification.NotificationStore.Type;
import org.placette.poll.Polls;
import org.placette.post.Extras;
import org.placette.post.PersonalNotes;
import org.placette.post.Poll;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.post.Visibility;
import org.placette.rsvp.Rsvps;
import org.placette.web.Dates;
import org.placette.web.Language;
import org.placette.web.Messages;
import org.placette.web.Problem;

/**
 * What people do with date polls. Whoever writes an answer holds the row of the poll's post, as
 * votes do, so that nobody's answer is lost between two that come at once.
 */
public final class DatePolls implements Polls.Answers {

  /** As many dates as one may propose. */
  public static final int MOST_DATES = 20;

  private static final int MOST_ANSWERS = 500;
  private static final int LONGEST_COMMENT = 300;

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Polls polls;
  private final Events events;
  private final Rsvps rsvps;
  private final UnaryOperator<NewEvent> placed;
  private final DatePollNews news;

  /**
   * @param placed fills in what is known of a place of the village
   */
  public DatePolls(
      Db db,
      Actors actors,
      Posts posts,
      PersonalNotes notes,
      Polls polls,
      Events events,
      Rsvps rsvps,
      UnaryOperator<NewEvent> placed) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.polls = polls;
    this.events = events;
    this.rsvps = rsvps;
    this.placed = placed;
    news = new DatePollNews(actors, posts, notes);
  }

  /** What is kept and why. */
  public static List<Retention.Table> retention() {
    return DatePollStore.retention();
  }

  /**
   * Asks.
   *
   * @throws Problem.Invalid when there are fewer than two dates, too many, or the same ones
   */
  public DatePoll propose(Actor organiser, NewDatePoll wanted) {
    var slots = wanted.slots();
    if (slots.size() < 2 || slots.size() > MOST_DATES)
      throw new Problem.Invalid("Two dates at least", Map.of("date1", "error.dates"));
    if (slots.stream().map(Slot::start).distinct().count() < slots.size())
      throw new Problem.Invalid("The same date twice", Map.of("date1", "error.datesTwice"));
    var id = Ids.next();
    var words = words(wanted.language());
    var link = actors.urls().at("/dates/" + id);
    var place = wanted.place() == null ? "" : "\n\n" + words.text("dates.at", wanted.place());
    var text =
        (wanted.text() + place + "\n\n" + words.text("dates.answerHere") + " " + link).strip();
    var options = slots.stream().map(slot -> new Poll.Option(option(wanted, slot), 0)).toList();
    var poll = new Poll(true, options, 0, wanted.endTime(), null);
    var extras =
        new Extras(
            false, false, poll, null, null, (tx, post) -> DatePollStore.add(tx, id, post, wanted));
    var post =
        new Posts.NewPost(
            text,
            wanted.name(),
            null,
            wanted.audience(),
            wanted.language(),
            null,
            wanted.audience() == Visibility.PUBLIC ? actors.village() : null,
            List.of(),
            extras);
    var unused = posts.publish(organiser, post);
    return Objects.requireNonNull(DatePollStore.byId(db, id));
  }

  private static Messages words(@Nullable String language) {
    return Messages.of(Objects.requireNonNullElse(Language.of(language), Language.FR));
  }

  /** A date as an option of a poll, which votes repeat; plain spaces, since some servers trim. */
  private static String option(NewDatePoll wanted, Slot slot) {
    return inWords(wanted.language(), wanted.zone(), slot)
        .replace('\u00a0', ' ')
        .replace('\u202f', ' ');
  }

  static String inWords(@Nullable String language, ZoneId zone, Slot slot) {
    var dates = Dates.of(Objects.requireNonNullElse(Language.of(language), Language.FR));
    return dates.range(slot.start(zone), slot.end(zone));
  }

  /**
   * The poll of a page.
   *
   * @param viewer an actor's number; 0 for a stranger
   * @throws Problem.NotFound when there is none that the viewer may see
   */
  public DatePoll shown(long id, long viewer) {
    var found = DatePollStore.byId(db, id);
    if (found == null || !AudienceStore.reads(db, viewer, found.postId()))
      throw new Problem.NotFound();
    return found;
  }

  /** All answers, in the order in which they came. */
  public List<Ballot> ballots(DatePoll poll) {
    return DatePollStore.ballots(db, poll.id());
  }

  /** What somebody answered; null when nothing. */
  public @Nullable Ballot of(DatePoll poll, long actor) {
    return DatePollStore.of(db, poll.id(), actor);
  }

  /** A guest's answer; null when nobody has this secret. */
  public @Nullable Ballot bySecret(DatePoll poll, byte[] secret) {
    return DatePollStore.bySecret(db, poll.id(), secret);
  }

  /** Whether there are confirmed neighbours. */
  boolean neighbours() {
    return !AudienceStore.ring(db).isEmpty();
  }

  /** Those that still want answers and that the viewer may see, the latest first. */
  public List<DatePoll> open(long viewer) {
    return DatePollStore.open(db, viewer, 40);
  }

  /**
   * A resident answers, or changes their answer.
   *
   * @throws Problem.Forbidden when nobody answers any more
   */
  public void answer(DatePoll poll, Actor who, List<Choice> choices, @Nullable String comment) {
    db.transact(tx -> put(tx, held(tx, poll), who, choices, cut(comment), true));
  }

  private static @Nullable String cut(@Nullable String comment) {
    if (comment == null || comment.isBlank()) return null;
    return comment.length() > LONGEST_COMMENT ? comment.substring(0, LONGEST_COMMENT) : comment;
  }

  /** The poll as it is once nobody else changes it. */
  private Held held(Tx tx, DatePoll poll) {
    var post = polls.locked(tx, poll.postId());
    var now = DatePollStore.byId(tx, poll.id());
    if (post == null || now == null) throw new Problem.NotFound();
    if (now.over()) throw new Problem.Forbidden("This poll is over");
    return new Held(now, post);
  }

  private record Held(DatePoll poll, Post post) {}

  private void put(
      Tx tx,
      Held held,
      Actor who,
      List<Choice> choices,
      @Nullable String comment,
      boolean comments) {
    var fitted = fitted(held.poll(), choices);
    var news = DatePollStore.of(tx, held.poll().id(), who.id()) == null;
    if (news) checkRoom(tx, held.poll());
    DatePollStore.put(tx, Ids.next(), held.poll().id(), who.id(), fitted, comment, comments);
    polls.chose(tx, held.post(), who, positions(fitted, options(held.post())));
    count(tx, held);
  }

  private static void checkRoom(Tx tx, DatePoll poll) {
    if (DatePollStore.ballots(tx, poll.id()).size() >= MOST_ANSWERS)
      throw new Problem.Forbidden("There are too many answers");
  }

  private static List<Choice> fitted(DatePoll poll, List<Choice> choices) {
    return choices.subList(0, Math.min(choices.size(), poll.slots().size()));
  }

  /** How many dates apps and other servers know: those of the beginning. */
  private static int options(Post post) {
    return post.poll() == null ? 0 : post.poll().options().size();
  }

  private static List<Integer> positions(List<Choice> choices, int options) {
    List<Integer> yes = new ArrayList<>();
    for (int i = 0; i < Math.min(choices.size(), options); i++)
      if (choices.get(i) == Choice.YES) yes.add(i);
    return yes;
  }

  private void count(Tx tx, Held held) {
    var ballots = DatePollStore.ballots(tx, held.poll().id());
    var tallies = Tally.of(held.poll().slots().size(), ballots);
    var options = options(held.post());
    var voters =
        (int) ballots.stream().filter(b -> !positions(b.choices(), options).isEmpty()).count();
    var votes = tallies.stream().limit(options).map(Tally::yes).toList();
    polls.counted(tx, held.post(), votes, voters);
  }

  /**
   * Somebody without an account answers, or changes their answer.
   *
   * @param secret SHA-256 of what their link holds
   * @throws Problem.Forbidden when the organiser wants accounts only, or nobody answers any more
   */
  public void answer(
      DatePoll poll, String name, byte[] secret, List<Choice> choices, @Nullable String comment) {
    db.transact(
        tx -> {
          var held = held(tx, poll);
          if (!held.poll().guests()) throw new Problem.Forbidden("An account is needed for this");
          if (DatePollStore.bySecret(tx, poll.id(), secret) == null) checkRoom(tx, held.poll());
          var fitted = fitted(held.poll(), choices);
          DatePollStore.putGuest(tx, Ids.next(), poll.id(), name, secret, fitted, cut(comment));
          count(tx, held);
        });
  }

  /** Takes one's own answer back; harmless when there is none. */
  public void withdraw(DatePoll poll, @Nullable Ballot ballot) {
    if (ballot == null) return;
    db.transact(
        tx -> {
          var held = held(tx, poll);
          DatePollStore.remove(tx, ballot.id());
          var who = ballot.actorId() == null ? null : actors.byId(tx, ballot.actorId());
          if (who != null) polls.chose(tx, held.post(), who, List.of());
          count(tx, held);
        });
  }

  /**
   * A vote in the plain poll says yes; one from elsewhere adds to those before, one from an app
   * says all. What was "if need be" stays so.
   */
  @Override
  public boolean take(Tx tx, Actor voter, Post post, List<Integer> choices) {
    if (post.poll() == null || !post.type().equals("Question")) return false;
    var poll = DatePollStore.byPost(tx, post.id());
    if (poll == null) return false;
    if (poll.over()) return true;
    var before = DatePollStore.of(tx, poll.id(), voter.id());
    var options = options(post);
    // What was said to dates that were added on the page stays: no app asks for them.
    var asked = before == null ? options : Math.max(options, before.choices().size());
    List<Choice> all = new ArrayList<>();
    for (int i = 0; i < asked; i++) {
      var was = before == null ? Choice.NO : before.choice(i);
      if (choices.contains(i)) all.add(Choice.YES);
      else all.add(voter.local() && was == Choice.YES && i < options ? Choice.NO : was);
    }
    put(tx, new Held(poll, post), voter, all, null, false);
    return true;
  }

  /** What the event of a date would be. */
  public NewEvent wanted(DatePoll poll, int position) {
    if (position < 0 || position >= poll.slots().size()) throw new Problem.NotFound();
    var slot = poll.slots().get(position);
    var when = When.of(slot.start(poll.zone()), slot.end(poll.zone()));
    var place = poll.place() == null ? null : Place.named(poll.place());
    var details =
        Details.of(UUID.randomUUID(), when, place)
            .joining(new Joining("free", null, poll.guests(), null, 0));
    var language = poll.language() == null ? "fr" : poll.language();
    return placed.apply(NewEvent.of(poll.name(), "", language, details)).in(actors.village());
  }

  /**
   * Adds dates behind those that are there. Nobody's answer changes; whoever answered is told. Apps
   * and other servers keep asking for the first dates only, since a poll whose options change
   * forgets its votes there: they are told in words.
   *
   * @throws Problem.Forbidden when somebody else asked, or nobody answers any more
   * @throws Problem.Invalid when there are too many, none, or one that is there already
   */
  public void add(Actor organiser, DatePoll asked, List<Slot> slots) {
    if (asked.actorId() != organiser.id()) throw new Problem.Forbidden("This is not your poll");
    db.transact(
        tx -> {
          var held = held(tx, asked);
          var poll = held.poll();
          var before = poll.slots().stream().map(Slot::start).toList();
          if (slots.isEmpty() || slots.size() + before.size() > MOST_DATES)
            throw new Problem.Invalid("One date at least", Map.of("date1", "error.dates"));
          if (slots.stream().anyMatch(slot -> before.contains(slot.start())))
            throw new Problem.Invalid("The same date twice", Map.of("date1", "error.datesTwice"));
          DatePollStore.slots(tx, poll.id(), before.size(), slots);
          var post = posts.rewrite(tx, news.added(held.post(), poll, slots));
          news.tell(tx, organiser, post, poll, DatePollStore.ballots(tx, poll.id()), slots);
        });
  }

  /**
   * Nobody answers any more; a date can still be chosen.
   *
   * @throws Problem.Forbidden when somebody else asked
   */
  public void close(Actor organiser, DatePoll asked) {
    if (asked.actorId() != organiser.id()) throw new Problem.Forbidden("This is not your poll");
    db.transact(tx -> polls.close(tx, held(tx, asked).post()));
  }

  /**
   * Chooses a date: publishes the event, puts everybody on its list who said yes, and tells all.
   *
   * @param text what the event is about, Markdown
   * @throws Problem.Forbidden when somebody else asked, or a date was chosen already
   */
  public Event choose(Actor organiser, DatePoll asked, int position, String text) {
    if (asked.actorId() != organiser.id()) throw new Problem.Forbidden("This is not your poll");
    var plan = wanted(asked, position);
    var wanted =
        NewEvent.of(plan.name(), text, plan.language(), plan.details()).in(actors.village());
    return db.inTransaction(
        tx -> {
          var post = polls.locked(tx, asked.postId());
          var poll = DatePollStore.byId(tx, asked.id());
          if (post == null || poll == null) throw new Problem.NotFound();
          if (poll.chosen() != null) throw new Problem.Forbidden("A date was chosen already");
          var event = events.publish(tx, organiser, wanted, null);
          DatePollStore.chose(tx, poll.id(), position, event.id());
          enlist(tx, poll, event, position);
          var said = posts.rewrite(tx, news.chosen(post, poll, event, position));
          polls.close(tx, said);
          return event;
        });
  }

  private void enlist(Tx tx, DatePoll poll, Event event, int position) {
    List<News> others = new ArrayList<>();
    for (var ballot : DatePollStore.ballots(tx, poll.id())) {
      var yes = ballot.choice(position) == Choice.YES;
      var id = ballot.actorId();
      if (id == null) {
        if (yes) rsvps.enlist(tx, event, ballot.name());
        continue;
      }
      var who = actors.byId(tx, id);
      if (who == null || id == poll.actorId()) continue;
      if (yes) rsvps.enlist(tx, event, who);
      else if (who.local()) others.add(new News(id, Type.EventUpdate, poll.actorId(), event.id()));
    }
    NotificationStore.tell(tx, others);
  }
}
