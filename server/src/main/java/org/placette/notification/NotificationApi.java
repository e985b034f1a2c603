package org.placette.notification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Notification;
import org.placette.mastodon.Paging;
import org.placette.mastodon.Params;
import org.placette.mastodon.Statuses;
import org.placette.notification.NotificationPageStore.Told;
import org.placette.notification.NotificationPageStore.Wanted;
import org.placette.notification.NotificationStore.Type;
import org.placette.web.Problem;

/** What somebody is told, one by one (methods/notifications). */
public final class NotificationApi implements Api.Calls {

  private static final int MOST_COUNTED = 1_000;

  private final Db db;
  private final NotificationWriter writer;

  public NotificationApi(Db db, Statuses statuses) {
    this.db = db;
    this.writer = new NotificationWriter(statuses);
  }

  @Override
  public void into(Api api) {
    var read = Access.person("read:notifications");
    var write = Access.person("write:notifications");
    api.get("/api/v1/notifications", read, this::page);
    api.get("/api/v1/notifications/unread_count", read, this::unread);
    api.get("/api/v1/notifications/:id", read, this::one);
    api.post("/api/v1/notifications/clear", write, this::clear);
    api.post("/api/v1/notifications/:id/dismiss", write, call -> dismiss(call, call.id()));
    // Older apps send the id along.
    api.post("/api/v1/notifications/dismiss", write, call -> dismiss(call, call.params().id("id")));
  }

  /** The types that a call asks for; without a word, all of them. */
  static Wanted wanted(Params params) {
    var asked = params.list("types");
    var without = params.list("exclude_types");
    List<String> types = new ArrayList<>();
    for (var type : Type.values()) {
      var word = type.word();
      var special = type.special();
      var in = asked.isEmpty() || asked.contains(word) || asked.contains(special);
      if (in && !without.contains(word) && !without.contains(special)) types.add(type.name());
    }
    var from = params.number("account_id");
    // An account that is no number has told nobody anything.
    if (from == null) from = params.filled("account_id") == null ? 0L : Long.valueOf(-1);
    return new Wanted(types, from, params.flag("include_filtered", false));
  }

  static Paging paging(Call call) {
    return call.paging(40, 80);
  }

  private List<Notification> page(Call call) {
    var paging = paging(call);
    var rows = NotificationPageStore.page(db, call.viewer(), paging, wanted(call.params()));
    var page = paging.newestFirst(rows);
    call.link(page, Told::id);
    return writer.all(call.viewer(), page, special(call.params()));
  }

  /** The words beyond those of every app that a call asks for. */
  private static Set<String> special(Params params) {
    Set<String> all = new HashSet<>(params.list("types"));
    all.addAll(params.list("include_types"));
    return all;
  }

  private Notification one(Call call) {
    var row = NotificationPageStore.one(db, call.viewer(), call.id());
    var shown = row == null ? List.<Notification>of() : writer.all(call.viewer(), List.of(row));
    if (shown.isEmpty()) throw new Problem.NotFound();
    return shown.getFirst();
  }

  private Object unread(Call call) {
    return unread(call, List.of());
  }

  /**
   * How many came after the one read last.
   *
   * @param grouped names of types that count once for each group
   */
  Map<String, Long> unread(Call call, List<String> grouped) {
    var limit = call.params().number("limit");
    var most = limit == null ? 100 : (int) Math.clamp(limit, 1, MOST_COUNTED);
    var after = NotificationPageStore.lastRead(db, call.viewer());
    var wanted = wanted(call.params());
    var count = NotificationPageStore.count(db, call.viewer(), after, wanted, grouped, most);
    return Map.of("count", count);
  }

  /** The stored names of the types that a call wants shown together. */
  static List<String> grouped(Params params) {
    var asked = params.list("grouped_types");
    var words = asked.isEmpty() ? List.of("favourite", "follow", "reblog") : asked;
    return Arrays.stream(Type.values())
        .filter(type -> words.contains(type.word()))
        .map(Type::name)
        .toList();
  }

  private Object clear(Call call) {
    NotificationPageStore.clear(db, call.viewer());
    return Api.NOTHING;
  }

  private Object dismiss(Call call, long id) {
    if (NotificationPageStore.dismiss(db, call.viewer(), id) == 0) throw new Problem.NotFound();
    return Api.NOTHING;
  }
}
