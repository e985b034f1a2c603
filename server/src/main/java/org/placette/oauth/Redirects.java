package org.placette.oauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where an app wants people to be sent back to. These are texts and stay texts: apps use addresses
 * such as {@code icecubesapp://} that no parser takes, and anything that is understood can be
 * misunderstood, so they are compared and continued as they stand (RFC 6749, section 3.1.2).
 */
final class Redirects {

  /** No address: the person carries the code over by hand. */
  static final String OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

  private static final int LONGEST = 2_000;

  /** A scheme, then visible ASCII without a fragment. */
  private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):[!-~&&[^#]]*");

  /** Schemes that a browser opens as a script or a document of ours. */
  private static final Set<String> DANGEROUS =
      Set.of("javascript", "data", "vbscript", "file", "blob", "about");

  private Redirects() {}

  /** True for an address that an app may register. */
  static boolean allowed(String uri) {
    var match = ADDRESS.matcher(uri);
    return uri.length() <= LONGEST
        && match.matches()
        && !DANGEROUS.contains(match.group(1).toLowerCase(Locale.ROOT));
  }

  /** The address with parameters added to its end. */
  static String with(String uri, Map<String, String> parameters) {
    var text = new StringBuilder(uri);
    var separator = uri.indexOf('?') < 0 ? '?' : '&';
    for (var parameter : parameters.entrySet()) {
      text.append(separator)
          .append(parameter.getKey())
          .append('=')
          .append(encoded(parameter.getValue()));
      separator = '&';
    }
    return text.toString();
  }

  /** A text as a value in a query. */
  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
