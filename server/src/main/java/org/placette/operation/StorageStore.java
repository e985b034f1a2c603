package org.placette.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.placette.db.Sql;

/** How much room everything takes. */
final class StorageStore {

  private StorageStore() {}

  /** The bytes of each table with its indexes. */
  static Map<String, Long> tables(Sql sql) {
    record Size(String name, long bytes) {}
    Map<String, Long> sizes = new LinkedHashMap<>();
    for (var size :
        sql.list(
            """
            select relname::text, pg_total_relation_size(oid) from pg_class
            where relnamespace = 'public'::regnamespace and relkind = 'r'
            """,
            row -> new Size(Objects.requireNonNull(row.getString(0)), row.getLong(1)))) {
      sizes.put(size.name(), size.bytes());
    }
    return sizes;
  }

  /**
   * What people here uploaded.
   *
   * @param bytes of the files as they were sent
   */
  record Media(long files, long bytes) {}

  static Media media(Sql sql) {
    var media =
        sql.one(
            "select count(*), coalesce(sum(bytes), 0)::bigint from media",
            row -> new Media(row.getLong(0), row.getLong(1)));
    return media == null ? new Media(0, 0) : media;
  }
}
