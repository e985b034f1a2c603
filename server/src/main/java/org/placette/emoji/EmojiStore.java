package org.placette.emoji;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** All SQL about custom emoji. */
final class EmojiStore {

  private EmojiStore() {}

  static List<Emoji> all(Sql sql) {
    return sql.list(
        "select code, url, still from emoji order by code",
        row -> new Emoji(word(row.getString(0)), word(row.getString(1)), word(row.getString(2))));
  }

  /** False when the code is taken. */
  static boolean add(Sql sql, Emoji one) {
    return sql.update(
            "insert into emoji (code, url, still) values ($1, $2, $3) on conflict do nothing",
            one.code(),
            one.url(),
            one.still())
        == 1;
  }

  /** Removes it; gives where its picture was, or null when there is none of this code. */
  static @Nullable String remove(Sql sql, String code) {
    return sql.one(
        "delete from emoji where code = $1 returning url", row -> row.getString(0), code);
  }

  private static String word(@Nullable String column) {
    return Objects.requireNonNull(column);
  }
}
