package org.placette.post;

import java.util.List;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.mastodon.PageStore;
import org.placette.mastodon.Paging;
import org.placette.mastodon.StatusStore;
import org.placette.mastodon.StatusStore.Seen;

/**
 * A person's own marks on posts: the rows of {@code bookmark} and {@code thread_mute}; and the
 * lists that marks and reactions make.
 */
final class MarkStore {

  private MarkStore() {}

  static void bookmark(Sql sql, long actor, long post) {
    sql.update(
        "insert into bookmark (id, actor_id, post_id) values ($1, $2, $3) on conflict do nothing",
        Ids.next(),
        actor,
        post);
  }

  static void unbookmark(Sql sql, long actor, long post) {
    sql.update("delete from bookmark where actor_id = $1 and post_id = $2", actor, post);
  }

  static void mute(Sql sql, long actor, long root) {
    sql.update(
        "insert into thread_mute (actor_id, root_id) values ($1, $2) on conflict do nothing",
        actor,
        root);
  }

  static void unmute(Sql sql, long actor, long root) {
    sql.update("delete from thread_mute where actor_id = $1 and root_id = $2", actor, root);
  }

  /** A list's entry: what is shown, and where it stands in the list. */
  record Placed(Seen seen, long cursor) {}

  /** What somebody marked, the latest first; they see it while they may read it. */
  private static List<Placed> marked(Sql sql, String table, long viewer, Paging page) {
    return PageStore.page(
        sql,
        "select k.id as cursor, "
            + StatusStore.ALONE
            + StatusStore.SEEN
            + " from "
            + table
            + " k join post p on p.id = k.post_id join actor a on a.id = p.actor_id"
            + " where k.actor_id = $1 and k.id < $2 and k.id > $3 and "
            + StatusStore.READABLE,
        "k.id",
        page,
        row -> new Placed(StatusStore.seen(row), row.getLong("cursor")),
        viewer);
  }

  static List<Placed> bookmarks(Sql sql, long viewer, Paging page) {
    return marked(sql, "bookmark", viewer, page);
  }

  static List<Placed> likes(Sql sql, long viewer, Paging page) {
    return marked(sql, "post_like", viewer, page);
  }

  /**
   * The posts that quote another with consent, the latest first, of those that somebody may read.
   */
  static List<Placed> quotes(Sql sql, long viewer, String quoted, Paging page) {
    return PageStore.page(
        sql,
        "select p.id as cursor, "
            + StatusStore.ALONE
            + StatusStore.SEEN
            + " from post p join actor a on a.id = p.actor_id"
            + " where p.quote = $5 and p.id < $2 and p.id > $3"
            + " and coalesce(p.quote_consent, 'accepted') = 'accepted'"
            + " and "
            + StatusStore.WELCOME
            + " and "
            + StatusStore.READABLE,
        "p.id",
        page,
        row -> new Placed(StatusStore.seen(row), row.getLong("cursor")),
        viewer,
        quoted);
  }

  /** Somebody who reacted, and where they stand in the list. */
  record Person(long actor, long cursor) {}

  private static List<Person> people(
      Sql sql, String table, String which, long viewer, long post, Paging page) {
    return PageStore.page(
        sql,
        "select k.id, k.actor_id from "
            + table
            + " k join actor a on a.id = k.actor_id where k.post_id = $5 and k.id < $2"
            + " and k.id > $3 and a.suspended_at is null and a.deleted_at is null"
            + which
            + " and k.actor_id not in "
            + StatusStore.HIDDEN,
        "k.id",
        page,
        row -> new Person(row.getLong("actor_id"), row.getLong("id")),
        viewer,
        post);
  }

  static List<Person> likers(Sql sql, long viewer, long post, Paging page) {
    return people(sql, "post_like", "", viewer, post, page);
  }

  static List<Person> boosters(Sql sql, long viewer, long post, Paging page) {
    var which = " and (k.visibility <> 'followers' or k.actor_id = $1)";
    return people(sql, "announce", which, viewer, post, page);
  }

  static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("bookmark", "retention.bookmark"),
        Retention.Table.owned("thread_mute", "retention.thread_mute"));
  }
}
