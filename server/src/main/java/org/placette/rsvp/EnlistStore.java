package org.placette.rsvp;

import org.placette.db.Ids;
import org.placette.db.Tx;
import org.placette.rsvp.Rsvp.State;

/** Rows of {@code rsvp} for people of whom nothing but the name is known. */
final class EnlistStore {

  private EnlistStore() {}

  static void put(Tx tx, long post, String name, State state) {
    tx.update(
        """
        insert into rsvp (id, post_id, guest_name, state, door, waiting_since)
        values ($1, $2, $3, $4, 'web', case when $4 = 'waiting' then now() end)
        """,
        Ids.next(),
        post,
        name,
        state.word());
  }
}
