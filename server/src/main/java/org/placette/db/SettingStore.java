package org.placette.db;

import org.jspecify.annotations.Nullable;

/** Small facts about the whole server, by name: table {@code setting}. */
public final class SettingStore {

  private SettingStore() {}

  /** The value, or null when it was never set. */
  public static @Nullable String get(Sql sql, String key) {
    return sql.one("select value from setting where key = $1", row -> row.getString(0), key);
  }

  /** The value, its row locked until the transaction ends; null when it was never set. */
  public static @Nullable String lock(Tx tx, String key) {
    return tx.one(
        "select value from setting where key = $1 for update", row -> row.getString(0), key);
  }

  /** Sets or replaces the value. */
  public static void put(Sql sql, String key, String value) {
    sql.update(
        """
        insert into setting (key, value) values ($1, $2)
        on conflict (key) do update set value = excluded.value
        """,
        key,
        value);
  }

  /** Sets the value unless there is one. */
  public static void putFirst(Sql sql, String key, String value) {
    sql.update(
        "insert into setting (key, value) values ($1, $2) on conflict do nothing", key, value);
  }

  /** Forgets the value. */
  public static void remove(Sql sql, String key) {
    sql.update("delete from setting where key = $1", key);
  }
}
