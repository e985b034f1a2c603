package org.placette.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.Cidr;

/**
 * What the administrator chose, checked. Names, defaults and meanings are those of the table in
 * docs/admin.md.
 *
 * @param domain public host[:port], lower case, ASCII (internationalised names in punycode)
 * @param scheme https or http
 * @param listen where the server listens
 * @param data the data folder, absolute
 * @param databaseUrl an outside PostgreSQL; empty for our own
 * @param tlsCert certificate chain in PEM; null when somebody else ends TLS
 * @param tlsKey its key; null exactly when tlsCert is
 * @param trustedCa further authorities for outgoing requests; null for none
 * @param allowPrivate private ranges that outgoing requests may reach
 * @param trustedProxies who may tell a request's real address
 * @param smtpUrl smtp[s]://user:pass@host:port; empty for no mail
 * @param locale the instance's first language, as a lower-case language code
 * @param registration who may register
 * @param metricsListen where metrics are served; null for nowhere
 * @param mediaUrl where the files of people here are, without a slash at its end
 * @param remoteMediaMb how many megabytes of other servers' pictures are kept; 0 for none
 */
public record Settings(
    String domain,
    String scheme,
    ListenAddress listen,
    Path data,
    String databaseUrl,
    @Nullable Path tlsCert,
    @Nullable Path tlsKey,
    @Nullable Path trustedCa,
    List<Cidr> allowPrivate,
    List<Cidr> trustedProxies,
    String smtpUrl,
    String locale,
    Registration registration,
    @Nullable ListenAddress metricsListen,
    String mediaUrl,
    int remoteMediaMb) {

  /** Who may register: everybody, those a moderator approves, those who were invited, nobody. */
  public enum Registration {
    OPEN,
    APPROVAL,
    INVITE,
    CLOSED
  }

  private static final Set<String> NAMES =
      Set.of(
          "PLACETTE_DOMAIN",
          "PLACETTE_SCHEME",
          "PLACETTE_LISTEN",
          "PLACETTE_DATA",
          "PLACETTE_DATABASE_URL",
          "PLACETTE_TLS_CERT",
          "PLACETTE_TLS_KEY",
          "PLACETTE_TRUSTED_CA",
          "PLACETTE_ALLOW_PRIVATE",
          "PLACETTE_TRUSTED_PROXIES",
          "PLACETTE_SMTP_URL",
          "PLACETTE_LOCALE",
          "PLACETTE_REGISTRATION",
          "PLACETTE_METRICS_LISTEN",
          "PLACETTE_MEDIA_URL",
          "PLACETTE_REMOTE_MEDIA_MB");

  /**
   * Reads the settings from the environment and, where it says nothing, from a properties file.
   *
   * @param file what --config named; null for none
   * @throws StartFailure one line that names the wrong setting
   */
  public static Settings load(Map<String, String> environment, @Nullable Path file) {
    Map<String, String> values = new HashMap<>();
    if (file != null) values.putAll(read(file));
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("PLACETTE_")) values.put(name, value);
        });
    refuseUnknown(values.keySet(), file);
    return of(new SettingsReader(values));
  }

  private static Settings of(SettingsReader read) {
    var domain = read.domain("PLACETTE_DOMAIN", "localhost:8080");
    var loopback = SettingsReader.isLoopback(domain);
    var certificate = read.file("PLACETTE_TLS_CERT");
    var key = read.file("PLACETTE_TLS_KEY");
    if ((certificate == null) != (key == null)) {
      throw new StartFailure(
          "%s is missing: a certificate and its key go together."
              .formatted(key == null ? "PLACETTE_TLS_KEY" : "PLACETTE_TLS_CERT"));
    }
    var scheme = read.word("PLACETTE_SCHEME", loopback ? "http" : "https", Set.of("http", "https"));
    var registration =
        read.word(
            "PLACETTE_REGISTRATION", "approval", Set.of("open", "approval", "invite", "closed"));
    return new Settings(
        domain,
        scheme,
        read.address("PLACETTE_LISTEN", "127.0.0.1:8080"),
        read.path("PLACETTE_DATA", "./data"),
        read.text("PLACETTE_DATABASE_URL", ""),
        certificate,
        key,
        read.file("PLACETTE_TRUSTED_CA"),
        read.ranges("PLACETTE_ALLOW_PRIVATE"),
        read.ranges("PLACETTE_TRUSTED_PROXIES"),
        read.mail("PLACETTE_SMTP_URL"),
        read.word("PLACETTE_LOCALE", "fr", Set.of("en", "fr")),
        Registration.valueOf(registration.toUpperCase(Locale.ROOT)),
        read.text("PLACETTE_METRICS_LISTEN", "").isEmpty()
            ? null
            : read.address("PLACETTE_METRICS_LISTEN", ""),
        read.web("PLACETTE_MEDIA_URL", scheme + "://" + domain + "/media"),
        read.number("PLACETTE_REMOTE_MEDIA_MB", 500, 1_000_000));
  }

  /** The address of everything here, without a slash at its end. */
  public String origin() {
    return scheme + "://" + domain;
  }

  /** A settings object for tests and tools: loopback, http, the given port and folder. */
  public static Settings local(int port, Path data) {
    return load(
        Map.of(
            "PLACETTE_DOMAIN",
            "localhost:" + port,
            "PLACETTE_LISTEN",
            "127.0.0.1:" + port,
            "PLACETTE_DATA",
            data.toString(),
            "PLACETTE_ALLOW_PRIVATE",
            "127.0.0.0/8,::1/128"),
        null);
  }

  private static Map<String, String> read(Path file) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartFailure("The settings file %s cannot be read: %s.".formatted(file, e), e);
    }
    Map<String, String> values = new HashMap<>();
    properties.forEach((name, value) -> values.put(name.toString(), value.toString()));
    return values;
  }

  /** A misspelt name would otherwise be a setting that silently has no effect. */
  private static void refuseUnknown(Set<String> names, @Nullable Path file) {
    for (var name : names) {
      if (NAMES.contains(name) || name.startsWith("PLACETTE_TEST_")) continue;
      throw new StartFailure(
          "%s is no setting of Placette%s. Its settings are %s."
              .formatted(
                  name,
                  file == null ? "" : " (see also " + file + ")",
                  String.join(", ", NAMES.stream().sorted().toList())));
    }
  }
}
