package org.placette.role;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.web.Permission;

/** The tables {@code role_permission} and {@code role_grant}. */
final class RoleStore {

  private RoleStore() {}

  static boolean may(Sql sql, long actor, Permission what, long group) {
    return sql.one(
            """
            select 1 from granted where actor_id = $1 and permission = $2
              and (group_id is null or group_id = $3) limit 1
            """,
            row -> 1,
            actor,
            what,
            group)
        != null;
  }

  static Set<Permission> permissions(Sql sql, long actor) {
    var all = EnumSet.noneOf(Permission.class);
    all.addAll(
        sql.list(
            "select distinct permission from granted where actor_id = $1 and group_id is null",
            row -> Permission.valueOf(row.getString(0)),
            actor));
    return all;
  }

  static List<Role> of(Sql sql, long actor) {
    var roles =
        sql.list(
            "select role from role_grant where actor_id = $1 and group_id is null",
            RoleStore::role,
            actor);
    if (roles.isEmpty()) return List.of(Role.RESIDENT);
    return roles.stream().sorted().toList();
  }

  private static Role role(Row row) {
    return Objects.requireNonNull(Role.of(row.getString("role")));
  }

  static boolean hasAccount(Sql sql, long actor) {
    return sql.one("select 1 from account where actor_id = $1", row -> 1, actor) != null;
  }

  /** Locked, so that two who leave at once leave one owner. */
  static List<Long> owners(Tx tx) {
    return tx.list(
        """
        select actor_id from role_grant where role = 'owner' and group_id is null
        order by actor_id for update
        """,
        row -> row.getLong(0));
  }

  static boolean give(Tx tx, long actor, @Nullable Long group, Role role, @Nullable Long by) {
    return tx.update(
            """
            insert into role_grant (actor_id, group_id, role, granted_by) values ($1, $2, $3, $4)
            on conflict do nothing
            """,
            actor,
            group,
            role.word(),
            by)
        > 0;
  }

  static boolean take(Tx tx, long actor, @Nullable Long group, Role role) {
    return tx.update(
            """
            delete from role_grant
            where actor_id = $1 and group_id is not distinct from $2::bigint and role = $3
            """,
            actor,
            group,
            role.word())
        > 0;
  }

  static Map<Role, EnumSet<Permission>> table(Sql sql) {
    Map<Role, EnumSet<Permission>> all = new EnumMap<>(Role.class);
    for (var role : Role.values()) all.put(role, EnumSet.noneOf(Permission.class));
    sql.list(
            "select role, permission from role_permission",
            row -> Map.entry(role(row), Permission.valueOf(row.getString(1))))
        .forEach(one -> all.computeIfPresent(one.getKey(), (k, set) -> with(set, one.getValue())));
    return all;
  }

  private static EnumSet<Permission> with(EnumSet<Permission> set, Permission one) {
    set.add(one);
    return set;
  }

  static List<RolePages.Holder> holders(Sql sql) {
    return sql.list(
        """
        select a.id, a.type, a.username, a.host, a.name, a.icon, array_agg(g.role) as roles
        from role_grant g join actor a on a.id = g.actor_id
        where g.group_id is null and a.deleted_at is null
        group by a.id order by lower(a.username) limit 500
        """,
        row ->
            new RolePages.Holder(
                row.getLong("id"),
                Byline.of(
                    Objects.requireNonNull(row.getString("type")),
                    Objects.requireNonNull(row.getString("username")),
                    row.getString("host"),
                    row.getString("name"),
                    row.getString("icon")),
                roles(row)));
  }

  private static List<Role> roles(Row row) {
    var words = new ArrayList<>(Arrays.asList(row.getArrayOfStrings("roles")));
    return words.stream().map(Role::of).filter(Objects::nonNull).sorted().toList();
  }
}
