package org.placette.notification;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Notification;
import org.placette.mastodon.Params;
import org.placette.mastodon.Statuses;
import org.placette.notification.PolicyStore.Aside;
import org.placette.notification.PolicyStore.Policy;
import org.placette.web.Problem;

/**
 * What somebody wants to be told of whom, and what is kept aside of those who are not trusted yet
 * (methods/notifications, policies and requests). A request is named by the account it is of.
 */
public final class PolicyApi implements Api.Calls {

  private static final Set<String> ANSWERS = Set.of("accept", "filter", "drop");

  private final Db db;
  private final NotificationWriter writer;

  public PolicyApi(Db db, Statuses statuses) {
    this.db = db;
    this.writer = new NotificationWriter(statuses);
  }

  /** How much is kept aside (entities/NotificationPolicy). */
  record Summary(long pendingRequestsCount, long pendingNotificationsCount) {}

  @Override
  public void into(Api api) {
    var read = Access.person("read:notifications");
    var write = Access.person("write:notifications");
    api.get("/api/v2/notifications/policy", read, call -> words(policy(call)));
    api.patch("/api/v2/notifications/policy", write, this::change);
    api.get("/api/v1/notifications/policy", read, call -> flags(policy(call)));
    api.put("/api/v1/notifications/policy", write, this::changeFlags);
    api.get("/api/v1/notifications/requests", read, this::requests);
    api.get("/api/v1/notifications/requests/merged", read, call -> Map.of("merged", true));
    api.get("/api/v1/notifications/requests/:id", read, this::request);
    api.post("/api/v1/notifications/requests/:id/accept", write, call -> accept(call, own(call)));
    api.post("/api/v1/notifications/requests/:id/dismiss", write, call -> dismiss(call, own(call)));
    api.post(
        "/api/v1/notifications/requests/accept",
        write,
        call -> accept(call, call.params().ids("id")));
    api.post(
        "/api/v1/notifications/requests/dismiss",
        write,
        call -> dismiss(call, call.params().ids("id")));
  }

  private Policy policy(Call call) {
    return PolicyStore.policy(db, call.viewer());
  }

  private static Map<String, Object> words(Policy policy) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("for_not_following", policy.notFollowing());
    all.put("for_not_followers", policy.notFollowers());
    all.put("for_new_accounts", policy.newAccounts());
    all.put("for_private_mentions", policy.privateMentions());
    all.put("for_limited_accounts", policy.limitedAccounts());
    all.put("summary", new Summary(policy.requests(), policy.notifications()));
    return all;
  }

  private static Map<String, Object> flags(Policy policy) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("filter_not_following", !policy.notFollowing().equals("accept"));
    all.put("filter_not_followers", !policy.notFollowers().equals("accept"));
    all.put("filter_new_accounts", !policy.newAccounts().equals("accept"));
    all.put("filter_private_mentions", !policy.privateMentions().equals("accept"));
    all.put("summary", new Summary(policy.requests(), policy.notifications()));
    return all;
  }

  private Object change(Call call) {
    var params = call.params();
    var now = policy(call);
    put(
        call,
        now,
        answer(params, "for_not_following", now.notFollowing()),
        answer(params, "for_not_followers", now.notFollowers()),
        answer(params, "for_new_accounts", now.newAccounts()),
        answer(params, "for_private_mentions", now.privateMentions()),
        answer(params, "for_limited_accounts", now.limitedAccounts()));
    return words(policy(call));
  }

  private Object changeFlags(Call call) {
    var params = call.params();
    var now = policy(call);
    put(
        call,
        now,
        flag(params, "filter_not_following", now.notFollowing()),
        flag(params, "filter_not_followers", now.notFollowers()),
        flag(params, "filter_new_accounts", now.newAccounts()),
        flag(params, "filter_private_mentions", now.privateMentions()),
        now.limitedAccounts());
    return flags(policy(call));
  }

  private void put(
      Call call,
      Policy now,
      String following,
      String followers,
      String fresh,
      String messages,
      String limited) {
    PolicyStore.put(
        db,
        call.viewer(),
        new Policy(
            following, followers, fresh, messages, limited, now.requests(), now.notifications()));
  }

  private static String answer(Params params, String name, String now) {
    var asked = params.filled(name);
    if (asked == null) return now;
    if (!ANSWERS.contains(asked))
      throw new Problem.Invalid(
          "Validation failed: " + name + " is not included in the list",
          Map.of(name, "ERR_INCLUSION"));
    return asked;
  }

  private static String flag(Params params, String name, String now) {
    var asked = params.flag(name);
    return asked == null ? now : asked ? "filter" : "accept";
  }

  private List<Notification.Request> requests(Call call) {
    var paging = call.paging(40, 80);
    var rows = paging.newestFirst(PolicyStore.requests(db, call.viewer(), paging));
    call.link(rows, Aside::last);
    return written(call, rows);
  }

  private Notification.Request request(Call call) {
    var row = PolicyStore.request(db, call.viewer(), call.id());
    var all = row == null ? List.<Notification.Request>of() : written(call, List.of(row));
    if (all.isEmpty()) throw new Problem.NotFound();
    return all.getFirst();
  }

  private List<Notification.Request> written(Call call, List<Aside> rows) {
    var people = writer.people(rows.stream().map(Aside::from));
    var posts = writer.posts(call.viewer(), rows.stream().map(Aside::post));
    return rows.stream()
        .filter(row -> people.containsKey(row.from()))
        .map(
            row ->
                new Notification.Request(
                    String.valueOf(row.from()),
                    row.first(),
                    row.latest(),
                    String.valueOf(row.count()),
                    java.util.Objects.requireNonNull(people.get(row.from())),
                    row.post() == null ? null : posts.get(row.post())))
        .toList();
  }

  private List<Long> own(Call call) {
    if (PolicyStore.request(db, call.viewer(), call.id()) == null) throw new Problem.NotFound();
    return List.of(call.id());
  }

  private Object accept(Call call, List<Long> from) {
    int shown = db.inTransaction(tx -> PolicyStore.accept(tx, call.viewer(), from));
    assert shown >= 0;
    return Api.NOTHING;
  }

  private Object dismiss(Call call, List<Long> from) {
    PolicyStore.dismiss(db, call.viewer(), from);
    return Api.NOTHING;
  }
}
