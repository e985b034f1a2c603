package org.placette.care;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.db.Ids;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Accounts;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.web.Problem;

/** Residents ask the moderators to look (methods/reports). */
public final class ReportApi implements Api.Calls {

  private final Actors actors;
  private final Accounts accounts;
  private final Reports reports;

  public ReportApi(Actors actors, Accounts accounts, Reports reports) {
    this.actors = actors;
    this.accounts = accounts;
    this.reports = reports;
  }

  /** What was reported (entities/Report). */
  record Answer(
      String id,
      boolean actionTaken,
      @Nullable Instant actionTakenAt,
      String category,
      String comment,
      boolean forwarded,
      Instant createdAt,
      @Nullable List<String> statusIds,
      @Nullable List<String> ruleIds,
      Account targetAccount) {}

  @Override
  public void into(Api api) {
    api.post("/api/v1/reports", Access.person("write:reports"), this::report);
  }

  private Answer report(Call call) {
    var params = call.params();
    var target = actors.byId(params.id("account_id"));
    if (target == null || target.deleted()) throw new Problem.NotFound();
    var comment = Objects.requireNonNullElse(params.text("comment"), "");
    var rules = params.list("rule_ids");
    var wanted =
        new Reports.Wanted(
            target,
            params.ids("status_ids"),
            comment,
            params.filled("category"),
            rules,
            params.flag("forward", false));
    var done = reports.file(actors.acting(call.person().actorId()), wanted);
    return new Answer(
        String.valueOf(done.id()),
        false,
        null,
        done.category(),
        comment,
        done.forwarded(),
        Ids.instant(done.id()),
        done.posts().stream().map(String::valueOf).toList(),
        rules.stream().limit(50).toList(),
        accounts.one(target.id()));
  }
}
