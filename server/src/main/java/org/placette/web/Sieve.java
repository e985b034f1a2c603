package org.placette.web;

import org.jspecify.annotations.Nullable;

/** What a visitor does not want to read: pages ask it about each thing that they show. */
@FunctionalInterface
public interface Sieve {

  /** Nobody has filters. */
  Sieve OPEN = viewer -> (where, thing) -> null;

  /** The filters of a viewer, to be asked about many things. */
  Mesh of(long viewer);

  /** Tries one thing. */
  @FunctionalInterface
  interface Mesh {

    /**
     * Tries one thing.
     *
     * @param where home, notifications, public, thread or account
     * @return null when it may be shown as it is
     */
    @Nullable Caught of(String where, Sifted thing);
  }

  /** Something that has words. */
  interface Sifted {

    /** The number of the post that it is, or is about; 0 for none. */
    long siftedId();

    /** All its words, as plain text. */
    String siftedText();

    /** Whether the viewer wrote it: nobody's own words are kept from them. */
    default boolean siftedMine() {
      return false;
    }
  }

  /**
   * What caught it.
   *
   * @param title what its owner called the filter
   * @param action warn, hide or blur
   */
  record Caught(String title, String action) {

    /** Whether nothing of it is to be shown. */
    public boolean hides() {
      return action.equals("hide");
    }

    /** Whether only its pictures are to be covered. */
    public boolean blurs() {
      return action.equals("blur");
    }
  }
}
