package org.placette.post;

import java.util.Locale;
import org.placette.federation.vocab.AsObject;

/** Who may see a post, as told by where Public and the followers are addressed. */
public enum Visibility {
  /** Public is in {@code to}: listed. */
  PUBLIC,
  /** Public is in {@code cc}: readable by everybody, not listed. */
  UNLISTED,
  /** The author's followers and those addressed by name. */
  FOLLOWERS,
  /** Only those addressed by name. */
  DIRECT,
  /** Everybody with an account here (Quartier): it never leaves this server. */
  LOCAL,
  /** The same, and the neighbours that two humans have confirmed (Voisins). */
  RING,
  /** The members of the Group that it is posted to. */
  GROUP,
  /** Its author alone, for now: those who moderate hid it. */
  HIDDEN;

  /** The word in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Visibility of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** True for what anybody may read. */
  public boolean open() {
    return this == PUBLIC || this == UNLISTED;
  }

  /**
   * Reads it from an object's addressing.
   *
   * @param followers the author's followers collection, or the empty string
   */
  static Visibility of(AsObject object, String followers) {
    if (object.isPublicIn("to")) return PUBLIC;
    if (object.isPublicIn("cc", "audience", "bto", "bcc")) return UNLISTED;
    var addressed = object.addressed("to", "cc", "audience");
    return !followers.isEmpty() && addressed.contains(followers) ? FOLLOWERS : DIRECT;
  }
}
