package org.placette.moderation;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.mastodon.Account;
import org.placette.mastodon.AccountPage.Entry;
import org.placette.mastodon.Paging;
import org.placette.moderation.BlockPages.Hidden;

/** The rows of {@code mute} and {@code host_mute}, and the pages of those and of {@code block}. */
final class MuteStore {

  private static final String WHO = "select a.id, a.type, a.username, a.host, a.name, a.icon, ";
  private static final String MINE = " where b.actor_id = $1 and a.deleted_at is null ";
  private static final String LATEST = " order by b.id desc limit $2";

  private MuteStore() {}

  static void mute(
      Sql sql, long actor, long target, boolean notifications, @Nullable Instant expires) {
    sql.update(
        """
        insert into mute (id, actor_id, target_id, notifications, expires)
        values ($1, $2, $3, $4, $5)
        on conflict (actor_id, target_id) do update
          set notifications = excluded.notifications, expires = excluded.expires
        """,
        Ids.next(),
        actor,
        target,
        notifications,
        expires);
  }

  static void unmute(Sql sql, long actor, long target) {
    sql.update("delete from mute where actor_id = $1 and target_id = $2", actor, target);
  }

  /** Takes out of somebody's home and notifications what another wrote or brought. */
  static void clear(Tx tx, long actor, long target) {
    tx.update(
        """
        delete from home where owner_id = $1 and (by_id = $2
          or post_id in (select id from post where actor_id = $2 order by id desc limit 1000))
        """,
        actor,
        target);
    tx.update("delete from notification where actor_id = $1 and from_actor_id = $2", actor, target);
  }

  /**
   * An entry of the page of mutes.
   *
   * @param expires null when it does not end
   */
  record Muted(long cursor, long actorId, @Nullable Instant expires) {}

  static List<Muted> mutes(Sql sql, long actor, Paging page) {
    return sql.list(
        "select m.id, m.target_id, m.expires from mute m where m.actor_id = $1 and m.id < $2"
            + " and m.id > $3 and (m.expires is null or m.expires > now()) order by m.id "
            + page.direction()
            + " limit $4",
        row -> {
          var expires = row.getOffsetDateTime(2);
          return new Muted(
              row.getLong(0), row.getLong(1), expires == null ? null : expires.toInstant());
        },
        actor,
        page.before(),
        page.after(),
        page.limit());
  }

  static List<Entry> blocks(Sql sql, long actor, Paging page) {
    return sql.list(
        "select b.id, b.target_id from block b where b.actor_id = $1 and b.id < $2 and b.id > $3"
            + " order by b.id "
            + page.direction()
            + " limit $4",
        row -> new Entry(row.getLong(0), row.getLong(1)),
        actor,
        page.before(),
        page.after(),
        page.limit());
  }

  /** The latest whom somebody blocks. */
  static List<Hidden> blocked(Sql sql, long actor, int limit) {
    return sql.list(
        WHO + "null as until from block b join actor a on a.id = b.target_id" + MINE + LATEST,
        MuteStore::hidden,
        actor,
        limit);
  }

  /** The latest whom somebody mutes. */
  static List<Hidden> muted(Sql sql, long actor, int limit) {
    return sql.list(
        WHO
            + "b.expires as until from mute b join actor a on a.id = b.target_id"
            + MINE
            + "and (b.expires is null or b.expires > now())"
            + LATEST,
        MuteStore::hidden,
        actor,
        limit);
  }

  private static Hidden hidden(Row row) {
    var until = row.getOffsetDateTime("until");
    return new Hidden(
        row.getLong("id"),
        Byline.of(
            row.getString("type"),
            row.getString("username"),
            row.getString("host"),
            row.getString("name"),
            row.getString("icon")),
        until == null ? null : until.toInstant());
  }

  /** The servers that somebody hides. */
  static List<String> allHosts(Sql sql, long actor, int limit) {
    return sql.list(
        "select host from host_mute where actor_id = $1 order by host limit $2",
        row -> row.getString(0),
        actor,
        limit);
  }

  /** An entry of the page of hosts. */
  record Host(long cursor, String host) {}

  static List<Host> hosts(Sql sql, long actor, Paging page) {
    return sql.list(
        "select id, host from host_mute where actor_id = $1 and id < $2 and id > $3 order by id "
            + page.direction()
            + " limit $4",
        row -> new Host(row.getLong(0), row.getString(1)),
        actor,
        page.before(),
        page.after(),
        page.limit());
  }

  static void muteHost(Tx tx, long actor, String host) {
    tx.update(
        "insert into host_mute (id, actor_id, host) values ($1, $2, $3) on conflict do nothing",
        Ids.next(),
        actor,
        host);
    tx.update(
        """
        delete from home h using actor a where h.owner_id = $1 and a.id = h.by_id and a.host = $2
        """,
        actor,
        host);
    tx.update(
        """
        delete from notification n using actor a
        where n.actor_id = $1 and a.id = n.from_actor_id and a.host = $2
        """,
        actor,
        host);
  }

  static void unmuteHost(Sql sql, long actor, String host) {
    sql.update("delete from host_mute where actor_id = $1 and host = $2", actor, host);
  }

  /** Everybody of a host whom the actor follows or who follows it. */
  static List<Long> followsWith(Sql sql, long actor, String host) {
    return sql.list(
        """
        select a.id from actor a where a.host = $2 and (
          exists (select from follow f where f.actor_id = $1 and f.target_id = a.id)
          or exists (select from follow f where f.actor_id = a.id and f.target_id = $1))
        """,
        row -> row.getLong(0),
        actor,
        host);
  }

  /** An account in the page of mutes says when that ends. */
  record MutedAccount(
      @com.fasterxml.jackson.annotation.JsonUnwrapped Account account,
      @Nullable Instant muteExpiresAt) {}
}
