package org.placette.quote;

import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Status;
import org.placette.post.Desk;
import org.placette.web.Problem;

/** Whoever was quoted takes their post out of the quote (methods/statuses, Mastodon 4.5). */
public final class RevokeApi implements Api.Calls {

  private final Db db;
  private final Desk desk;
  private final Quotes quotes;

  public RevokeApi(Db db, Desk desk, Quotes quotes) {
    this.db = db;
    this.desk = desk;
    this.quotes = quotes;
  }

  @Override
  public void into(Api api) {
    api.post(
        "/api/v1/statuses/:id/quotes/:quote/revoke", Access.person("write:statuses"), this::revoke);
  }

  private Status revoke(Call call) {
    var author = desk.person(call);
    var quoted = desk.post(call);
    var number = call.path("quote");
    if (quoted.actorId() != author.id() || !number.matches("[1-9][0-9]{0,17}"))
      throw new Problem.NotFound();
    var quoting = desk.shown(Long.parseLong(number), author);
    if (!quoted.uri().equals(quoting.quote())) throw new Problem.NotFound();
    db.transact(tx -> quotes.revoke(tx, author, quoted, quoting));
    return desk.status(call, quoting.id());
  }
}
