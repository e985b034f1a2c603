package org.placette.post;

import org.placette.db.Tx;

/** Who may write how much; the care for the place decides. */
@FunctionalInterface
public interface PostGate {

  /** Everybody may write. */
  PostGate OPEN = (tx, draft) -> {};

  /**
   * Asked before anything of this server's actors is stored, in its transaction.
   *
   * @throws org.placette.web.Problem when it is too much
   */
  void check(Tx tx, Draft draft);

  /**
   * The same before a change is stored.
   *
   * @throws org.placette.web.Problem when it is too much
   */
  default void checkChange(Tx tx, Draft draft) {}
}
