package org.placette.care;

import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.text.Excerpt;
import org.placette.text.Html;

/** The tables {@code report} and {@code report_note}. */
final class ReportStore {

  private static final int EXCERPT = 1_000;

  /** For the place, or for the groups that {@code $1} moderates, where all posts were in them. */
  private static final String MINE =
      """
      (exists (select from granted g where g.actor_id = $1 and g.permission = 'MODERATE'
          and g.group_id is null)
        or exists (select from post p join granted g on g.group_id = p.audience_id
          where p.uri = any(r.objects) and g.actor_id = $1 and g.permission = 'MODERATE'))
      """;

  private static final String HANDLE = "'@' || %1$s.username || coalesce('@' || %1$s.host, '')";

  private static final int BEGINNING = 70;

  private static final String LINE =
      "select r.*, coalesce("
          + HANDLE.formatted("t")
          + ", '') as target, coalesce("
          + HANDLE.formatted("b")
          + ", '') as by, coalesce("
          + HANDLE.formatted("w")
          + ", '') as assigned, coalesce((select p.name from post p where p.uri = any(r.objects)"
          + " and p.name <> '' order by p.id limit 1), (select p.content from post p"
          + " where p.uri = any(r.objects) order by p.id limit 1), '') as about"
          + " from report r left join actor t on t.id = r.target_id"
          + " left join actor b on b.id = r.actor_id left join actor w on w.id = r.assigned_to ";

  private ReportStore() {}

  /** Stores a report once; null when it is there already. */
  static @Nullable Long insert(Tx tx, long id, Reports.Filed filed) {
    return tx.one(
        """
        insert into report (id, uri, actor_id, target_id, objects, content, category, rule_ids,
          forwarded)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict do nothing returning id
        """,
        row -> row.getLong(0),
        id,
        filed.uri(),
        filed.by().id(),
        filed.target().id(),
        filed.objects().toArray(String[]::new),
        filed.content(),
        filed.category(),
        filed.rules().toArray(String[]::new),
        filed.forwarded());
  }

  /** A post that is reported. */
  record Reported(long id, String uri, String content) {}

  private static Reported reported(Row row) {
    return new Reported(row.getLong(0), row.getString(1), row.getString(2));
  }

