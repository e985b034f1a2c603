package org.placette.actor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.federation.signature.PublishedKey;

/** All SQL about actors and their keys. */
final class ActorStore {

  private ActorStore() {}

  static @Nullable Actor byUri(Sql sql, String uri) {
    return sql.one("select * from actor where uri = $1", ActorStore::actor, uri);
  }

  static @Nullable Actor byId(Sql sql, long id) {
    return sql.one("select * from actor where id = $1", ActorStore::actor, id);
  }

  static List<Actor> byIds(Sql sql, Collection<Long> ids) {
    return sql.list(
        "select * from actor where id = any($1)",
        ActorStore::actor,
        (Object) ids.toArray(Long[]::new));
  }

  static List<Actor> byUris(Sql sql, Collection<String> uris) {
    return sql.list(
        "select * from actor where uri = any($1)",
        ActorStore::actor,
        (Object) uris.toArray(String[]::new));
  }

  static @Nullable Actor localByName(Sql sql, String username) {
    return sql.one(
        "select * from actor where lower(username) = lower($1) and host is null",
        ActorStore::actor,
        username);
  }

  /** Whether all of these are actors of this server. */
  static boolean allLocal(Sql sql, List<String> usernames) {
    return sql.one(
            """
            select 1 where (select count(*) from actor
              where lower(username) = any($1) and host is null) = $2
            """,
            row -> true,
            usernames.toArray(String[]::new),
            (long) usernames.size())
        != null;
  }

  /** The remote actor of that handle that was seen last. */
  static @Nullable Actor byHandle(Sql sql, String username, String host) {
    return sql.one(
        """
        select * from actor
        where lower(username) = lower($1) and host = $2
        order by fetched_at desc nulls last limit 1
        """,
        ActorStore::actor,
        username,
        host);
  }

  /** Local actors that are neither suspended nor deleted, by name. */
  static List<Actor> locals(Sql sql) {
    return sql.list(
        """
        select * from actor
        where host is null and suspended_at is null and deleted_at is null
        order by lower(username)
        """,
        ActorStore::actor);
  }

  static void insert(Sql sql, Actor a) {
    sql.run(
        """
        insert into actor (id, uri, type, username, host, name, summary, url, inbox, shared_inbox,
          outbox, followers, following, featured, upcoming, icon, image, fields,
          manually_approves_followers, discoverable, indexable, also_known_as, moved_to,
          published, updated, fetched_at, emoji, attribution_domains)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
          $19, $20, $21, $22, $23, $24, $24, $25, $26, $27)
        """,
        columns(a));
  }

  /** Stores a remote actor as it was just seen; keeps the number that it had. */
  static Actor upsertRemote(Sql sql, Actor seen) {
    var stored =
        sql.one(
            """
            insert into actor as known (id, uri, type, username, host, name, summary, url, inbox,
              shared_inbox, outbox, followers, following, featured, upcoming, icon, image, fields,
              manually_approves_followers, discoverable, indexable, also_known_as, moved_to,
              published, updated, fetched_at, emoji, attribution_domains)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
              $18, $19, $20, $21, $22, $23, $24, now(), $25, $26, $27)
            on conflict (uri) do update set
              type = excluded.type, username = excluded.username, host = excluded.host,
              name = excluded.name, summary = excluded.summary, url = excluded.url,
              inbox = excluded.inbox, shared_inbox = excluded.shared_inbox,
              outbox = excluded.outbox, followers = excluded.followers,
              following = excluded.following, featured = excluded.featured,
              upcoming = excluded.upcoming, icon = excluded.icon, image = excluded.image,
              fields = excluded.fields, emoji = excluded.emoji,
              manually_approves_followers = excluded.manually_approves_followers,
              discoverable = excluded.discoverable, indexable = excluded.indexable,
              also_known_as = excluded.also_known_as, moved_to = excluded.moved_to,
              attribution_domains = excluded.attribution_domains,
              updated = now(), fetched_at = excluded.fetched_at, deleted_at = null
            where known.host is not null
            returning *
            """,
            ActorStore::actor,
            columns(seen));
    if (stored == null) throw new IllegalStateException(seen.uri() + " is a local actor");
    return stored;
  }

