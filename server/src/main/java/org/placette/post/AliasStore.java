package org.placette.post;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;

/**
 * The rows of {@code post_alias}: the id under which a post's own server speaks of it, where that
 * is not the post's. Hubzilla knows an event by the Invite that it came in: it deletes it, is
 * answered and told who comes by that id, and finds none of them by the event's.
 */
public final class AliasStore {

  private AliasStore() {}

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(Retention.Table.owned("post_alias", "retention.post_alias"));
  }

  static void keep(Tx tx, long post, String uri) {
    tx.update(
        "insert into post_alias (uri, post_id) values ($1, $2) on conflict do nothing", uri, post);
  }

  /** The post that its own server calls so; null when there is none. */
  static @Nullable Post post(Sql sql, String uri) {
    var id = sql.one("select post_id from post_alias where uri = $1", row -> row.getLong(0), uri);
    return id == null ? null : PostStore.byId(sql, id);
  }

  /** The answer to a post of type Event, naming that as its own server does. */
  static Draft towards(Sql sql, Post parent, Draft answer) {
    if (!parent.type().equals("Event")) return answer;
    return answer.answering(name(sql, parent.id(), parent.uri()), answer.context());
  }

  /** The id to name a post by towards its own server. */
  public static String name(Sql sql, long post, String uri) {
    var other =
        sql.one(
            "select uri from post_alias where post_id = $1 order by uri limit 1",
            row -> row.getString(0),
            post);
    return other == null ? uri : other;
  }
}
