package org.placette.config;

import java.net.IDN;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.Cidr;

/** Turns written values into checked ones; every refusal is one line that names the setting. */
final class SettingsReader {

  private static final Pattern HOST_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:/\\s\\[\\]]+)(?::([0-9]{1,5}))?");
  private static final Pattern DNS_NAME =
      Pattern.compile(
          "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  private final Map<String, String> values;

  SettingsReader(Map<String, String> values) {
    this.values = values;
  }

  String text(String name, String otherwise) {
    var value = values.getOrDefault(name, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  String word(String name, String otherwise, Set<String> allowed) {
    var value = text(name, otherwise).toLowerCase(Locale.ROOT);
    if (allowed.contains(value)) return value;
    throw wrong(name, value, "one of " + String.join(", ", new TreeSet<>(allowed)));
  }

  Path path(String name, String otherwise) {
    var value = text(name, otherwise);
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw wrong(name, value, "a path");
    }
  }

  /** A file that must be there; null when not set. */
  @Nullable Path file(String name) {
    if (text(name, "").isEmpty()) return null;
    var file = path(name, "");
    if (Files.isReadable(file) && !Files.isDirectory(file)) return file;
    throw wrong(name, file.toString(), "a file that Placette may read");
  }

  String domain(String name, String otherwise) {
    var value = text(name, otherwise);
    var form = "a host such as placette.example.org, or host:port, without https://";
    var matcher = HOST_PORT.matcher(value);
    if (!matcher.matches()) throw wrong(name, value, form);
    var host = matcher.group(1);
    if (!host.startsWith("[")) {
      try {
        host = IDN.toASCII(host).toLowerCase(Locale.ROOT);
      } catch (IllegalArgumentException e) {
        throw wrong(name, value, form);
      }
      if (!DNS_NAME.matcher(host).matches()) throw wrong(name, value, form);
    }
    if (matcher.group(2) == null) return host;
    return host + ":" + port(name, value, matcher.group(2), form);
  }

  ListenAddress address(String name, String otherwise) {
    var value = text(name, otherwise);
    var form = "address:port, such as 127.0.0.1:8080 or [::]:8080";
    var matcher = HOST_PORT.matcher(value);
    if (!matcher.matches() || matcher.group(2) == null) throw wrong(name, value, form);
    return new ListenAddress(
        matcher.group(1).replaceAll("[\\[\\]]", ""), port(name, value, matcher.group(2), form));
  }

  List<Cidr> ranges(String name) {
    var value = text(name, "");
    if (value.isEmpty()) return List.of();
    try {
      return Cidr.parseList(value);
    } catch (IllegalArgumentException e) {
      throw wrong(name, value, "address ranges such as 127.0.0.0/8,::1/128");
    }
  }

  /** The address holds a password, so it is not repeated when it is wrong. */
  String mail(String name) {
    var value = text(name, "");
    if (value.isEmpty()) return value;
    try {
      var uri = URI.create(value);
      if (Set.of("smtp", "smtps").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      // The answer below says it.
    }
    throw new StartFailure(
        name + " is wrong: it must look like smtp://user:password@host:587 or smtps://…:465.");
  }

  /** An address of the web, without a slash at its end. */
  String web(String name, String otherwise) {
    var value = text(name, otherwise).replaceFirst("/+$", "");
    try {
      var uri = URI.create(value);
      var scheme = String.valueOf(uri.getScheme());
      var plain = uri.getQuery() == null && uri.getFragment() == null && uri.getUserInfo() == null;
      if (Set.of("http", "https").contains(scheme) && uri.getHost() != null && plain) return value;
    } catch (IllegalArgumentException e) {
      // The answer below says it.
    }
    throw wrong(name, value, "an address such as https://media.example.org/media");
  }

  /** A whole number from 0 to {@code most}. */
  int number(String name, int otherwise, int most) {
    var value = text(name, String.valueOf(otherwise));
    if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) <= most) {
      return Integer.parseInt(value);
    }
    throw wrong(name, value, "a whole number from 0 to " + most);
  }

  /** Whether a host[:port] is this machine itself, where nobody can get a certificate. */
  static boolean isLoopback(String domain) {
    var host = domain.replaceFirst(":[0-9]+$", "");
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private static int port(String name, String value, String digits, String form) {
    int port = Integer.parseInt(digits);
    if (port > 65_535) throw wrong(name, value, form);
    return port;
  }

  private static StartFailure wrong(String name, String value, String wanted) {
    return new StartFailure("%s is wrong: %s is not %s.".formatted(name, value, wanted));
  }
}