  private static @Nullable Object[] columns(Actor a) {
    return new @Nullable Object[] {
      a.id(),
      a.uri(),
      a.type(),
      a.username(),
      a.host(),
      a.name(),
      a.summary(),
      a.url(),
      a.inbox(),
      a.sharedInbox(),
      a.outbox(),
      a.followers(),
      a.following(),
      a.featured(),
      a.upcoming(),
      a.icon(),
      a.image(),
      fields(a.fields()),
      a.manuallyApprovesFollowers(),
      a.discoverable(),
      a.indexable(),
      a.alsoKnownAs().toArray(String[]::new),
      a.movedTo(),
      a.published(),
      a.fetchedAt(),
      ActorEmoji.write(a.emoji()),
      a.attributionDomains().toArray(String[]::new)
    };
  }

  /** Stores what a local actor says of itself. */
  static void updateProfile(Sql sql, long id, Profile profile) {
    sql.update(
        """
        update actor set name = $2, summary = $3, icon = $4, image = $5, fields = $6,
          manually_approves_followers = $7, discoverable = $8, indexable = $9, automated = $10,
          hides_people = $11, updated = now()
        where id = $1 and host is null
        """,
        id,
        profile.name(),
        profile.summary(),
        profile.icon(),
        profile.image(),
        fields(profile.fields()),
        profile.manuallyApprovesFollowers(),
        profile.discoverable(),
        profile.indexable(),
        profile.automated(),
        profile.hidesPeople());
  }

  static void emoji(Sql sql, long id, List<ActorEmoji> all) {
    sql.update("update actor set emoji = $2 where id = $1", id, ActorEmoji.write(all));
  }

  static void attribute(Sql sql, long id, List<String> domains) {
    var all = domains.toArray(String[]::new);
    sql.update("update actor set attribution_domains = $2 where id = $1", id, all);
  }

  /** Removes a remote actor; what is left keeps late activities of it out. */
  static void delete(Sql sql, long id) {
    sql.update(
        """
        with gone as (delete from actor where id = $1 and host is not null returning uri, type)
        insert into tombstone (uri, former_type) select uri, type from gone on conflict do nothing
        """,
        id);
  }

  /** Whether something of that id was deleted by whom it belonged to. */
  static boolean isBuried(Sql sql, String uri) {
    return sql.one("select 1 from tombstone where uri = $1", row -> true, uri) != null;
  }

  static void withdraw(Sql sql, long id) {
    sql.update("delete from actor where id = $1 and host is null and suspended_at is not null", id);
  }

  static void suspend(Sql sql, long id, boolean suspended) {
    sql.update(
        "update actor set suspended_at = case when $2 then now() end where id = $1", id, suspended);
  }

  static void moved(Sql sql, long id, String movedTo) {
    sql.update("update actor set moved_to = $2, updated = now() where id = $1", id, movedTo);
  }

  /** Marks a local actor as gone: its row stays, so that its ids answer 410 for ever. */
  static void retire(Sql sql, long id) {
    sql.update(
        """
        update actor set deleted_at = now(), name = null, summary = null, icon = null, image = null,
          fields = '[]', updated = now()
        where id = $1 and host is null
        """,
        id);
  }

  static void insertKey(
      Sql sql, String id, long actorId, PublicKey key, byte @Nullable [] sealedPrivate) {
    sql.run(
        """
        insert into actor_key (id, actor_id, algorithm, public_key, sealed_private_key)
        values ($1, $2, $3, $4, $5)
        """,
        id,
        actorId,
        algorithm(key),
        Buffer.buffer(key.getEncoded()),
        sealedPrivate == null ? null : Buffer.buffer(sealedPrivate));
  }

  /**
   * Makes {@code keys} the actor's keys, and those it lists by id alone that are known already. A
   * key id that another actor holds stays theirs.
   */
  static void replaceKeys(
      Sql sql, long actorId, List<PublishedKey> keys, Collection<String> alsoListed) {
    var ids =
        Stream.concat(keys.stream().map(PublishedKey::id), alsoListed.stream())
            .toArray(String[]::new);
    sql.update("delete from actor_key where actor_id = $1 and not id = any($2)", actorId, ids);
    if (!keys.isEmpty()) putKeys(sql, actorId, keys);
  }

