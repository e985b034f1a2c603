package org.placette.mastodon;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.web.Problem;

/** Relationships, read in one query however many are asked for. */
public final class RelationshipStore {

  private static final String BETWEEN =
      """
      select a.id,
        f.state = 'accepted' as following, f.state = 'pending' as requested,
        f.state = 'accepted' and f.show_reblogs as showing_reblogs,
        f.state = 'accepted' and f.notify as notifying, f.languages,
        g.state = 'accepted' as followed_by, g.state = 'pending' as requested_by,
        exists (select from block b where b.actor_id = $1 and b.target_id = a.id) as blocking,
        exists (select from block b where b.actor_id = a.id and b.target_id = $1) as blocked_by,
        m.actor_id is not null as muting, coalesce(m.notifications, false) as muting_notifications,
        exists (select from host_mute h where h.actor_id = $1 and h.host = a.host) as domain_blocking,
        exists (select from endorsement e where e.actor_id = $1 and e.target_id = a.id) as endorsed,
        coalesce(n.note, '') as note
      from actor a
        left join follow f on f.actor_id = $1 and f.target_id = a.id
        left join follow g on g.actor_id = a.id and g.target_id = $1
        left join mute m on m.actor_id = $1 and m.target_id = a.id
          and (m.expires is null or m.expires > now())
        left join actor_note n on n.actor_id = $1 and n.target_id = a.id
      where a.id = any($2) and a.deleted_at is null
      """;

  private RelationshipStore() {}

  /** Those of the actors that exist, in the order asked for. */
  public static List<Relationship> of(Sql sql, long viewer, Collection<Long> ids) {
    if (ids.isEmpty()) return List.of();
    Map<String, Relationship> found = new HashMap<>();
    for (var one :
        sql.list(BETWEEN, RelationshipStore::from, viewer, (Object) ids.toArray(Long[]::new)))
      found.put(one.id(), one);
    List<Relationship> all = new ArrayList<>();
    for (var id : ids) {
      var one = found.get(String.valueOf(id));
      if (one != null) all.add(one);
    }
    return all;
  }

  /**
   * One of them.
   *
   * @throws Problem.NotFound when there is no such actor
   */
  public static Relationship one(Sql sql, long viewer, long id) {
    var all = of(sql, viewer, List.of(id));
    if (all.isEmpty()) throw new Problem.NotFound();
    return all.getFirst();
  }

  private static Relationship from(Row row) {
    return new Relationship(
        String.valueOf(row.getLong("id")),
        yes(row, "following"),
        yes(row, "showing_reblogs"),
        yes(row, "notifying"),
        languages(row.getArrayOfStrings("languages")),
        yes(row, "followed_by"),
        yes(row, "blocking"),
        yes(row, "blocked_by"),
        yes(row, "muting"),
        yes(row, "muting_notifications"),
        yes(row, "requested"),
        yes(row, "requested_by"),
        yes(row, "domain_blocking"),
        yes(row, "endorsed"),
        row.getString("note"));
  }

  private static boolean yes(Row row, String column) {
    return Boolean.TRUE.equals(row.getBoolean(column));
  }

  private static @Nullable List<String> languages(String @Nullable [] words) {
    return words == null || words.length == 0 ? null : List.of(words);
  }
}
