package org.placette.federation.fetch;

import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.FetchProblem.Reason;

/**
 * Reads http(s) URLs from strangers into one canonical form, so that what is compared, checked and
 * dialled is the same thing: lower-case ASCII host (IDNA), no trailing dot, no default port, no
 * user, no fragment, illegal path characters percent-encoded.
 */
public final class WebUrl {

  private static final int LONGEST = 2048;
  private static final Pattern NAME =
      Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");
  private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");
  private static final Pattern QUAD =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]+");

  private WebUrl() {}

  /**
   * The canonical form of {@code text}.
   *
   * @throws FetchProblem BAD_URL when it is no http(s) URL or names its host in an odd way
   */
  public static URI parse(String text) {
    var lower = text.length() > LONGEST ? "" : text.toLowerCase(Locale.ROOT);
    var scheme =
        lower.startsWith("https://") ? "https" : lower.startsWith("http://") ? "http" : null;
    if (scheme == null) throw bad(text, "no http(s) URL");
    var start = scheme.length() + 3;
    var end = start;
    while (end < text.length() && "/?#\\".indexOf(text.charAt(end)) < 0) end++;
    var rest = text.substring(end);
    // Some parsers end the host here and some do not.
    if (rest.startsWith("\\")) throw bad(text, "ambiguous host");
    var fragment = rest.indexOf('#');
    if (fragment >= 0) rest = rest.substring(0, fragment);
    if (!rest.startsWith("/")) rest = "/" + rest;
    try {
      var url =
          URI.create(scheme + "://" + authority(text.substring(start, end), scheme) + escape(rest));
      if (url.getHost() != null) return url;
    } catch (IllegalArgumentException e) {
      // refused below
    }
    throw bad(text, "not a valid URL");
  }

  /** The canonical form, or null where {@link #parse} would throw. */
  public static @Nullable URI parseOrNull(@Nullable String text) {
    try {
      return text == null ? null : parse(text);
    } catch (FetchProblem e) {
      return null;
    }
  }

  /** True when both name the same resource: equal but for case of the host, port 443, fragment. */
  public static boolean same(@Nullable String one, URI other) {
    return other.equals(parseOrNull(one));
  }

  /** True when scheme, host and port are equal; both in canonical form. */
  public static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getRawAuthority().equals(other.getRawAuthority());
  }

  /** scheme://host[:port] of a canonical URL. */
  public static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  /**
   * Where a redirect leads.
   *
   * @throws FetchProblem BAD_URL
   */
  public static URI resolve(URI base, String location) {
    var lower = location.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http:") || lower.startsWith("https:")) return parse(location);
    if (location.startsWith("//")) return parse(base.getScheme() + ":" + location);
    if (location.startsWith("?")) return parse(origin(base) + base.getRawPath() + location);
    try {
      return parse(base.resolve(escape(location)).toString());
    } catch (IllegalArgumentException e) {
      throw bad(location, "not a valid redirect");
    }
  }

  /**
   * The canonical form of a host with an optional port, as peers write it in a handle or in a list.
   *
   * @throws FetchProblem BAD_URL
   */
  public static String host(String text) {
    return authority(text, "https");
  }

  /** True for an IP address, v6 in brackets. */
  static boolean isLiteral(String host) {
    return host.startsWith("[") || QUAD.matcher(host).matches();
  }

  /** A host without the brackets of an IPv6 literal. */
  static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The port that a canonical URL is served at. */
  static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
  }

  private static String authority(String text, String scheme) {
    var close = text.lastIndexOf(']');
    var colon = text.indexOf(':', Math.max(close, 0));
    var host = canonicalHost(colon < 0 ? text : text.substring(0, colon));
    if (colon < 0) return host;
    var digits = text.substring(colon + 1);
    if (!digits.matches("[0-9]{1,5}")) throw bad(text, "no such port");
    var port = Integer.parseInt(digits);
    // Below 1024 live services that are no web servers and could be spoken to by accident.
    if (port > 65535 || port < 1024 && port != 80 && port != 443) throw bad(text, "refused port");
    return port == (scheme.equals("https") ? 443 : 80) ? host : host + ":" + port;
  }

  private static String canonicalHost(String text) {
    if (text.startsWith("[")) {
      // Nothing may be cut off before the other bracket is seen.
      var inner = text.endsWith("]") ? bare(text.toLowerCase(Locale.ROOT)) : "";
      if (!IPV6.matcher(inner).matches()) throw bad(text, "no IPv6 address");
      return "[" + inner + "]";
    }
    String name;
    try {
      name = IDN.toASCII(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
    } catch (IllegalArgumentException e) {
      throw bad(text, "no host name");
    }
    name = name.toLowerCase(Locale.ROOT);
    if (name.length() > 253 || !NAME.matcher(name).matches()) throw bad(text, "no host name");
    // inet_aton forms (octal, hexadecimal, one number, three parts) are only ever tricks.
    if (NUMERIC.matcher(name).matches() && !QUAD.matcher(name).matches())
      throw bad(text, "no plain IPv4 address");
    return name;
  }

  private static String escape(String path) {
    var out = new StringBuilder();
    for (var octet : path.getBytes(StandardCharsets.UTF_8)) {
      if (octet < 0x20 && octet >= 0 || octet == 0x7f) throw bad(path, "control character");
      if (octet < 0 || " \"<>\\^`{|}[]".indexOf(octet) >= 0)
        out.append('%').append(String.format("%02X", octet & 0xff));
      else out.append((char) octet);
    }
    // A lone % is common in the wild and illegal: it stands for itself.
    return out.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
  }

  private static FetchProblem bad(String text, String why) {
    return new FetchProblem(Reason.BAD_URL, why + ": " + text);
  }
}
