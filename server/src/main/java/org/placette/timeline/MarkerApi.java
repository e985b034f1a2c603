package org.placette.timeline;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.web.Problem;

/** How far somebody has read, for all their apps (methods/markers). */
public final class MarkerApi implements Api.Calls {

  private static final List<String> TIMELINES = List.of("home", "notifications");

  private final Db db;

  public MarkerApi(Db db) {
    this.db = db;
  }

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(MarkerStore.retention());
  }

  @Override
  public void into(Api api) {
    api.get("/api/v1/markers", Access.person("read:statuses"), this::show);
    api.post("/api/v1/markers", Access.person("write:statuses"), this::move);
  }

  /** How far a timeline is read (entities/Marker). */
  record Marker(String lastReadId, int version, Instant updatedAt) {}

  private Map<String, Marker> show(Call call) {
    Map<String, Marker> shown = new LinkedHashMap<>();
    // Elk stumbles where a person has never read notifications; "0" is before all of them.
    if (call.params().list("timeline").contains("notifications"))
      shown.put("notifications", new Marker("0", 0, Instant.EPOCH));
    for (var row : MarkerStore.of(db, call.viewer(), call.params().list("timeline")))
      shown.put(row.timeline(), marker(row));
    return shown;
  }

  private static Marker marker(MarkerStore.Row row) {
    return new Marker(String.valueOf(row.last()), row.version(), row.updated());
  }

  private Map<String, Marker> move(Call call) {
    Map<String, Long> wanted = new LinkedHashMap<>();
    for (var timeline : TIMELINES) {
      var name = timeline + "[last_read_id]";
      if (call.params().filled(name) == null) continue;
      var last = call.params().number(name);
      if (last == null)
        throw new Problem.Invalid(
            "Validation failed: Last read is no id", Map.of(timeline, "ERR_INVALID"));
      wanted.put(timeline, last);
    }
    Map<String, Marker> shown = new LinkedHashMap<>();
    wanted.forEach(
        (timeline, last) -> {
          for (var row : MarkerStore.move(db, call.viewer(), timeline, last))
            shown.put(timeline, marker(row));
        });
    return shown;
  }
}
