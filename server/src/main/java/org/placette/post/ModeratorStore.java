package org.placette.post;

import java.util.Collection;
import java.util.List;
import org.placette.actor.Actor;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.federation.vocab.AsObject;

/** The rows of {@code group_moderator}: who moderates the groups of other servers. */
public final class ModeratorStore {

  private ModeratorStore() {}

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(Retention.Table.owned("group_moderator", "retention.group_moderator"));
  }

  /** Keeps what the group's own server says, in place of what it said before. */
  static void keep(Tx tx, long group, Collection<String> moderators) {
    tx.update("delete from group_moderator where group_id = $1", group);
    tx.update(
        "insert into group_moderator (group_id, uri) select $1, unnest($2::text[])",
        group,
        moderators.toArray(String[]::new));
  }

  /**
   * Whether somebody may act for a group of another server: those of that server, whom it answers
   * for, and the moderators that it names.
   */
  public static boolean moderates(Sql sql, Actor group, Actor actor) {
    if (AsObject.sameOrigin(group.uri(), actor.uri())) return true;
    var found =
        sql.one(
            "select 1 from group_moderator where group_id = $1 and uri = $2",
            row -> 1,
            group.id(),
            actor.uri());
    return found != null;
  }
}
