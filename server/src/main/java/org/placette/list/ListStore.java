package org.placette.list;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.mastodon.AccountPage.Entry;
import org.placette.mastodon.PageStore;
import org.placette.mastodon.Paging;

/** All SQL about lists and who is in them. */
final class ListStore {

  private ListStore() {}

  static List<PeopleList> all(Sql sql, long owner) {
    return sql.list(
        "select * from list where owner_id = $1 order by title, id", ListStore::from, owner);
  }

  static @Nullable PeopleList one(Sql sql, long owner, long id) {
    return sql.one(
        "select * from list where owner_id = $1 and id = $2", ListStore::from, owner, id);
  }

  /** Those of the owner's lists that somebody is in. */
  static List<PeopleList> with(Sql sql, long owner, long actor) {
    return sql.list(
        """
        select l.* from list l join list_member m on m.list_id = l.id
        where l.owner_id = $1 and m.actor_id = $2 order by l.title, l.id
        """,
        ListStore::from,
        owner,
        actor);
  }

  static int count(Sql sql, long owner) {
    return Objects.requireNonNull(
        sql.one(
            "select count(*)::int from list where owner_id = $1", row -> row.getInteger(0), owner));
  }

  static void insert(Sql sql, long owner, PeopleList list) {
    sql.update(
        """
        insert into list (id, owner_id, title, replies_policy, exclusive)
        values ($1, $2, $3, $4, $5)
        """,
        Long.valueOf(list.id()),
        owner,
        list.title(),
        list.repliesPolicy(),
        list.exclusive());
  }

  static void update(Sql sql, long owner, PeopleList list) {
    sql.update(
        """
        update list set title = $3, replies_policy = $4, exclusive = $5
        where id = $1 and owner_id = $2
        """,
        Long.valueOf(list.id()),
        owner,
        list.title(),
        list.repliesPolicy(),
        list.exclusive());
  }

  static boolean delete(Sql sql, long owner, long id) {
    return sql.update("delete from list where owner_id = $1 and id = $2", owner, id) > 0;
  }

  static List<Entry> members(Sql sql, long list, Paging page) {
    return PageStore.page(
        sql,
        "select id, actor_id from list_member where list_id = $1 and id < $2 and id > $3",
        "id",
        page,
        row -> new Entry(row.getLong(0), row.getLong(1)),
        list);
  }

  /** How many of these actors the owner follows, has asked to follow, or is. */
  static int followed(Sql sql, long owner, List<Long> actors) {
    return Objects.requireNonNull(
        sql.one(
            """
            select count(*)::int from unnest($2::bigint[]) as t (id) where t.id = $1
              or exists (select from follow f where f.actor_id = $1 and f.target_id = t.id)
            """,
            row -> row.getInteger(0),
            owner,
            actors.toArray(Long[]::new)));
  }

  static void add(Sql sql, long owner, long list, List<Long> actors) {
    sql.update(
        """
        insert into list_member (id, list_id, actor_id, follow_id)
        select $4::bigint + t.n, $2, t.id, f.id
        from unnest($3::bigint[]) with ordinality as t (id, n)
          left join follow f on f.actor_id = $1 and f.target_id = t.id
        on conflict do nothing
        """,
        owner,
        list,
        actors.toArray(Long[]::new),
        Ids.next());
  }

  static void remove(Sql sql, long list, List<Long> actors) {
    sql.update(
        "delete from list_member where list_id = $1 and actor_id = any($2)",
        list,
        actors.toArray(Long[]::new));
  }

  private static PeopleList from(Row row) {
    return new PeopleList(
        String.valueOf(row.getLong("id")),
        row.getString("title"),
        row.getString("replies_policy"),
        row.getBoolean("exclusive"));
  }
}
