package org.placette.timeline;

import java.util.List;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Status;
import org.placette.mastodon.Statuses;

/** Reading statuses and what stands around them (methods/statuses). */
public final class ThreadApi implements Api.Calls {

  /** Answers that a stranger is shown, and a person, at most. */
  private static final int FEW = 60;

  // A longer discussion is read on its page: writing thousands of answers at once costs seconds.
  private static final int MANY = 500;

  private final Db db;
  private final Statuses statuses;

  public ThreadApi(Db db, Statuses statuses) {
    this.db = db;
    this.statuses = statuses;
  }

  @Override
  public void into(Api api) {
    api.get("/api/v1/statuses", Access.open("read:statuses"), this::some);
    api.get(
        "/api/v1/statuses/:id",
        Access.open("read:statuses"),
        call -> statuses.one(call.viewer(), call.id()));
    api.page("/api/v1/statuses/:id/context", Access.open("read:statuses"), this::context);
  }

  private List<Status> some(Call call) {
    var ids = call.params().ids("id");
    return statuses.byIds(call.viewer(), ids.subList(0, Math.min(40, ids.size())), "thread");
  }

  /** What stands around a status (entities/Context). */
  record Context(List<Status> ancestors, List<Status> descendants) {}

  private Context context(Call call) {
    var viewer = call.viewer();
    var unused = statuses.one(viewer, call.id());
    var above = FeedPageStore.above(db, viewer, call.id());
    var below = FeedPageStore.below(db, viewer, call.id(), viewer == 0 ? FEW : MANY);
    return new Context(statuses.of(viewer, above, "thread"), statuses.of(viewer, below, "thread"));
  }
}
