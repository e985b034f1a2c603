package org.placette.datepoll;

import java.util.Locale;

/** What somebody says to a date; stored by its position. */
public enum Choice {
  NO,
  MAYBE,
  YES;

  /** The word of forms, messages and apps. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Choice of(int stored) {
    return stored >= 0 && stored < values().length ? values()[stored] : NO;
  }

  /** The choice of a word; no for any other. */
  static Choice of(String word) {
    for (var one : values()) if (one.word().equals(word)) return one;
    return NO;
  }
}
