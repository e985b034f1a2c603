package org.placette.mastodon;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for. Lists go from the newest to the oldest; each entry has a
 * cursor, an id that need not be that of what is shown.
 *
 * @param before only cursors below; {@link Long#MAX_VALUE} for all
 * @param after only cursors above; 0 for all
 * @param upwards true for {@code min_id}: those next above {@code after}, not the newest of all
 * @param limit how many at most
 */
public record Paging(long before, long after, boolean upwards, int limit) {

  private static final Set<String> LAST = Set.of("max_id", "min_id", "since_id");

  /** Reads max_id, since_id, min_id and limit; a limit out of bounds is moved into them. */
  static Paging of(Params params, int usual, int most) {
    var max = params.number("max_id");
    var min = params.number("min_id");
    var since = params.number("since_id");
    var limit = params.number("limit");
    var wanted = limit == null ? usual : (int) Math.clamp(limit, 1, most);
    return new Paging(
        max == null ? Long.MAX_VALUE : max,
        min != null ? min : since != null ? since : 0,
        min != null,
        wanted);
  }

  /** The SQL words for the order in which rows must be read: {@code asc} or {@code desc}. */
  public String direction() {
    return upwards ? "asc" : "desc";
  }

  /** Rows as read, turned newest first. */
  public <T> List<T> newestFirst(List<T> rows) {
    return upwards ? rows.reversed() : rows;
  }

  /** True when this page begins at the newest: nothing bounds it. */
  public boolean first() {
    return before == Long.MAX_VALUE && after == 0;
  }

  /**
   * The Link header (RFC 8288) of a page; null for an empty page, since a client that meets one
   * asks for a page after nothing.
   */
  static <T> @Nullable String link(
      String url, Params params, List<T> page, ToLongFunction<T> cursor) {
    if (page.isEmpty()) return null;
    var base = base(url, params, LAST);
    return "<%smax_id=%d>; rel=\"next\", <%smin_id=%d>; rel=\"prev\""
        .formatted(
            base, cursor.applyAsLong(page.getLast()), base, cursor.applyAsLong(page.getFirst()));
  }

  /** The same of a list that goes on after a cursor of its own, in the parameter of this name. */
  static String next(String url, Params params, String name, String cursor) {
    return "<" + base(url, params, Set.of(name)) + name + "=" + enc(cursor) + ">; rel=\"next\"";
  }

  /** The address that was asked for, ready for another cursor; a token never stands in it. */
  private static String base(String url, Params params, Set<String> cursors) {
    var base = new StringBuilder(url).append('?');
    for (var entry : params.entries()) {
      var name = entry.getKey();
      if (!cursors.contains(name) && !name.equals("access_token"))
        base.append(enc(name)).append('=').append(enc(entry.getValue())).append('&');
    }
    return base.toString();
  }

  private static String enc(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%5B", "[").replace("%5D", "]");
  }
}
