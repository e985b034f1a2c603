package org.placette.timeline;

import java.util.List;
import java.util.Locale;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Status;
import org.placette.mastodon.StatusStore.Seen;
import org.placette.mastodon.Statuses;
import org.placette.web.Problem;

/** Reading accounts and what they published (methods/accounts). */
public final class AccountApi implements Api.Calls {

  private final Db db;
  private final Actors actors;
  private final Statuses statuses;

  public AccountApi(Db db, Actors actors, Statuses statuses) {
    this.db = db;
    this.actors = actors;
    this.statuses = statuses;
  }

  @Override
  public void into(Api api) {
    var read = Access.open("read:accounts");
    api.get("/api/v1/accounts", read, this::some);
    api.get("/api/v1/accounts/lookup", read, this::lookup);
    api.get("/api/v1/accounts/:id", read, call -> statuses.accounts().one(call.id()));
    api.page("/api/v1/accounts/:id/statuses", Access.open("read:statuses"), this::published);
  }

  private List<Account> some(Call call) {
    var ids = call.params().ids("id");
    return statuses.accounts().byIds(ids.subList(0, Math.min(40, ids.size())));
  }

  private Account lookup(Call call) {
    var acct = call.params().required("acct").replaceFirst("^@", "");
    var at = acct.indexOf('@');
    var name = at < 0 ? acct : acct.substring(0, at);
    var host = at < 0 ? "" : acct.substring(at + 1).toLowerCase(Locale.ROOT);
    var actor =
        host.isEmpty() || host.equals(actors.urls().host())
            ? actors.localByName(name)
            : actors.storedByHandle(name, host);
    if (actor == null) throw new Problem.NotFound();
    return statuses.accounts().one(actor.id());
  }

  private List<Status> published(Call call) {
    var author = actors.present(call.id());
    var params = call.params();
    var tag = params.filled("tagged");
    var of =
        new FeedPageStore.Of(
            author.id(),
            author.id() == actors.agenda().id(),
            params.flag("pinned", false),
            params.flag("only_media", false),
            params.flag("only_events", false),
            !params.flag("exclude_replies", false),
            !params.flag("exclude_reblogs", false),
            tag == null ? "" : tag.toLowerCase(Locale.ROOT));
    var paging = call.statuses();
    var seen = paging.newestFirst(FeedPageStore.by(db, call.viewer(), paging, of));
    call.link(seen, Seen::id);
    return statuses.of(call.viewer(), seen, "account");
  }
}
