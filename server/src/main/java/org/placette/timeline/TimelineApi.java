package org.placette.timeline;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Paging;
import org.placette.mastodon.Status;
import org.placette.mastodon.StatusStore.Seen;
import org.placette.mastodon.Statuses;
import org.placette.web.Problem;

/** The timelines of the client API (methods/timelines): home, public, by tag. */
public final class TimelineApi implements Api.Calls {

  private final Db db;
  private final Statuses statuses;

  public TimelineApi(Db db, Statuses statuses) {
    this.db = db;
    this.statuses = statuses;
  }

  @Override
  public void into(Api api) {
    api.page("/api/v1/timelines/home", Access.person("read:statuses"), this::home);
    api.page("/api/v1/timelines/public", Access.open("read:statuses"), this::everybody);
    api.page("/api/v1/timelines/tag/:hashtag", Access.open("read:statuses"), this::tagged);
    api.page("/api/v1/timelines/list/:id", Access.person("read:lists"), this::list);
    api.get("/api/v1/timelines/link", Access.OPEN, call -> List.of());
  }

  private List<Status> home(Call call) {
    var events = call.params().flag("only_events", false);
    return page(call, "home", page -> FeedPageStore.home(db, call.viewer(), page, events));
  }

  private List<Status> list(Call call) {
    if (!FeedPageStore.owns(db, call.viewer(), call.id())) throw new Problem.NotFound();
    return page(call, "home", page -> FeedPageStore.list(db, call.viewer(), page, call.id()));
  }

  private List<Status> everybody(Call call) {
    var wanted =
        new FeedPageStore.Wanted(
            call.params().flag("local", false),
            call.params().flag("remote", false),
            call.params().flag("only_media", false),
            call.params().flag("only_events", false));
    return page(call, "public", page -> FeedPageStore.everybody(db, call.viewer(), page, wanted));
  }

  private List<Status> tagged(Call call) {
    var params = call.params();
    var tags =
        new FeedPageStore.Tags(
            call.path("hashtag").toLowerCase(Locale.ROOT),
            lower(params.list("any")),
            lower(params.list("all")),
            lower(params.list("none")));
    var wanted =
        new FeedPageStore.Wanted(
            params.flag("local", false),
            params.flag("remote", false),
            params.flag("only_media", false),
            params.flag("only_events", false));
    return page(
        call, "public", page -> FeedPageStore.tagged(db, call.viewer(), page, wanted, tags));
  }

  private static List<String> lower(List<String> words) {
    return words.stream().map(w -> w.toLowerCase(Locale.ROOT)).toList();
  }

  private List<Status> page(Call call, String context, Function<Paging, List<Seen>> rows) {
    var paging = call.statuses();
    var seen = paging.newestFirst(rows.apply(paging));
    call.link(seen, Seen::id);
    return statuses.of(call.viewer(), seen, context);
  }
}
