package org.placette.series;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.web.Problem;

/** Series for apps, and coming to all of their dates. */
public final class SeriesApi implements Api.Calls {

  private final Db db;
  private final Actors actors;
  private final Regulars regulars;

  public SeriesApi(Db db, Actors actors, Regulars regulars) {
    this.db = db;
    this.actors = actors;
    this.regulars = regulars;
  }

  @Override
  public void into(Api api) {
    var read = Access.open("read:statuses");
    var own = Access.person("read:statuses");
    var write = Access.person("write:statuses");
    api.get("/api/placette/v1/events/:id/series", read, this::ofEvent);
    var base = "/api/placette/v1/series/:id";
    api.get(base, read, call -> shown(call, series(call)));
    api.get(base + "/rsvp", own, call -> standing(call, series(call)));
    api.put(base + "/rsvp", write, this::answer);
    api.delete(base + "/rsvp", write, this::leave);
  }

  /** One date, planned and moved: the event once it is published, or that there is none. */
  record Date(
      String planned, String start, @Nullable String eventId, boolean leftOut, boolean cancelled) {}

  /** A series. */
  record Shown(
      String id,
      String name,
      String url,
      String rule,
      String timezone,
      String start,
      boolean paused,
      boolean ended,
      @Nullable String continuedBy,
      List<Date> dates,
      Rsvp rsvp) {}

  /** How it stands between the caller and all dates. */
  record Rsvp(String seriesId, String answer, int party, int regulars) {}

  private Series series(Call call) {
    var found = regulars.byId(call.id(), call.viewer());
    if (found == null) throw new Problem.NotFound();
    return found;
  }

  private Shown ofEvent(Call call) {
    var viewer = call.viewer() == 0 ? null : actors.byId(call.viewer());
    var series = regulars.ofEvent(regulars.event(call.id(), viewer));
    if (series == null) throw new Problem.NotFound();
    return shown(call, series);
  }

  private Shown shown(Call call, Series series) {
    var next = SeriesStore.next(db, call.viewer(), series.id());
    var now = LocalDateTime.ofInstant(Instant.now(), series.zone());
    var dates =
        SeriesStore.coming(db, series, now).stream()
            .map(
                it ->
                    new Date(
                        ISO_OFFSET_DATE_TIME.format(it.planned().atZone(series.zone())),
                        ISO_OFFSET_DATE_TIME.format(it.start()),
                        it.post() == null ? null : String.valueOf(it.post()),
                        it.post() == null,
                        it.cancelled()))
            .toList();
    return new Shown(
        String.valueOf(series.id()),
        series.name(),
        actors.urls().at(series.path()),
        series.rule(),
        series.zone().getId(),
        ISO_OFFSET_DATE_TIME.format(series.start().atZone(series.zone())),
        series.paused(),
        series.endsBefore() != null,
        next == null ? null : String.valueOf(next.id()),
        dates,
        standing(call, series));
  }

  private Rsvp standing(Call call, Series series) {
    var it = regulars.of(series, call.viewer());
    return new Rsvp(
        String.valueOf(series.id()), it.comes() ? "going" : "none", it.party(), it.all());
  }

  private Rsvp answer(Call call) {
    var series = series(call);
    var who = actors.acting(call.person().actorId());
    switch (call.params().required("answer")) {
      case "going" -> {
        var party = Objects.requireNonNullElse(call.params().number("party"), 1L);
        regulars.join(series, who, (int) Math.clamp(party, 0, 100));
      }
      case "not_going" -> regulars.leave(series, who);
      default ->
          throw new Problem.Invalid(
              "Validation failed: answer is going or not_going",
              java.util.Map.of("answer", "ERR_INCLUSION"));
    }
    return standing(call, series);
  }

  private Rsvp leave(Call call) {
    var series = series(call);
    regulars.leave(series, actors.acting(call.person().actorId()));
    return standing(call, series);
  }
}
