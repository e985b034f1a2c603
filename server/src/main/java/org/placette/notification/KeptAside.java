package org.placette.notification;

import java.util.List;
import org.placette.db.Db;

/** What residents decide about people whose notifications are kept aside. */
public final class KeptAside {

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
