package org.placette.series;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.event.Events;
import org.placette.rsvp.Reply;
import org.placette.rsvp.Rsvps;
import org.placette.web.Problem;

/** Those who come to all dates of a series: one answer for each date that is and that will be. */
public final class Regulars {

  private final Db db;
  private final Actors actors;
  private final Events events;
  private final Rsvps rsvps;
  private final Clock clock;

  public Regulars(Db db, Actors actors, Events events, Rsvps rsvps, Clock clock) {
    this.db = db;
    this.actors = actors;
    this.events = events;
    this.rsvps = rsvps;
    this.clock = clock;
  }

  /**
   * How it stands between somebody and a series.
   *
   * @param comes whether they come each time
   * @param party how many come with them
   * @param all how many people come each time
   */
  public record Standing(boolean comes, int party, int all) {}

  /** How it stands; {@code actor} 0 for a stranger. */
  public Standing of(Series series, long actor) {
    var mine = actor == 0 ? null : RegularStore.of(db, series.id(), actor);
    return new Standing(
        mine != null, mine == null ? 1 : mine.party(), RegularStore.count(db, series.id()));
  }

  /**
   * Comes to every date, also of the series that goes on where this one ends: those that are
   * published are answered now, unless they were answered already, the others when they are
   * published.
   *
   * @param party how many come, 1 to {@link Reply#LARGEST}
   * @throws Problem.Invalid when the party is none
   * @throws Problem.Forbidden when the series has ended
   */
  public void join(Series series, Actor who, int party) {
    if (party < 1 || party > Reply.LARGEST)
      throw new Problem.Invalid("A party is 1 to 20 people", Map.of("party", "error.number"));
    if (series.actorId() == who.id()) throw new Problem.BadRequest("This is your own series");
    db.transact(
        tx -> {
          // Whoever publishes holds this row: no date falls between.
          var now = SeriesStore.locked(tx, series.id());
          if (now == null) throw new Problem.NotFound();
          for (var one : SeriesStore.onwards(tx, series.id())) {
            RegularStore.put(tx, one.id(), who.id(), party);
            for (var date : coming(tx, one)) rsvps.comesAlways(tx, date, who, party);
          }
        });
  }

  /** Comes to none of them any more; the answers to single dates are taken back as well. */
  public void leave(Series series, Actor who) {
    db.transact(
        tx -> {
          var now = SeriesStore.locked(tx, series.id());
          if (now == null) return;
          for (var one : SeriesStore.whole(tx, series.id()))
            if (RegularStore.remove(tx, one.id(), who.id()))
              for (var date : coming(tx, one)) rsvps.comesNoMore(tx, date, who);
        });
  }

  /** Guests come to every date, or to none any more. */
  Guests guests() {
    return new Guests();
  }

  /** The same for people without an account; one letter stands for all dates. */
  final class Guests {

    private Guests() {}

    /** What their letter is about; null when nobody has this secret. */
    @Nullable SeriesGuest bySecret(byte[] secret) {
      return SeriesGuestStore.bySecret(db, secret);
    }

    /** The coming dates and how a guest stands to them. */
    List<SeriesGuestStore.Date> dates(SeriesGuest guest) {
      return SeriesGuestStore.dates(db, guest, clock.instant());
    }

    /** Comes to every date. */
    void join(byte[] secret) {
      db.transact(
          tx -> {
            var guest = held(tx, secret);
            SeriesGuestStore.confirm(tx, guest.id());
            for (var one : dates(tx, guest)) rsvps.comesAlways(tx, one, guest.who(), guest.party());
          });
    }

    /**
     * Comes to none; what was said of single dates is taken back too, and the address forgotten.
     */
    void leave(byte[] secret) {
      db.transact(
          tx -> {
            var guest = held(tx, secret);
            SeriesGuestStore.remove(tx, guest.id());
            for (var one : dates(tx, guest)) rsvps.comesNoMore(tx, one, guest.who().email());
          });
    }

    /** Also the last ones of a series that was changed since. */
    private List<Long> dates(Tx tx, SeriesGuest guest) {
      List<Long> all = new ArrayList<>(coming(tx, guest.series()));
      for (var earlier : guest.earlier()) all.addAll(coming(tx, earlier));
      return all;
    }

    private SeriesGuest held(Tx tx, byte[] secret) {
      var guest = SeriesGuestStore.bySecret(tx, secret);
      // Whoever publishes holds the row of the series: no date falls between.
      if (guest == null || SeriesStore.locked(tx, guest.series()) == null)
        throw new Problem.NotFound();
      return guest;
    }

    private List<Long> coming(Tx tx, long series) {
      var known = SeriesStore.byId(tx, series);
      return known == null ? List.of() : Regulars.this.coming(tx, known);
    }
  }

  private List<Long> coming(Tx tx, Series series) {
    var from = LocalDateTime.ofInstant(clock.instant(), series.zone());
    return SeriesStore.coming(tx, series, from).stream()
        .filter(it -> !it.cancelled())
        .map(SeriesStore.Occurrence::post)
        .filter(java.util.Objects::nonNull)
        .map(post -> (Long) post)
        .toList();
  }

  /** A date was published: those who come each time are on its list, and told. */
  void published(Tx tx, Series series, Event event) {
    for (var one : RegularStore.all(tx, series.id())) {
      var who = actors.byId(tx, one.actor());
      if (who != null && !who.suspended() && !who.deleted())
        rsvps.enlist(tx, event, who, one.party());
    }
    for (var guest : SeriesGuestStore.confirmed(tx, series.id()))
      rsvps.comesAlways(tx, event.id(), guest.who(), guest.party());
  }

  /** A series goes on as another. */
  void followed(Tx tx, Series from, Series to) {
    RegularStore.copy(tx, from.id(), to.id());
    SeriesGuestStore.follow(tx, from.id(), to.id());
  }

  /** The series of a number, or null when there is none that the viewer may know of. */
  @Nullable Series byId(long id, long viewer) {
    return SeriesStore.shown(db, viewer, id);
  }

  /** The series that an event is a date of, or null. */
  @Nullable Series ofEvent(Event event) {
    var part = SeriesStore.of(db, event.id());
    return part == null ? null : part.series();
  }

  /** The event of a number if everybody may see it. */
  Event event(long id, @Nullable Actor viewer) {
    var event = events.byId(id);
    if (event == null) throw new Problem.NotFound();
    return events.shown(event.details().uuid(), viewer);
  }
}
