package org.placette.inbox;

import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;

/** A feature that writes down, in order, what it was given: so effects can be counted. */
final class Noting implements ActivityHandler {

  private final Set<Kind> kinds;
  volatile Consumer<Received> before = received -> {};

  Noting(Db db, Kind... kinds) {
    this.kinds = Set.of(kinds);
    db.run(
        """
        create table if not exists noted (
          n bigint generated always as identity, type text, activity text, object text, words text)
        """);
    db.run("truncate noted");
  }

  @Override
  public Set<Kind> kinds() {
    return kinds;
  }

  @Override
  public @Nullable Effect verify(Received received) {
    before.accept(received);
    var activity = received.activity();
    return tx ->
        tx.update(
            "insert into noted (type, activity, object, words) values ($1, $2, $3, $4)",
            activity.type(),
            activity.id(),
            activity.ref("object"),
            received.object().text("content"));
  }
}
