package org.placette.mastodon;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** How a page of any list is asked for: one query, bounded by a cursor. */
public final class PageStore {

  private PageStore() {}

  /**
   * The rows of a page, in the order of {@link Paging#direction}.
   *
   * @param select a query without its order, which keeps the cursor below {@code $2} and above
   *     {@code $3}
   * @param cursor the column with the cursor
   * @param whose {@code $1}: the actor or list that is asked about
   * @param more {@code $5} and on; {@code $4} is how many at most
   */
  public static <T> List<T> page(
      Sql sql,
      String select,
      String cursor,
      Paging page,
      Function<Row, T> from,
      long whose,
      @Nullable Object... more) {
    List<@Nullable Object> all = new ArrayList<>(4 + more.length);
    all.addAll(List.of(whose, page.before(), page.after(), page.limit()));
    all.addAll(Arrays.asList(more));
    return sql.list(select + order(cursor, page), from, all.toArray());
  }

  /** The end of such a query, for those that need it inside. */
  public static String order(String cursor, Paging page) {
    return " order by " + cursor + " " + page.direction() + " limit $4";
  }
}
