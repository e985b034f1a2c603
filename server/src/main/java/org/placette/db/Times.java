package org.placette.db;

import io.vertx.sqlclient.Row;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Times as rows hold them: an instant, and beside it the name of the zone of its wall clock. */
public final class Times {

  private Times() {}

  /**
   * A stored zone. It was checked when it came; the database of zones may have changed since, and
   * what it no longer knows is read as UTC.
   *
   * @param name an IANA name
   */
  public static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  /** A column of a row on a zone's wall clock; null when it is empty. */
  public static @Nullable ZonedDateTime local(Row row, String column, ZoneId zone) {
    var time = row.getOffsetDateTime(column);
    return time == null ? null : time.atZoneSameInstant(zone);
  }
}
