package org.placette.event;

import java.util.List;
import org.placette.actor.Actor;
import org.placette.db.Tx;

/** Is told of what becomes of this server's events, in the same transaction. */
@FunctionalInterface
public interface EventWatcher {

  /** An event was changed or cancelled. */
  void changed(Tx tx, Event before, Event after);

  /** Those elsewhere whom a change concerns: they may follow nobody here. */
  default List<Actor> concerned(Tx tx, Event event) {
    return List.of();
  }

  /** An event is about to be deleted. */
  default void deleted(Tx tx, Event event) {}
}
