package org.placette.post;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Status;
import org.placette.web.Problem;

/** Quotes as apps ask about them: who may quote a post, and what quotes it. */
public final class QuoteApi implements Api.Calls {

  private final Desk desk;
  private final Posts posts;

  public QuoteApi(Desk desk, Posts posts) {
    this.desk = desk;
    this.posts = posts;
  }

  @Override
  public void into(Api api) {
    api.put(
        "/api/v1/statuses/:id/interaction_policy",
        Access.person("write:statuses"),
        this::interactionPolicy);
    api.get("/api/v1/statuses/:id/quotes", Access.person("read:statuses"), this::quotes);
  }

  private Status interactionPolicy(Call call) {
    var author = desk.person(call);
    var post = desk.own(call);
    var who = Quotable.of(WantedPost.policy(call.params()));
    if (who == null)
      throw new Problem.Invalid(
          "Validation failed: Quote approval policy can't be blank",
          Map.of("quote_approval_policy", "ERR_BLANK"));
    desk.db.transact(
        tx -> {
          QuoteStore.quotable(tx, post.id(), who);
          posts.tellChange(tx, author, Objects.requireNonNull(PostStore.byId(tx, post.id())));
        });
    return desk.status(call, post.id());
  }

  private List<Status> quotes(Call call) {
    var post = desk.post(call);
    var page = call.statuses();
    var found = page.newestFirst(MarkStore.quotes(desk.db, call.viewer(), post.uri(), page));
    call.link(found, MarkStore.Placed::cursor);
    return desk.statuses.of(
        call.viewer(), found.stream().map(MarkStore.Placed::seen).toList(), "thread");
  }
}
