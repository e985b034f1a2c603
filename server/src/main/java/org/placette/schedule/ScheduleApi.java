package org.placette.schedule;

import java.util.List;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.web.Problem;

/** Seeing, moving and giving up what waits to be published (methods/scheduled_statuses). */
public final class ScheduleApi implements Api.Calls {

  private final Schedule schedule;

  public ScheduleApi(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public void into(Api api) {
    var read = Access.person("read:statuses");
    var write = Access.person("write:statuses");
    api.get("/api/v1/scheduled_statuses", read, this::all);
    api.get("/api/v1/scheduled_statuses/:id", read, this::one);
    api.put(
        "/api/v1/scheduled_statuses/:id",
        write,
        call -> schedule.move(call.viewer(), call.id(), call.params()));
    api.delete(
        "/api/v1/scheduled_statuses/:id",
        write,
        call -> {
          schedule.remove(call.viewer(), call.id());
          return Api.NOTHING;
        });
  }

  private List<Schedule.Waiting> all(Call call) {
    var page = schedule.page(call.viewer(), call.statuses());
    call.link(page, ScheduleStore.Listed::id);
    return schedule.shown(call.viewer(), page);
  }

  private Schedule.Waiting one(Call call) {
    var found = schedule.find(call.viewer(), call.id());
    if (found == null) throw new Problem.NotFound();
    return found;
  }
}
