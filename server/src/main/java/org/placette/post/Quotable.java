package org.placette.post;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.placette.federation.vocab.AsObject;

/** Whom an author lets quote a post (FEP-044f, {@code interactionPolicy.canQuote}). */
public enum Quotable {
  /** Everybody, without asking. */
  PUBLIC,
  /** Followers without asking; others have to ask or may not. */
  FOLLOWERS,
  /** Nobody without being asked. */
  MANUAL,
  /** Nobody but its author. */
  NOBODY;

  /** As it is stored. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a stored word; null for none. */
  static @Nullable Quotable of(@Nullable String word) {
    return word == null ? null : valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Reads it from an object; null when the object says nothing about it. */
  static @Nullable Quotable of(AsObject object, @Nullable String followers) {
    var policy = object.object("interactionPolicy");
    var quote = policy == null ? null : policy.object("canQuote");
    if (quote == null) return null;
    if (quote.isPublicIn("automaticApproval", "always")) return PUBLIC;
    if (followers != null && quote.refs("automaticApproval").contains(followers)) return FOLLOWERS;
    var asks = quote.isPublicIn("manualApproval", "approvalRequired");
    return asks || followers != null && quote.refs("manualApproval").contains(followers)
        ? MANUAL
        : NOBODY;
  }
}
