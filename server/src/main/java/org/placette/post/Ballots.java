package org.placette.post;

import org.jspecify.annotations.Nullable;
import org.placette.db.Tx;

/** Who keeps the votes of polls: told what residents ask. {@code poll} implements it. */
public interface Ballots {

  /** Nobody votes. */
  Ballots NONE =
      new Ballots() {
        @Override
        public void opened(Tx tx, long post, Poll poll) {}

        @Override
        public void changed(Tx tx, long post, @Nullable Poll before, Poll now) {}

        @Override
        public void closedElsewhere(Tx tx, long post) {}
      };

  /** A resident asks, in the transaction that stores the post. */
  void opened(Tx tx, long post, Poll poll);

  /**
   * A resident asks anew; the post has the new options already.
   *
   * @param before null when it was no poll
   */
  void changed(Tx tx, long post, @Nullable Poll before, Poll now);

  /** The author of a poll of another server closed it before its time, or without one. */
  void closedElsewhere(Tx tx, long post);
}
