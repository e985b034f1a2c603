package org.placette.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A browser in which somebody is signed in.
 *
 * @param key names the session among its person's; tells nothing about the secret
 * @param userAgent what the browser said of itself; may be null
 */
public record BrowserSession(String key, @Nullable String userAgent, Instant since) {

  /** The browser's name, such as Firefox; empty when it is not known. */
  public String browser() {
    return first("Edg/:Edge", "OPR/:Opera", "Firefox/:Firefox", "Chrome/:Chrome", "Safari/:Safari");
  }

  /** The kind of device, such as Android; empty when it is not known. */
  public String system() {
    return first(
        "iPhone:iPhone",
        "iPad:iPad",
        "Android:Android",
        "Windows:Windows",
        "Macintosh:Mac",
        "CrOS:Chromebook",
        "Linux:Linux");
  }

  private String first(String... signs) {
    for (var sign : signs) {
      var colon = sign.indexOf(':');
      if (userAgent != null && userAgent.contains(sign.substring(0, colon)))
        return sign.substring(colon + 1);
    }
    return "";
  }
}
