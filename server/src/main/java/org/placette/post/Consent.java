package org.placette.post;

import org.jspecify.annotations.Nullable;

/**
 * Whether whoever is quoted agrees (FEP-044f).
 *
 * @param stamp the id of the QuoteAuthorization that says so; null without one
 */
public record Consent(State state, @Nullable String stamp) {

  /** Where it stands. */
  public enum State {
    PENDING,
    ACCEPTED,
    REJECTED,
    /** It was given, and taken back. */
    REVOKED;

    /** As it is stored, and as apps read it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static final Consent PENDING = new Consent(State.PENDING, null);

  /** Given, with a stamp or because one quotes oneself. */
  public static Consent accepted(@Nullable String stamp) {
    return new Consent(State.ACCEPTED, stamp);
  }
}