  /** Those of the posts that are the author's and that the reporter may read. */
  static List<Reported> postsOf(Sql sql, long author, long reporter, List<Long> ids) {
    if (ids.isEmpty()) return List.of();
    return sql.list(
        "select p.id, p.uri, p.content from post p join actor a on a.id = p.actor_id"
            + " where p.actor_id = $2 and p.id = any($3) and "
            + org.placette.audience.AudienceStore.READABLE,
        ReportStore::reported,
        reporter,
        author,
        ids.toArray(Long[]::new));
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

  /**
   * Which of the posts so many different trusted people reported that nobody has decided about.
   * Trusted are residents past their probation, and confirmed neighbours, unless they are limited
   * or three of their reports of the last three months were about nothing.
   */
  static List<Reported> reportedBy(Tx tx, List<String> uris, int most) {
    return tx.list(
        """
        select p.id, p.uri, p.content from post p
        where p.uri = any($1) and p.visibility not in ('hidden', 'direct')
          and not exists (select from measure m where m.post_id = p.id and m.action = 'hide')
          and (select count(distinct r.actor_id) from report r join actor a on a.id = r.actor_id
            where r.objects @> array[p.uri] and r.state = 'open' and not a.limited
              and a.suspended_at is null
              and (exists (select from account c
                  where c.actor_id = a.id and c.trusted_at is not null)
                or exists (select from neighbour n
                  where n.host = a.host and n.confirmed_at is not null))
              and (select count(*) from report o where o.actor_id = a.id and o.outcome = 'nothing'
                and o.closed_at > now() - interval '90 days') < 3) >= $2
        """,
        ReportStore::reported,
        uris.toArray(String[]::new),
        most);
  }

  static List<ReportCase.Line> queue(Sql sql, long viewer, String which, long before, int limit) {
    var state =
        switch (which) {
          case "closed" -> " r.state = 'closed' ";
          case "mine" -> " r.state = 'open' and r.assigned_to = $1 ";
          default -> " r.state = 'open' ";
        };
    return sql.list(
        LINE + "where" + state + "and r.id < $2 and " + MINE + " order by r.id desc limit $3",
        ReportStore::line,
        viewer,
        before,
        limit);
  }

  static @Nullable ReportCase one(Sql sql, long viewer, long id) {
    var line = sql.one(LINE + "where r.id = $2 and " + MINE, row -> whole(sql, row), viewer, id);
    return line;
  }

  private static ReportCase whole(Sql sql, Row row) {
    var objects = Arrays.asList(row.getArrayOfStrings("objects"));
    long target = Objects.requireNonNullElse(row.getLong("target_id"), 0L);
    var about = sql.one("select * from actor where id = $1", ReportStore::about, target);
    var from = row.getLong("actor_id");
    var by = sql.one("select * from actor where id = $1", ReportStore::about, from);
    long group =
        Objects.requireNonNullElse(
            sql.one(
                """
                select case when count(distinct audience_id) = 1 and count(*) = count(audience_id)
                  then min(audience_id) end from post where uri = any($1)
                """,
                one -> one.getLong(0),
                (Object) objects.toArray(String[]::new)),
            0L);
    return new ReportCase(
        line(row),
        by == null ? null : by.who(),
        about == null ? null : about.who(),
        target,
        about != null && about.limited(),
        about != null && about.suspended(),
        objects,
        posts(sql, objects),
        notes(sql, row.getLong("id")),
        group,
        Objects.requireNonNullElse(
            sql.one(
                "select count(*) from report where target_id = $1 and id <> $2",
                one -> one.getLong(0),
                target,
                row.getLong("id")),
            0L));
  }

  private record About(Byline who, boolean limited, boolean suspended) {}

  private static About about(Row row) {
    var who =
        Byline.of(
            Objects.requireNonNull(row.getString("type")),
            Objects.requireNonNull(row.getString("username")),
            row.getString("host"),
            row.getString("name"),
            row.getString("icon"));
    return new About(who, row.getBoolean("limited"), row.getOffsetDateTime("suspended_at") != null);
  }

  private static List<ReportCase.Post> posts(Sql sql, List<String> uris) {
    return sql.list(
        """
        select id, uri, coalesce(name || ' · ', '') || content as content, visibility, published
        from post where uri = any($1) order by id limit 100
        """,
        row ->
            new ReportCase.Post(
                row.getLong(0),
                row.getString(1),
                Excerpt.of(Objects.requireNonNull(row.getString(2)), EXCERPT),
                row.getString(3).equals("hidden"),
                row.getOffsetDateTime(4).toInstant()),
        (Object) uris.toArray(String[]::new));
  }

  private static List<ReportCase.Note> notes(Sql sql, long report) {
    return sql.list(
        """
        select coalesce('@' || a.username || coalesce('@' || a.host, ''), ''), n.content,
          n.published
        from report_note n left join actor a on a.id = n.actor_id
        where n.report_id = $1 order by n.id limit 200
        """,
        row ->
            new ReportCase.Note(
                row.getString(0), row.getString(1), row.getOffsetDateTime(2).toInstant()),
        report);
  }

  static void assign(Tx tx, long id, @Nullable Long to) {
    tx.update("update report set assigned_to = $2 where id = $1", id, to);
  }

  static void note(Tx tx, long id, long report, long by, String text) {
    tx.update(
        "insert into report_note (id, report_id, actor_id, content) values ($1, $2, $3, $4)",
        id,
        report,
        by,
        text);
  }

  /**
   * Closes a report.
   *
   * @param all whether those about the same person are answered with it
   */
  static void close(Tx tx, long id, long by, String outcome, boolean all) {
    tx.update(
        """
        update report set state = 'closed', closed_at = now(), closed_by = $2, outcome = $3
        where state = 'open' and (id = $1
          or $4 and target_id = (select r.target_id from report r where r.id = $1))
        """,
        id,
        by,
        outcome,
        all);
  }

  static void reopen(Tx tx, long id) {
    tx.update(
        """
        update report set state = 'open', closed_at = null, closed_by = null, outcome = ''
        where id = $1
        """,
        id);
  }

  static boolean moderatesSome(Sql sql, long actor) {
    return sql.one(
            "select 1 from granted where actor_id = $1 and permission = 'MODERATE' limit 1",
            row -> 1,
            actor)
        != null;
  }

  private static ReportCase.Line line(Row row) {
    var objects = row.getArrayOfStrings("objects");
    return new ReportCase.Line(
        row.getLong("id"),
        Objects.requireNonNull(row.getString("target")),
        Objects.requireNonNull(row.getString("by")),
        Objects.requireNonNullElse(row.getString("content"), ""),
        Objects.requireNonNull(row.getString("category")),
        Arrays.asList(row.getArrayOfStrings("rule_ids")),
        Math.max(0, objects.length - 1),
        Objects.requireNonNull(row.getString("state")),
        Objects.requireNonNull(row.getString("outcome")),
        Objects.requireNonNull(row.getString("assigned")),
        row.getBoolean("forwarded"),
        beginning(Objects.requireNonNull(row.getString("about"))),
        row.getOffsetDateTime("published").toInstant());
  }

  /** The first words of what was reported, as plain text. */
  private static String beginning(String html) {
    var text = Objects.requireNonNullElse(Html.text(html), "").strip().replaceAll("\\s+", " ");
    if (text.length() <= BEGINNING) return text;
    var cut = text.lastIndexOf(' ', BEGINNING);
    return text.substring(0, cut < BEGINNING / 2 ? BEGINNING : cut) + "…";
  }
}
