package org.placette.signin;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** All SQL of this package. */
final class SignInStore {

  private SignInStore() {}

  /** A second factor; the secret is sealed. */
  record Factor(byte[] sealed, boolean confirmed, long lastStep) {}

  static @Nullable Factor factor(Sql sql, long actor) {
    return sql.one(
        """
        select sealed_secret, confirmed is not null as on, last_step from second_factor
        where actor_id = $1
        """,
        row -> new Factor(row.getBuffer(0).getBytes(), row.getBoolean(1), row.getLong(2)),
        actor);
  }

  /** Begins anew, unless one is in use. */
  static void begin(Sql sql, long actor, byte[] sealed) {
    sql.update(
        """
        insert into second_factor as f (actor_id, sealed_secret) values ($1, $2)
        on conflict (actor_id) do update set sealed_secret = excluded.sealed_secret
          where f.confirmed is null
        """,
        actor,
        Buffer.buffer(sealed));
  }

  /** Notes a code that was right; false when another request took it, or a later one, first. */
  static boolean take(Sql sql, long actor, long step) {
    return sql.update(
            """
            update second_factor set last_step = $2, confirmed = coalesce(confirmed, now())
            where actor_id = $1 and last_step < $2
            """,
            actor,
            step)
        > 0;
  }

  static void remove(Sql sql, long actor) {
    sql.update("delete from second_factor where actor_id = $1", actor);
    sql.update("delete from recovery_code where actor_id = $1", actor);
  }

  static void putCodes(Sql sql, long actor, List<byte[]> hashes) {
    sql.update("delete from recovery_code where actor_id = $1", actor);
    for (var hash : hashes)
      sql.update(
          "insert into recovery_code (actor_id, hash) values ($1, $2)", actor, Buffer.buffer(hash));
  }

  /** Uses a recovery code up; false when there is no such. */
  static boolean useCode(Sql sql, long actor, byte[] hash) {
    return sql.update(
            "delete from recovery_code where actor_id = $1 and hash = $2",
            actor,
            Buffer.buffer(hash))
        > 0;
  }

  static int codes(Sql sql, long actor) {
    return Objects.requireNonNullElse(
        sql.one(
            "select count(*)::int from recovery_code where actor_id = $1",
            row -> row.getInteger(0),
            actor),
        0);
  }

  /** A passkey as its owner sees it. */
  record Key(byte[] id, String label, Instant created, @Nullable Instant lastUsed) {}

  static List<Key> keys(Sql sql, long actor) {
    return sql.list(
        "select id, label, created, last_used from passkey where actor_id = $1 order by created",
        SignInStore::key,
        actor);
  }

  private static Key key(Row row) {
    var used = row.getOffsetDateTime("last_used");
    return new Key(
        row.getBuffer("id").getBytes(),
        Objects.requireNonNull(row.getString("label")),
        row.getOffsetDateTime("created").toInstant(),
        used == null ? null : used.toInstant());
  }

  /** False when that key is known already. */
  static boolean insertKey(Sql sql, long actor, String label, byte[] id, Passkey.Known known) {
    return sql.update(
            """
            insert into passkey (id, actor_id, label, public_key, algorithm, sign_count)
            values ($1, $2, $3, $4, $5, $6) on conflict do nothing
            """,
            Buffer.buffer(id),
            actor,
            label,
            Buffer.buffer(known.publicKey()),
            known.algorithm(),
            known.count())
        > 0;
  }

  static boolean removeKey(Sql sql, long actor, byte[] id) {
    return sql.update(
            "delete from passkey where actor_id = $1 and id = $2", actor, Buffer.buffer(id))
        > 0;
  }

  /** A passkey with whose it is; the account must not be deleted. */
  record Owned(long actor, Passkey.Known known) {}

  static @Nullable Owned owned(Sql sql, byte[] id) {
    return sql.one(
        """
        select k.actor_id, k.public_key, k.algorithm, k.sign_count from passkey k
          join actor a on a.id = k.actor_id
        where k.id = $1 and a.deleted_at is null
        """,
        row ->
            new Owned(
                row.getLong(0),
                new Passkey.Known(row.getBuffer(1).getBytes(), row.getInteger(2), row.getLong(3))),
        Buffer.buffer(id));
  }

  /** False when another request was faster with the same answer. */
  static boolean used(Sql sql, byte[] id, long before, long count) {
    return sql.update(
            """
            update passkey set sign_count = $3, last_used = now()
            where id = $1 and sign_count = $2
            """,
            Buffer.buffer(id),
            before,
            count)
        > 0;
  }

  /** What waits between two pages. */
  record Step(@Nullable Long actor, String next, int tries) {}

  static void putStep(
      Sql sql, byte[] hash, String kind, @Nullable Long actor, String next, Duration life) {
    sql.update(
        """
        insert into sign_in_step (hash, kind, actor_id, next, expires)
        values ($1, $2, $3, $4, now() + $5 * interval '1 second')
        """,
        Buffer.buffer(hash),
        kind,
        actor,
        next,
        life.toSeconds());
  }

  static @Nullable Step step(Sql sql, byte[] hash, String kind) {
    return sql.one(
        """
        select actor_id, next, tries from sign_in_step
        where hash = $1 and kind = $2 and expires > now()
        """,
        SignInStore::step,
        Buffer.buffer(hash),
        kind);
  }

  private static Step step(Row row) {
    return new Step(
        row.getLong("actor_id"),
        Objects.requireNonNull(row.getString("next")),
        row.getInteger("tries"));
  }

  /** Counts a try; null when there is no such step, or it was tried too often. */
  static @Nullable Step tryStep(Sql sql, byte[] hash, String kind, int most) {
    return sql.one(
        """
        update sign_in_step set tries = tries + 1
        where hash = $1 and kind = $2 and expires > now() and tries < $3
        returning actor_id, next, tries
        """,
        SignInStore::step,
        Buffer.buffer(hash),
        kind,
        most);
  }

  /** Takes a step, once. */
  static @Nullable Step endStep(Sql sql, byte[] hash, String kind) {
    return sql.one(
        """
        delete from sign_in_step where hash = $1 and kind = $2 and expires > now()
        returning actor_id, next, tries
        """,
        SignInStore::step,
        Buffer.buffer(hash),
        kind);
  }
}
