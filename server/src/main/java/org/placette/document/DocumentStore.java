package org.placette.document;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.placette.audience.AudienceStore;
import org.placette.db.Sql;
import org.placette.post.PostViewStore;
import org.placette.text.Excerpt;

/** Finds documents among the attachments of posts. */
final class DocumentStore {

  private DocumentStore() {}

  private static final String HOLDING =
      """
       p.attachment <> '[]' and holds_documents(p.attachment)
         and (p.local or p.audience_id is not null) and p.companion_of is null and
      """;

  /**
   * Which are wanted.
   *
   * @param words as people type them; empty for all
   * @param group the Group they were posted to; 0 for all
   * @param year 0 for all
   * @param before the number of the last post of the page before; the greatest number at first
   */
  record Wanted(String words, long group, int year, long before, int limit) {}

  static List<Document> find(Sql sql, long viewer, Wanted wanted) {
    return sql.list(
        """
        select d.*, one->>'url' as file, one->>'mediaType' as kind, one->>'name' as words,
          coalesce(nullif(g.name, ''), g.username) as room
        from (select p.id, p.audience_id, p.name as title, p.content, p.published, p.attachment,
            e.uuid, a.type as author_type, a.username as author_username, a.host as author_host,
            a.name as author_name, a.icon as author_icon
        """
            + PostViewStore.TABLES
            + " where "
            + HOLDING
            + AudienceStore.READABLE
            + """
                  and p.id < $2 and ($3::bigint = 0 or p.audience_id = $3)
                  and ($4 = 0 or extract(year from p.published) = $4)
                  and ($5 = '' or word_stems(coalesce(p.name, '') || ' ' || coalesce(p.summary, '')
                    || ' ' || p.content || ' ' || coalesce((select string_agg(x->>'name', ' ')
                      from jsonb_array_elements(p.attachment) as x), ''))
                      @@ (select wanted_stems($5::text)))
                order by p.id desc limit $6) d
              cross join lateral jsonb_array_elements(d.attachment) as one
              left join actor g on g.id = d.audience_id
            where is_document(one->>'mediaType') order by d.id desc
            """,
        DocumentStore::from,
        viewer,
        wanted.before(),
        wanted.group(),
        wanted.year(),
        wanted.words(),
        wanted.limit());
  }

  private static Document from(Row row) {
    UUID event = row.getUUID("uuid");
    long id = row.getLong("id");
    var title = row.getString("title");
    return new Document(
        id,
        Objects.requireNonNull(row.getString("file")),
        Objects.requireNonNull(row.getString("kind")),
        row.getString("words"),
        title == null || title.isBlank() ? Excerpt.of(row.getString("content"), 80) : title,
        PostViewStore.byline(row),
        row.getString("room"),
        Objects.requireNonNull(row.getOffsetDateTime("published")).toInstant(),
        event == null ? "/posts/" + id : "/events/" + event);
  }

  /** The years and the Groups that documents are of, as far as the viewer may know. */
  static List<DocumentPages.Shelf> shelves(Sql sql, long viewer) {
    return sql.list(
        """
        select extract(year from p.published)::int as year, g.id as room,
          coalesce(nullif(g.name, ''), g.username) as name, count(*)::int as n
        """
            + PostViewStore.TABLES
            + " left join actor g on g.id = p.audience_id where "
            + HOLDING
            + AudienceStore.READABLE
            + " group by 1, 2, 3 order by 1 desc, 3 limit 200",
        row -> {
          Long room = row.getLong("room");
          return new DocumentPages.Shelf(
              row.getInteger("year"), room == null ? 0 : room, row.getString("name"));
        },
        viewer);
  }
}
