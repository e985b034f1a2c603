package org.placette.federation.signature;

import java.util.Locale;

/**
 * The origin under which the world knows this server, from its settings and never from a header.
 *
 * @param scheme {@code https} or {@code http}
 * @param authority host, with a port unless it is the scheme's own
 */
public record PublicOrigin(String scheme, String authority) {
  public PublicOrigin {
    scheme = scheme.toLowerCase(Locale.ROOT);
    authority = withoutDefaultPort(scheme, authority.toLowerCase(Locale.ROOT));
  }

  /** Whether a Host header names this origin; case and the scheme's own port do not matter. */
  public boolean isNamedBy(String host) {
    return host.equals(authority)
        || withoutDefaultPort(scheme, host.toLowerCase(Locale.ROOT)).equals(authority);
  }

  static String withoutDefaultPort(String scheme, String authority) {
    String port = scheme.equals("https") ? ":443" : ":80";
    return authority.endsWith(port)
        ? authority.substring(0, authority.length() - port.length())
        : authority;
  }
}
