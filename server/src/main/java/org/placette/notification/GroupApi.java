package org.placette.notification;

import java.util.List;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Notification;
import org.placette.mastodon.Statuses;
import org.placette.notification.NotificationPageStore.Group;
import org.placette.web.Problem;

/** What somebody is told, several of a kind together (methods/grouped_notifications). */
public final class GroupApi implements Api.Calls {

  private static final int MOST_PEOPLE = 200;

  private final Db db;
  private final Statuses statuses;
  private final NotificationWriter writer;
  private final NotificationApi single;

  public GroupApi(Db db, Statuses statuses, NotificationApi single) {
    this.db = db;
    this.statuses = statuses;
    this.writer = new NotificationWriter(statuses);
    this.single = single;
  }

  @Override
  public void into(Api api) {
    var read = Access.person("read:notifications");
    var write = Access.person("write:notifications");
    api.get("/api/v2/notifications", read, this::page);
    api.get(
        "/api/v2/notifications/unread_count",
        read,
        call -> single.unread(call, NotificationApi.grouped(call.params())));
    api.get("/api/v2/notifications/:group_key", read, this::one);
    api.get("/api/v2/notifications/:group_key/accounts", read, this::people);
    api.post("/api/v2/notifications/:group_key/dismiss", write, this::dismiss);
  }

  private Notification.Groups page(Call call) {
    var paging = NotificationApi.paging(call);
    var params = call.params();
    var wanted = NotificationApi.wanted(params);
    var grouped = NotificationApi.grouped(params);
    var rows = NotificationPageStore.groups(db, call.viewer(), paging, wanted, grouped);
    var page = paging.newestFirst(rows);
    call.link(page, Group::cursor);
    return writer.groups(call.viewer(), page, partial(call));
  }

  private static boolean partial(Call call) {
    return "partial_avatars".equals(call.params().filled("expand_accounts"));
  }

  private Notification.Groups one(Call call) {
    var row = NotificationPageStore.group(db, call.viewer(), call.path("group_key"));
    if (row == null) throw new Problem.NotFound();
    return writer.groups(call.viewer(), List.of(row), partial(call));
  }

  private List<Account> people(Call call) {
    var key = call.path("group_key");
    var ids = NotificationPageStore.people(db, call.viewer(), key, MOST_PEOPLE);
    if (ids.isEmpty()) throw new Problem.NotFound();
    return statuses.accounts().byIds(ids);
  }

  private Object dismiss(Call call) {
    if (NotificationPageStore.dismiss(db, call.viewer(), call.path("group_key")) == 0)
      throw new Problem.NotFound();
    return Api.NOTHING;
  }
}
