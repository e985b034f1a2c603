package org.placette.follow;

import java.util.List;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.AccountPage;
import org.placette.mastodon.Accounts;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Relationship;
import org.placette.mastodon.RelationshipStore;
import org.placette.web.Problem;

/** Following, its requests and its pages (methods/accounts, methods/follow_requests). */
public final class FollowApi implements Api.Calls {

  private static final int MOST_LANGUAGES = 20;
  private static final int MOST_ASKED = 80;

  private final Db db;
  private final Accounts accounts;
  private final Follows follows;
  private final Standing standing;

  public FollowApi(Db db, Actors actors, Accounts accounts, Follows follows) {
    this.db = db;
    this.accounts = accounts;
    this.follows = follows;
    standing = new Standing(db, actors);
  }

  @Override
  public void into(Api api) {
    var read = Access.open("read:accounts");
    var write = Access.person("write:follows");
    api.get("/api/v1/accounts/:id/followers", read, this::followers);
    api.get("/api/v1/accounts/:id/following", read, this::following);
    api.get("/api/v1/accounts/relationships", Access.person("read:follows"), this::relationships);
    api.post("/api/v1/accounts/:id/follow", write, this::follow);
    api.post("/api/v1/accounts/:id/unfollow", write, this::unfollow);
    api.post("/api/v1/accounts/:id/remove_from_followers", write, this::remove);
    api.get("/api/v1/follow_requests", Access.person("read:follows"), this::requests);
    api.post("/api/v1/follow_requests/:id/authorize", write, this::authorize);
    api.post("/api/v1/follow_requests/:id/reject", write, this::reject);
  }

  private List<Account> followers(Call call) {
    var of = standing.other(call);
    if (hidden(call, of)) return List.of();
    return AccountPage.answer(
        call, accounts, page -> FollowPageStore.followers(db, call.viewer(), of.id(), page));
  }

  private List<Account> following(Call call) {
    var of = standing.other(call);
    if (hidden(call, of)) return List.of();
    return AccountPage.answer(
        call, accounts, page -> FollowPageStore.following(db, call.viewer(), of.id(), page));
  }

  /** Whether somebody keeps their followers, and whom they follow, from the viewer. */
  private boolean hidden(Call call, Actor of) {
    return of.id() != call.viewer()
        && (of.hidesPeople() || FollowStore.hidesMembers(db, of.id(), call.viewer()));
  }

  private List<Relationship> relationships(Call call) {
    var ids = call.params().ids("id");
    return RelationshipStore.of(
        db, call.viewer(), ids.subList(0, Math.min(MOST_ASKED, ids.size())));
  }

  private Relationship follow(Call call) {
    var params = call.params();
    var languages =
        params.has("languages") ? params.list("languages").stream().limit(MOST_LANGUAGES) : null;
    var spoken = languages == null ? null : languages.map(String::strip).toList();
    return standing.change(
        call,
        (tx, me, target) -> {
          if (FollowStore.blocks(tx, me.id(), target.id()))
            throw new Problem.Forbidden("You have blocked this account.");
          var unused = follows.follow(tx, me, target);
          FollowPageStore.wish(
              tx, me.id(), target.id(), params.flag("reblogs"), params.flag("notify"), spoken);
        });
  }

  private Relationship unfollow(Call call) {
    return standing.change(call, follows::unfollow);
  }

  private Relationship remove(Call call) {
    return standing.change(call, follows::reject);
  }

  private List<Account> requests(Call call) {
    return AccountPage.answer(
        call, accounts, page -> FollowPageStore.requests(db, call.viewer(), page));
  }

  private Relationship authorize(Call call) {
    return standing.change(call, (tx, me, who) -> follows.decide(tx, me, who, true));
  }

  private Relationship reject(Call call) {
    return standing.change(call, (tx, me, who) -> follows.decide(tx, me, who, false));
  }
}
