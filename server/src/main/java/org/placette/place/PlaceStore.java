package org.placette.place;

import io.vertx.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.event.Place;

/** The rows of {@code place}. */
final class PlaceStore {

  private static final String SELECT =
      "select id, name, street, postal_code, locality, latitude, longitude, note from place ";

  private PlaceStore() {}

  private static VillagePlace from(Row row) {
    var at =
        new Place(
            null,
            row.getString("name"),
            row.getString("street"),
            row.getString("postal_code"),
            row.getString("locality"),
            null,
            null,
            row.getDouble("latitude"),
            row.getDouble("longitude"));
    return new VillagePlace(row.getLong("id"), at, row.getString("note"));
  }

  static List<VillagePlace> all(Sql sql) {
    return sql.list(SELECT + "order by lower(name) limit 500", PlaceStore::from);
  }

  static @Nullable VillagePlace byId(Sql sql, long id) {
    return sql.one(SELECT + "where id = $1", PlaceStore::from, id);
  }

  static @Nullable VillagePlace byName(Sql sql, String name) {
    return sql.one(SELECT + "where lower(name) = lower($1)", PlaceStore::from, name);
  }

  /** Writes one, and ties the village's events of that name to it. */
  static void put(Tx tx, VillagePlace place) {
    var at = place.at();
    tx.update(
        """
        insert into place (id, name, street, postal_code, locality, latitude, longitude, note)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (id) do update set name = excluded.name, street = excluded.street,
          postal_code = excluded.postal_code, locality = excluded.locality,
          latitude = excluded.latitude, longitude = excluded.longitude, note = excluded.note
        """,
        place.id(),
        place.name(),
        at.street(),
        at.postalCode(),
        at.locality(),
        at.latitude(),
        at.longitude(),
        place.note());
    tx.update(
        """
        update event e set place_id = $1 from post p
        where p.id = e.post_id and p.local and e.place_id is null
          and lower(e.place_name) = lower($2)
        """,
        place.id(),
        place.name());
  }

  static void delete(Sql sql, long id) {
    sql.update("delete from place where id = $1", id);
  }

  static List<Retention.Table> retention() {
    return List.of(Retention.Table.owned("place", "retention.place"));
  }
}
