package org.placette.event;

import static java.util.Locale.ROOT;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Params;
import org.placette.mastodon.Status;
import org.placette.mastodon.Statuses;
import org.placette.media.Media;
import org.placette.web.Problem;

/**
 * Publishing and reading events for apps: the calls of Rebased (Soapbox, pl-fe) and our own, which
 * docs/api.md describes. An event has the number of its status.
 */
public final class EventApi implements Api.Calls {

  private final Actors actors;
  private final Events events;
  private final Statuses statuses;
  private final EventDesk desk;
  private final BannerForm banners;
  private final Means means;

  /**
   * What an event of an app is made with: uploaded pictures, the village's places and its zone; and
   * those that wait.
   */
  public record Means(
      Db db, Media media, Whereabouts places, Supplier<ZoneId> zone, EventDrafts drafts) {}

  public EventApi(Actors actors, Events events, Statuses statuses, EventDesk desk, Means means) {
    banners = new BannerForm(means.db(), means.media());
    this.actors = actors;
    this.events = events;
    this.statuses = statuses;
    this.desk = desk;
    this.means = means;
  }

  @Override
  public void into(Api api) {
    var write = Access.person("write:statuses");
    var read = Access.open("read:statuses");
    for (var base : List.of("/api/v1/pleroma/events", "/api/placette/v1/events")) {
      api.post(base, write, this::publish);
      api.put(base + "/:id", write, this::edit);
    }
    api.get("/api/v1/pleroma/events/:id/ics", read, this::calendar);
    api.get("/api/placette/v1/events", read, this::upcoming);
    api.get("/api/placette/v1/events/:id", read, call -> desk.status(call, desk.event(call)));
    api.delete("/api/placette/v1/events/:id", write, this::delete);
  }

  private Object publish(Call call) {
    var author = desk.person(call);
    var wanted = wanted(call, author, null);
    var form = EventForm.of(wanted);
    form.with("room", call.params().filled("group_id"));
    for (var field : List.of("repeat", "repeatUntil", "repeatCount"))
      form.with(field, call.params().filled(field.replaceAll("([A-Z])", "_$1").toLowerCase(ROOT)));
    if (EventDraftApi.waits(call.params()))
      return EventDraftApi.keep(means.drafts(), author, wanted, form, call.params());
    var event = means.drafts().publish(author, form, wanted, null);
    banners.settle(event);
    return desk.status(call, event);
  }

  private Status edit(Call call) {
    var before = desk.own(call);
    var author = desk.person(call);
    if ("cancelled".equals(call.params().filled("state")))
      return desk.status(call, events.cancel(author, before.id()));
    var event = events.edit(author, before.id(), wanted(call, author, before));
    banners.settle(event);
    return desk.status(call, event);
  }

  private Object delete(Call call) {
    events.delete(desk.person(call), desk.own(call).id());
    return Api.NOTHING;
  }

  /** What is asked for, with the uploaded picture that {@code banner_id} names. */
  private NewEvent wanted(Call call, Actor author, @Nullable Event before) {
    var wanted = EventCall.read(call.params(), before, means.zone().get());
    wanted = wanted.with(wanted.details().at(place(call.params(), wanted.details().place())));
    if (call.params().filled("banner_id") == null) return wanted;
    return wanted.showing(banners.uploaded(author.id(), call.params().id("banner_id")));
  }

  /** The village's place that {@code location_id} names, none when it is empty; else as it is. */
  private @Nullable Place place(Params params, @Nullable Place otherwise) {
    if (!params.has("location_id")) return means.places().known(otherwise);
    if (params.filled("location_id") == null) return null;
    var place = means.places().place(params.id("location_id"));
    if (place == null)
      throw new Problem.Invalid(
          "Validation failed: location_id is unknown here", Map.of("location_id", "ERR_INVALID"));
    return place;
  }

  private List<Status> upcoming(Call call) {
    var limit =
        (int) Math.clamp(Objects.requireNonNullElse(call.params().number("limit"), 20L), 1, 40);
    var page = events.upcoming(call.params().filled("after"), limit);
    if (page.next() != null) call.next("after", page.next());
    var ids = page.events().stream().map(Event::id).toList();
    return statuses.byIds(call.viewer(), ids, "public");
  }

  private Object calendar(Call call) {
    var response = call.http().response();
    response.setStatusCode(302);
    response.putHeader("Location", "/events/" + desk.event(call).details().uuid() + ".ics");
    var unused = response.end();
    return Api.DONE;
  }
}
