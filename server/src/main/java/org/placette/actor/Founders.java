package org.placette.actor;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.placette.db.Db;
import org.placette.db.Tx;

/** The three actors that every place has from its first start on. Thread-safe. */
final class Founders {

  private final Actors actors;
  private final Db db;

  /** As they were read last, however long ago. */
  private final Map<String, Actor> last = new ConcurrentHashMap<>();

  Founders(Actors actors, Db db) {
    this.actors = actors;
    this.db = db;
  }

  /**
   * One of them. Inside a transaction what was read last will do: while others wait likewise, a
   * second connection may never come free.
   */
  Actor get(String username) {
    var cached = actors.cachedByName(username);
    if (cached != null) return cached;
    var before = last.get(username);
    if (before != null && db.isInside()) return before;
    var read =
        Objects.requireNonNull(
            actors.localByName(username),
            () -> "The actor " + username + " is missing: found() comes first");
    last.put(username, read);
    return read;
  }

  /** Creates what is missing. */
  void found(String villageName) {
    if (ActorStore.allLocal(db, List.of(Urls.RELAY, Urls.VILLAGE, Urls.AGENDA))) return;
    db.transact(
        tx -> {
          tx.run("select pg_advisory_xact_lock(7261001)");
          one(tx, "Application", Urls.RELAY, villageName + " (relais)");
          one(tx, "Group", Urls.VILLAGE, villageName);
          one(tx, "Service", Urls.AGENDA, "Agenda – " + villageName);
        });
  }

  private void one(Tx tx, String type, String username, String name) {
    if (ActorStore.localByName(tx, username) == null) {
      var unused = actors.createLocal(tx, type, username, name, null);
    }
  }
}
