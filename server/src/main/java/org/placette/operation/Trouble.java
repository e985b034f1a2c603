package org.placette.operation;

import org.jspecify.annotations.Nullable;
import org.placette.web.View;

/**
 * Why another server could not be reached, as the machine wrote it down, and what that means.
 *
 * @param raw the reason of a FetchProblem, {@code HTTP} and a status, or a few words
 */
public record Trouble(String raw) {

  /** Null stays null: nothing is wrong. */
  static @Nullable Trouble of(@Nullable String raw) {
    return raw == null || raw.isEmpty() ? null : new Trouble(raw);
  }

  /** In plain words. */
  public String words(View view) {
    return view.t("trouble." + kind());
  }

  /** The last part of the message's key. */
  public String kind() {
    var colon = raw.indexOf(':');
    var head = colon < 0 ? raw : raw.substring(0, colon);
    var status = head.matches(".* [0-9]{3}") ? head.substring(head.length() - 3) : "";
    if (!status.isEmpty()) return byStatus(status);
    return switch (head) {
      case "DNS" -> "dns";
      case "CONNECT" -> "connect";
      case "TLS" -> "tls";
      case "TIMEOUT", "BROKEN" -> "silent";
      case "PRIVATE_ADDRESS" -> "private";
      case "NOT_FOUND", "GONE", "NOT_JSON", "WRONG_TYPE", "WRONG_ID" -> "nobody";
      case "refused" -> "refused";
      default -> "other";
    };
  }

  private static String byStatus(String status) {
    return switch (status) {
      case "401", "403" -> "signature";
      case "404", "410" -> "nobody";
      case "429" -> "patience";
      default -> status.startsWith("5") ? "ailing" : "other";
    };
  }
}
