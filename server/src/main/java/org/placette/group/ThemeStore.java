package org.placette.group;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.audience.AudienceStore;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.post.PostForm.Room;

/** The rows of {@code theme}, and lists of Groups with their members. */
final class ThemeStore {

  private ThemeStore() {}

  static @Nullable Theme byId(Sql sql, long actor) {
    return sql.one("select * from theme where actor_id = $1", ThemeStore::theme, actor);
  }

  /** Writes it, new or changed. */
  static void put(Tx tx, Theme theme) {
    tx.update(
        """
        insert into theme (actor_id, kind, access, charter, tags, audience, posting)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (actor_id) do update set kind = excluded.kind, access = excluded.access,
          charter = excluded.charter, tags = excluded.tags, audience = excluded.audience,
          posting = excluded.posting
        """,
        theme.actorId(),
        theme.kind(),
        theme.access().word(),
        theme.charter(),
        theme.tags().toArray(String[]::new),
        theme.audience(),
        theme.posting());
  }

  /** The open theme that one of these tags belongs to; null when there is none. */
  static @Nullable Long tagged(Sql sql, Collection<String> tags) {
    return sql.one(
        """
        select t.actor_id from theme t join actor a on a.id = t.actor_id
        where t.tags && $1 and t.access = 'public' and t.posting = 'everyone' and a.deleted_at is null
        order by t.created limit 1
        """,
        row -> row.getLong(0),
        (Object) tags.toArray(String[]::new));
  }

  /** Someone's part in a theme: a role, member, pending or "" for none. */
  static String part(Sql sql, long theme, long actor) {
    var part =
        sql.one(
            """
            select coalesce((select role from role_grant where group_id = $1 and actor_id = $2
                order by role limit 1),
              (select case state when 'accepted' then 'member' else 'pending' end from follow
                where target_id = $1 and actor_id = $2), '')
            """,
            row -> row.getString(0),
            theme,
            actor);
    return part == null ? "" : part;
  }

  static boolean isMember(Sql sql, long theme, long actor) {
    return sql.one(
            "select 1 from follow where target_id = $1 and actor_id = $2 and state = 'accepted'",
            row -> 1,
            theme,
            actor)
        != null;
  }

  /**
   * The groups of this server that somebody may know of, by name: private ones only for residents.
   *
   * @param after the name of the last one of the page before; "" for the first page
   */
  static List<GroupPages.Line> list(Sql sql, long viewer, String after, int limit) {
    return sql.list(
        """
        select a.type as author_type, a.username as author_username, a.host as author_host,
          a.name as author_name, a.icon as author_icon, a.summary, t.kind, t.access, t.tags,
          (select count(*) from follow f where f.target_id = a.id and f.state = 'accepted') as members,
          (select p.published from post p join actor a on a.id = p.actor_id
            where p.audience_id = t.actor_id and
        """
            + AudienceStore.READABLE
            + """
                order by p.id desc limit 1) as latest,
              coalesce(mine.state, '') as mine
            from theme t join actor a on a.id = t.actor_id
              left join follow mine on mine.target_id = a.id and mine.actor_id = $1
            where a.deleted_at is null and a.suspended_at is null
              and (t.access <> 'private' or $1 <> 0 and exists (
                select from account o where o.actor_id = $1))
              and lower(a.name) || ' ' || a.username > $2
            order by lower(a.name) || ' ' || a.username limit $3
            """,
        ThemeStore::line,
        viewer,
        after,
        limit);
  }

  private static GroupPages.Line line(Row row) {
    OffsetDateTime latest = row.getOffsetDateTime("latest");
    return new GroupPages.Line(
        byline(row),
        Objects.requireNonNullElse(row.getString("summary"), ""),
        row.getString("kind"),
        row.getString("access"),
        Arrays.asList(row.getArrayOfStrings("tags")),
        row.getLong("members"),
        latest == null ? null : latest.toInstant(),
        row.getString("mine"));
  }

  /**
   * Those who belong to a group, and those who ask to, the latest first.
   *
   * @param state accepted or pending
   * @param before the number of the last one of the page before
   */
  static List<GroupPages.Member> members(
      Sql sql, long theme, String state, long before, int limit) {
    return sql.list(
        """
        select f.id, a.id as member, a.type as author_type, a.username as author_username,
          a.host as author_host, a.name as author_name, a.icon as author_icon,
          array(select r.role from role_grant r
            where r.group_id = f.target_id and r.actor_id = f.actor_id order by r.role) as roles
        from follow f join actor a on a.id = f.actor_id
        where f.target_id = $1 and f.state = $2 and f.id < $3 and a.suspended_at is null
        order by f.id desc limit $4
        """,
        row ->
            new GroupPages.Member(
                row.getLong("id"),
                row.getLong("member"),
                byline(row),
                List.of(row.getArrayOfStrings("roles"))),
        theme,
        state,
        before,
        limit);
  }

  /** Where somebody may write: open themes, groups they belong to here and elsewhere. */
  static List<Room> rooms(Sql sql, long actor, long village) {
    return sql.list(
        """
        select a.id, coalesce(nullif(a.name, ''), a.username) as name, a.host,
          coalesce(t.access = 'private', a.host is not null
            and a.manually_approves_followers and not a.discoverable) as closed
        from actor a left join theme t on t.actor_id = a.id
        where a.type = 'Group' and a.id <> $2 and a.suspended_at is null and a.deleted_at is null
          and (t.access = 'public' and t.posting = 'everyone' or exists (select from follow f
            where f.actor_id = $1 and f.target_id = a.id and f.state = 'accepted'))
        order by a.host is not null, lower(coalesce(nullif(a.name, ''), a.username)) limit 200
        """,
        row ->
            new Room(
                row.getLong("id"),
                row.getString("name"),
                row.getString("host"),
                row.getBoolean("closed")),
        actor,
        village);
  }

  private static Byline byline(Row row) {
    return Byline.of(
        Objects.requireNonNull(row.getString("author_type")),
        Objects.requireNonNull(row.getString("author_username")),
        row.getString("author_host"),
        row.getString("author_name"),
        row.getString("author_icon"));
  }

  private static Theme theme(Row row) {
    return new Theme(
        row.getLong("actor_id"),
        row.getString("kind"),
        Theme.Access.valueOf(row.getString("access").toUpperCase(Locale.ROOT)),
        row.getString("charter"),
        Arrays.asList(row.getArrayOfStrings("tags")),
        row.getString("audience"),
        row.getString("posting"));
  }
}
