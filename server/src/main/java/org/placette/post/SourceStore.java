package org.placette.post;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.text.Markdown;

/** What was typed: the columns of {@code post} that only its author is shown. */
final class SourceStore {

  private SourceStore() {}

  /**
   * A text as typed.
   *
   * @param plain true when it is no Markdown
   */
  record Source(String text, boolean plain) {}

  static void keep(Tx tx, long post, String text, Extras extras) {
    tx.update(
        "update post set source = $2, source_plain = $3, application = $4 where id = $1",
        post,
        text,
        extras.plain(),
        extras.application());
  }

  static void rewrite(Tx tx, long post, String text, boolean plain) {
    tx.update("update post set source = $2, source_plain = $3 where id = $1", post, text, plain);
  }

  /** What was typed; made of what is shown when nobody kept it. */
  static Source of(Sql sql, Post post) {
    var kept =
        sql.one(
            "select source, source_plain from post where id = $1",
            row -> source(row.getString("source"), row.getBoolean("source_plain")),
            post.id());
    return Objects.requireNonNullElseGet(
        kept, () -> new Source(Markdown.of(post.content()), false));
  }

  private static @Nullable Source source(@Nullable String text, boolean plain) {
    return text == null ? null : new Source(text, plain);
  }
}