  /** Adds one key, or renews it. */
  static void addKey(Sql sql, long actorId, PublishedKey key) {
    putKeys(sql, actorId, List.of(key));
  }

  private static void putKeys(Sql sql, long actorId, List<PublishedKey> keys) {
    List<Tuple> rows = new ArrayList<>();
    for (var key : keys) {
      rows.add(
          Tuple.of(key.id(), actorId, algorithm(key.key()), Buffer.buffer(key.key().getEncoded())));
    }
    sql.batch(
        """
        insert into actor_key as known (id, actor_id, algorithm, public_key)
        values ($1, $2, $3, $4)
        on conflict (id) do update
          set algorithm = excluded.algorithm, public_key = excluded.public_key, fetched_at = now()
          where known.actor_id = excluded.actor_id
        """,
        rows);
  }

  static List<StoredKey> keysOf(Sql sql, long actorId) {
    return sql.list(
        "select * from actor_key where actor_id = $1 order by algorithm desc, id",
        ActorStore::key,
        actorId);
  }

  /**
   * The key of that id, of a remote actor. An actor's own id stands for its RSA key, because some
   * servers sign with the bare actor id.
   */
  static @Nullable StoredKey remoteKey(Sql sql, String id) {
    return sql.one(
        """
        select k.* from actor_key k join actor a on a.id = k.actor_id
        where a.host is not null and (k.id = $1 or (a.uri = $1 and k.algorithm = 'RSA'))
        order by (k.id = $1) desc limit 1
        """,
        ActorStore::key,
        id);
  }

  static byte @Nullable [] sealedKey(Sql sql, String keyId) {
    return sql.one(
        "select sealed_private_key from actor_key where id = $1",
        row -> {
          var sealed = row.getBuffer(0);
          return sealed == null ? new byte[0] : sealed.getBytes();
        },
        keyId);
  }

  private static String algorithm(PublicKey key) {
    return key.getAlgorithm().equals("RSA") ? "RSA" : "Ed25519";
  }

  private static StoredKey key(Row row) {
    try {
      var spec = new X509EncodedKeySpec(row.getBuffer("public_key").getBytes());
      var key = KeyFactory.getInstance(row.getString("algorithm")).generatePublic(spec);
      return new StoredKey(
          row.getString("id"), row.getLong("actor_id"), key, instant(row, "fetched_at"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a stored key cannot be read: " + row.getString("id"), e);
    }
  }

  static Actor actor(Row row) {
    return new Actor(
        row.getLong("id"),
        row.getString("uri"),
        row.getString("type"),
        row.getString("username"),
        row.getString("host"),
        row.getString("name"),
        row.getString("summary"),
        row.getString("url"),
        row.getString("inbox"),
        row.getString("shared_inbox"),
        row.getString("outbox"),
        row.getString("followers"),
        row.getString("following"),
        row.getString("featured"),
        row.getString("upcoming"),
        row.getString("icon"),
        row.getString("image"),
        fields((JsonArray) row.getJson("fields")),
        ActorEmoji.read((JsonArray) row.getJson("emoji")),
        row.getBoolean("manually_approves_followers"),
        row.getBoolean("discoverable"),
        row.getBoolean("indexable"),
        row.getBoolean("automated"),
        row.getBoolean("hides_people"),
        List.of(row.getArrayOfStrings("also_known_as")),
        row.getString("moved_to"),
        instant(row, "published"),
        optionalInstant(row, "fetched_at"),
        row.getOffsetDateTime("suspended_at") != null,
        row.getOffsetDateTime("deleted_at") != null,
        List.of(row.getArrayOfStrings("attribution_domains")));
  }

  private static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private static @Nullable Instant optionalInstant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  private static ArrayNode fields(List<ActorField> fields) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var field : fields) {
      array.addObject().put("name", field.name()).put("value", field.value());
    }
    return array;
  }

  private static List<ActorField> fields(JsonArray array) {
    List<ActorField> fields = new ArrayList<>();
    for (var entry : array) {
      if (entry instanceof JsonObject o) {
        fields.add(new ActorField(o.getString("name", ""), o.getString("value", "")));
      }
    }
    return List.copyOf(fields);
  }
}
