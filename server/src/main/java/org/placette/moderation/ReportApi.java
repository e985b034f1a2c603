package org.placette.moderation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Tx;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Accounts;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.outbox.Outbox;
import org.placette.outbox.Target;
import org.placette.web.Problem;

/** Residents ask the moderators to look (methods/reports). */
public final class ReportApi implements Api.Calls {

  private static final int LONGEST = 5_000;
  private static final int MOST_POSTS = 100;
  private static final Set<String> CATEGORIES = Set.of("spam", "legal", "violation", "other");

  private final Db db;
  private final Actors actors;
  private final Accounts accounts;
  private final Outbox outbox;

  public ReportApi(Db db, Actors actors, Accounts accounts, Outbox outbox) {
    this.db = db;
    this.actors = actors;
    this.accounts = accounts;
    this.outbox = outbox;
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
    if (comment.length() > LONGEST)
      throw new Problem.Invalid(
          "Validation failed: Comment is too long", Map.of("comment", "ERR_TOO_LONG"));
    var rules = params.list("rule_ids").stream().limit(50).toList();
    var category = params.filled("category");
    if (category == null || !CATEGORIES.contains(category))
      category = rules.isEmpty() ? "other" : "violation";
    var ids = params.ids("status_ids").stream().limit(MOST_POSTS).toList();
    var posts = ModerationStore.postsOf(db, target.id(), ids);
    List<String> objects = new ArrayList<>(List.of(target.uri()));
    posts.forEach(post -> objects.add(post.uri()));
    var forward = params.flag("forward", false) && !target.local();
    var id = Ids.next();
    var made =
        new Made(
            id, call.person().actorId(), target.id(), objects, comment, category, rules, forward);
    db.transact(
        tx -> {
          ModerationStore.report(tx, made);
          if (forward) forward(tx, target, objects, comment);
        });
    return new Answer(
        String.valueOf(id),
        false,
        null,
        category,
        comment,
        forward,
        Ids.instant(id),
        posts.stream().map(post -> String.valueOf(post.id())).toList(),
        rules,
        accounts.one(target.id()));
  }

  /** A report as it is stored. */
  record Made(
      long id,
      long actorId,
      long targetId,
      List<String> objects,
      String content,
      String category,
      List<String> rules,
      boolean forwarded) {}

  /** The other server is not told who reports: the instance does. */
  private void forward(Tx tx, Actor target, List<String> objects, String comment) {
    var relay = actors.byUri(tx, actors.urls().relay());
    if (relay == null) return;
    var flag =
        com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
            .objectNode()
            .put("id", actors.urls().activity(Ids.next()))
            .put("type", "Flag")
            .put("actor", relay.uri())
            .put("content", comment);
    objects.forEach(flag.putArray("object")::add);
    flag.putArray("to").add(target.uri());
    var unused = outbox.send(tx, relay, flag, List.of(Target.personal(target)));
  }
}
