package org.placette.notification;

import java.util.List;
import org.placette.db.Db;

/** What residents decide about people whose notifications are kept aside. */
public final class KeptAside {

  /** Nothing of those whom the person wants to hear nothing of any more. */
  public static final String WELCOME =
      """
       (a.suspended_at is null or n.type = 'SignUp') and n.from_actor_id not in (
        select target_id from mute where actor_id = $1 and notifications
          and (expires is null or expires > now())
        union all select target_id from block where actor_id = $1)
      """;

  private final Db db;

  public KeptAside(Db db) {
    this.db = db;
  }

  /** From now on everything is taken from them, and what was kept aside is shown. */
  public void accept(long person, long from) {
    db.transact(
        tx -> {
          var unused = PolicyStore.accept(tx, person, List.of(from));
        });
  }

  /** Forgets what was kept aside of them. */
  public void dismiss(long person, long from) {
    var unused = PolicyStore.dismiss(db, person, List.of(from));
  }
}
