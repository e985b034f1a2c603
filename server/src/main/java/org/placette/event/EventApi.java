package org.placette.event;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Status;
import org.placette.mastodon.Statuses;
import org.placette.media.Media;

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
  private final Supplier<ZoneId> zone;

  /** Where an app's picture comes from. */
  public record Pictures(Db db, Media media) {}

  /**
   * @param zone that of the neighbourhood
   */
  public EventApi(
      Actors actors,
      Events events,
      Statuses statuses,
      EventDesk desk,
      Pictures pictures,
      Supplier<ZoneId> zone) {
    banners = new BannerForm(pictures.db(), pictures.media());
    this.actors = actors;
    this.events = events;
    this.statuses = statuses;
    this.desk = desk;
    this.zone = zone;
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
  }

  private Status publish(Call call) {
    var author = desk.person(call);
    var wanted = wanted(call, author, null);
    var event = events.publish(author, wanted.in(actors.village()));
    banners.settle(event);
    return desk.status(call, event);
  }

  private Status edit(Call call) {
    var before = desk.own(call);
    var author = desk.person(call);
    var event = events.edit(author, before.id(), wanted(call, author, before));
    banners.settle(event);
    return desk.status(call, event);
  }

  /** What is asked for, with the uploaded picture that {@code banner_id} names. */
  private NewEvent wanted(Call call, Actor author, @Nullable Event before) {
    var wanted = EventCall.read(call.params(), before, zone.get());
    if (call.params().filled("banner_id") == null) return wanted;
    return wanted.showing(banners.uploaded(author.id(), call.params().id("banner_id")));
  }

  private List<Status> upcoming(Call call) {
    var limit =
        (int) Math.clamp(Objects.requireNonNullElse(call.params().number("limit"), 20L), 1, 40);
    var page = events.upcoming(call.params().filled("after"), limit);
    if (page.next() != null)
      call.http()
          .response()
          .putHeader("Link", "<?after=" + page.next() + "&limit=" + limit + ">; rel=\"next\"");
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
