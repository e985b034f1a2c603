package org.placette.list;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.AccountPage;
import org.placette.mastodon.Accounts;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.web.Problem;

/** Lists of people (methods/lists); their timelines are in {@code timeline}. */
public final class ListApi implements Api.Calls {

  private static final int MOST_LISTS = 50;
  private static final int MOST_AT_ONCE = 500;
  private static final int LONGEST_TITLE = 256;
  private static final Set<String> POLICIES = Set.of("followed", "list", "none");

  private final Db db;
  private final Accounts accounts;

  public ListApi(Db db, Accounts accounts) {
    this.db = db;
    this.accounts = accounts;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("list", "retention.list"),
        Retention.Table.owned("list_member", "retention.list_member"));
  }

  @Override
  public void into(Api api) {
    var read = Access.person("read:lists");
    var write = Access.person("write:lists");
    api.get("/api/v1/lists", read, call -> ListStore.all(db, call.viewer()));
    api.post("/api/v1/lists", write, this::create);
    api.get("/api/v1/lists/:id", read, this::mine);
    api.put("/api/v1/lists/:id", write, this::change);
    api.delete("/api/v1/lists/:id", write, this::delete);
    api.get("/api/v1/lists/:id/accounts", read, this::members);
    api.post("/api/v1/lists/:id/accounts", write, this::add);
    api.delete("/api/v1/lists/:id/accounts", write, this::remove);
    api.get(
        "/api/v1/accounts/:id/lists", read, call -> ListStore.with(db, call.viewer(), call.id()));
  }

  private PeopleList mine(Call call) {
    var list = ListStore.one(db, call.viewer(), call.id());
    if (list == null) throw new Problem.NotFound();
    return list;
  }

  private PeopleList create(Call call) {
    var title = title(call.params().required("title"));
    if (ListStore.count(db, call.viewer()) >= MOST_LISTS)
      throw new Problem.Invalid("Validation failed: there are too many lists", Map.of());
    var list =
        new PeopleList(
            String.valueOf(Ids.next()),
            title,
            policy(call, "list"),
            call.params().flag("exclusive", false));
    ListStore.insert(db, call.viewer(), list);
    return list;
  }

  private PeopleList change(Call call) {
    var before = mine(call);
    var title = call.params().filled("title");
    var after =
        new PeopleList(
            before.id(),
            title == null ? before.title() : title(title),
            policy(call, before.repliesPolicy()),
            call.params().flag("exclusive", before.exclusive()));
    ListStore.update(db, call.viewer(), after);
    return after;
  }

  private static String title(String title) {
    if (title.length() > LONGEST_TITLE)
      throw new Problem.Invalid(
          "Validation failed: Title is too long", Map.of("title", "ERR_TOO_LONG"));
    return title;
  }

  private static String policy(Call call, String otherwise) {
    var policy = call.params().filled("replies_policy");
    if (policy == null) return otherwise;
    if (!POLICIES.contains(policy))
      throw new Problem.Invalid(
          "'" + policy + "' is not a valid replies_policy",
          Map.of("replies_policy", "ERR_INCLUSION"));
    return policy;
  }

  private Object delete(Call call) {
    if (!ListStore.delete(db, call.viewer(), call.id())) throw new Problem.NotFound();
    return Api.NOTHING;
  }

  private List<Account> members(Call call) {
    var list = mine(call);
    // Zero asks for everybody at once.
    var all = "0".equals(call.params().filled("limit"));
    if (all) {
      var page = new org.placette.mastodon.Paging(Long.MAX_VALUE, 0, false, 2_000);
      var found = ListStore.members(db, Long.parseLong(list.id()), page);
      return accounts.byIds(found.stream().map(AccountPage.Entry::actorId).toList());
    }
    return AccountPage.answer(
        call, accounts, page -> ListStore.members(db, Long.parseLong(list.id()), page));
  }

  private Object add(Call call) {
    var list = mine(call);
    var ids = ids(call);
    if (ListStore.followed(db, call.viewer(), ids) < ids.size()) throw new Problem.NotFound();
    ListStore.add(db, call.viewer(), Long.parseLong(list.id()), ids);
    return Api.NOTHING;
  }

  private Object remove(Call call) {
    ListStore.remove(db, Long.parseLong(mine(call).id()), ids(call));
    return Api.NOTHING;
  }

  private static List<Long> ids(Call call) {
    return call.params().ids("account_ids").stream().distinct().limit(MOST_AT_ONCE).toList();
  }
}
