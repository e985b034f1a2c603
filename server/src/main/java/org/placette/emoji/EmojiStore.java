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

  /**
   * Takes a picture that is gone out of everything in which it stands; its code is read again
   * there. Reads all posts, which a village does now and then.
   */
  static void forget(Sql sql, String url) {
    for (var place : List.of("post set tag", "post_revision set tag", "actor set emoji")) {
      var column = place.substring(place.lastIndexOf(' ') + 1);
      sql.update(
          """
          update %1$s = coalesce(
              (select jsonb_agg(one order by nr)
                from jsonb_array_elements(%2$s) with ordinality as t (one, nr)
                where one ->> 'type' <> 'Emoji' or one ->> 'href' is distinct from $1), '[]')
          where %2$s @> jsonb_build_array(jsonb_build_object('type', 'Emoji', 'href', $1::text))
          """
              .formatted(place, column),
          url);
    }
  }

  private static String word(@Nullable String column) {
    return Objects.requireNonNull(column);
  }
}
