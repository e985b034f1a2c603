package org.placette.moderation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;

/** All SQL about domain blocks, blocks and reports. */
final class ModerationStore {

  private ModerationStore() {}

  static Set<String> domains(Sql sql) {
    return new HashSet<>(sql.list("select domain from domain_block", row -> row.getString(0)));
  }

  static List<DomainPolicy.Blocked> listDomains(Sql sql) {
    return sql.list(
        "select domain, reason from domain_block order by domain",
        row -> new DomainPolicy.Blocked(row.getString(0), row.getString(1)));
  }

  static void blockDomain(Sql sql, String domain, @Nullable String reason) {
    sql.run(
        """
        insert into domain_block (domain, reason) values ($1, $2)
        on conflict (domain) do update set reason = excluded.reason
        """,
        domain,
        reason);
  }

  static void unblockDomain(Sql sql, String domain) {
    sql.update("delete from domain_block where domain = $1", domain);
  }

  static void block(Tx tx, long actorId, long targetId, String uri) {
    tx.update(
        """
        insert into block (actor_id, target_id, uri, id) values ($1, $2, $3, $4)
        on conflict do nothing
        """,
        actorId,
        targetId,
        uri,
        Ids.next());
  }

  /** The id of the Block between the two; null when there is none. */
  static @Nullable String blockUri(Sql sql, long actorId, long targetId) {
    return sql.one(
        "select uri from block where actor_id = $1 and target_id = $2",
        row -> row.getString(0),
        actorId,
        targetId);
  }

  static void unblock(Tx tx, long actorId, long targetId) {
    tx.update("delete from block where actor_id = $1 and target_id = $2", actorId, targetId);
  }

  /** False when nobody has a block of that id. */
  static boolean unblock(Tx tx, long actorId, String uri) {
    return tx.update("delete from block where actor_id = $1 and uri = $2", actorId, uri) > 0;
  }

  static boolean isBlock(Sql sql, long actorId, String uri) {
    return sql.one("select 1 from block where actor_id = $1 and uri = $2", row -> 1, actorId, uri)
        != null;
  }

  /** The local actor who wrote one of these posts; null when none is ours. */
  static @Nullable Long localAuthor(Sql sql, List<String> uris) {
    return sql.one(
        """
        select a.id from post p join actor a on a.id = p.actor_id
        where p.uri = any($1) and a.host is null limit 1
        """,
        row -> row.getLong(0),
        (Object) uris.toArray(String[]::new));
  }

  /** Stores a report once; null when it is there already. */
  static @Nullable Long report(Tx tx, Report report) {
    return tx.one(
        """
        insert into report (id, uri, actor_id, target_id, objects, content)
        values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing returning id
        """,
        row -> row.getLong(0),
        Ids.next(),
        report.uri(),
        report.actorId(),
        report.targetId(),
        report.objects().toArray(String[]::new),
        report.content());
  }

  /** A post that is reported. */
  record Reported(long id, String uri) {}

  /** Those of the posts that are the actor's. */
  static List<Reported> postsOf(Sql sql, long actor, List<Long> ids) {
    if (ids.isEmpty()) return List.of();
    return sql.list(
        "select id, uri from post where actor_id = $1 and id = any($2)",
        row -> new Reported(row.getLong(0), row.getString(1)),
        actor,
        ids.toArray(Long[]::new));
  }

  /** A report of a resident's. */
  static void report(Tx tx, ReportApi.Made made) {
    tx.update(
        """
        insert into report (id, actor_id, target_id, objects, content, category, rule_ids, forwarded)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        made.id(),
        made.actorId(),
        made.targetId(),
        made.objects().toArray(String[]::new),
        made.content(),
        made.category(),
        made.rules().toArray(String[]::new),
        made.forwarded());
  }
}
