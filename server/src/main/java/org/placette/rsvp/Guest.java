package org.placette.rsvp;

import org.jspecify.annotations.Nullable;
import org.placette.web.Language;

/**
 * Somebody without an account, who answers by e-mail.
 *
 * @param email not yet known to be theirs
 * @param language of the page on which they signed up, which their letters speak; null when it is
 *     not known
 */
public record Guest(String name, String email, @Nullable Language language) {

  /** The language as the database keeps it. */
  public @Nullable String code() {
    return language == null ? null : language.code();
  }
}
