package org.placette.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.feed.ConversationStore;
import org.placette.feed.ConversationStore.Row;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Json;
import org.placette.mastodon.Status;
import org.placette.mastodon.Statuses;
import org.placette.web.Problem;

/** Threads of direct posts (methods/conversations). */
public final class ConversationApi implements Api.Calls {

  private final Db db;
  private final Statuses statuses;

  public ConversationApi(Db db, Statuses statuses) {
    this.db = db;
    this.statuses = statuses;
  }

  @Override
  public void into(Api api) {
    var write = Access.person("write:conversations");
    api.get("/api/v1/conversations", Access.person("read:statuses"), this::all);
    api.post("/api/v1/conversations/:id/read", write, call -> mark(call, false));
    api.post("/api/v1/conversations/:id/unread", write, call -> mark(call, true));
    api.delete("/api/v1/conversations/:id", write, this::remove);
  }

  /** A thread of direct posts (entities/Conversation). */
  record Conversation(
      String id, boolean unread, List<Account> accounts, @Nullable Status lastStatus) {}

  private List<Conversation> all(Call call) {
    var page = call.statuses();
    var rows =
        page.newestFirst(
            ConversationStore.page(
                db, call.viewer(), page.before(), page.after(), page.upwards(), page.limit()));
    call.link(rows, Row::last);
    return shown(call.viewer(), rows);
  }

  private List<Conversation> shown(long viewer, List<Row> rows) {
    Set<Long> people = new LinkedHashSet<>();
    for (var row : rows) people.addAll(row.others());
    Map<String, Account> accounts = new HashMap<>();
    for (var one : statuses.accounts().byIds(people)) accounts.put(one.id(), one);
    Map<Long, Status> last = new HashMap<>();
    for (var one : statuses.byIds(viewer, rows.stream().map(Row::last).toList(), "thread"))
      last.put(one.id(), one);
    List<Conversation> all = new ArrayList<>();
    for (var row : rows) {
      var others =
          row.others().stream()
              .map(id -> accounts.get(String.valueOf(id)))
              .filter(Objects::nonNull)
              .toList();
      all.add(
          new Conversation(String.valueOf(row.id()), row.unread(), others, last.get(row.last())));
    }
    return all;
  }

  private Conversation mark(Call call, boolean unread) {
    var rows = ConversationStore.mark(db, call.viewer(), call.id(), unread);
    if (rows.isEmpty()) throw new Problem.NotFound();
    return shown(call.viewer(), rows).getFirst();
  }

  /** One of somebody's, as it is told to those who listen; null when it is not theirs. */
  public @Nullable String words(long viewer, long id) {
    var rows = ConversationStore.one(db, viewer, id);
    return rows.isEmpty() ? null : Json.text(shown(viewer, rows).getFirst());
  }

  private Object remove(Call call) {
    if (!ConversationStore.remove(db, call.viewer(), call.id())) throw new Problem.NotFound();
    return Api.NOTHING;
  }
}
