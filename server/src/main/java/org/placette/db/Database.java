package org.placette.db;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.placette.config.StartFailure;

/**
 * Where a PostgreSQL database is and how to sign in.
 *
 * @param sslMode one of disable, prefer, require, verify-full, as in PostgreSQL's own addresses
 */
public record Database(
    String host, int port, String name, String user, String password, String sslMode) {

  /** A database that is reached without TLS. */
  public Database(String host, int port, String name, String user, String password) {
    this(host, port, name, user, password, "disable");
  }

  /** Why this database cannot be used, as one line for whoever set its address. */
  public StartFailure refused(DbException cause) {
    return new StartFailure(
        "PLACETTE_DATABASE_URL leads to no database that lets Placette in, at %s:%d/%s: %s."
            .formatted(host, port, name, cause.reason()),
        cause);
  }

  /**
   * Reads {@code postgresql://user:pass@host[:port]/name[?sslmode=require]}. Without sslmode, TLS
   * is used when the server offers it, except on a loopback address.
   *
   * @throws StartFailure naming PLACETTE_DATABASE_URL when the address is not of that form
   */
  public static Database parse(String url) {
    try {
      var uri = URI.create(url.strip());
      var scheme = uri.getScheme();
      var path = uri.getPath();
      if (!("postgresql".equals(scheme) || "postgres".equals(scheme))
          || uri.getHost() == null
          || path == null
          || path.length() < 2) {
        throw new IllegalArgumentException("not of that form");
      }
      var userInfo = uri.getRawUserInfo() == null ? "placette" : uri.getRawUserInfo();
      var colon = userInfo.indexOf(':');
      var user = colon < 0 ? userInfo : userInfo.substring(0, colon);
      var password = colon < 0 ? "" : userInfo.substring(colon + 1);
      var host = uri.getHost().replaceAll("^\\[|]$", "");
      return new Database(
          host,
          uri.getPort() < 0 ? 5432 : uri.getPort(),
          path.substring(1),
          URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8),
          URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8),
          sslMode(uri.getQuery(), host));
    } catch (IllegalArgumentException e) {
      // The address holds a password, so it is not repeated.
      throw new StartFailure(
          "PLACETTE_DATABASE_URL must look like postgresql://user:password@host:5432/name"
              + " (?sslmode=disable, prefer, require or verify-full may follow).",
          e);
    }
  }

  private static String sslMode(@Nullable String query, String host) {
    var local = host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    if (query == null) return local ? "disable" : "prefer";
    for (var pair : query.split("&", -1)) {
      if (pair.startsWith("sslmode=")) {
        var mode = pair.substring("sslmode=".length()).toLowerCase(Locale.ROOT);
        if (!mode.matches("disable|prefer|require|verify-full")) {
          throw new IllegalArgumentException("sslmode");
        }
        return mode;
      }
    }
    return local ? "disable" : "prefer";
  }

  /** The same server and user, another database. */
  public Database named(String other) {
    return new Database(host, port, other, user, password, sslMode);
  }

  /** The address for JDBC, without user and password. */
  public String jdbcUrl() {
    var shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return "jdbc:postgresql://%s:%d/%s?sslmode=%s&ApplicationName=placette"
        .formatted(shown, port, java.net.URLEncoder.encode(name, StandardCharsets.UTF_8), sslMode);
  }

  /** The address as people read it: never with the password. */
  @Override
  public String toString() {
    return "postgresql://%s@%s:%d/%s".formatted(user, host, port, name);
  }
}
