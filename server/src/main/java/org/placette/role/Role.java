package org.placette.role;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A role, the most powerful first. Everybody with an account is a resident. */
public enum Role {
  OWNER,
  ADMIN,
  MODERATOR,
  ANIMATOR,
  FACILITATOR,
  KEEPER,
  RESIDENT;

  /** As it is stored and said on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that word; null when there is none. */
  public static @Nullable Role of(String word) {
    for (var one : values()) if (one.word().equals(word)) return one;
    return null;
  }
}
