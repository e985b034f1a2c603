package org.placette.oauth;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.web.ClientAddress;
import org.placette.web.Limit;
import org.placette.web.Problem;
import org.placette.web.Secrets;

/** Registering apps, and knowing them again by their secret, which is stored as its SHA-256. */
final class Apps {

  /** Registrations from one network in an hour: a whole village may sit behind one address. */
  static final int PER_NETWORK = 120;

  private static final int LONGEST_NAME = 100;
  private static final int MOST_REDIRECTS = 20;

  private static final Pattern WEBSITE =
      Pattern.compile("https?://[^\\s\"<>\\p{Cntrl}]{1,500}", Pattern.CASE_INSENSITIVE);

  private final Db db;

  private final Limit registrations = new Limit(PER_NETWORK, Duration.ofHours(1));

  Apps(Db db) {
    this.db = db;
  }

  /** A new app and its secret, which is stored nowhere. */
  record Registered(App app, String secret) {}

  /**
   * Registers an app.
   *
   * @param redirects one text with an address in each line, or several texts
   * @param scopes separated by spaces; null for read
   * @param address where the request comes from
   * @throws Problem.Invalid naming the wrong field
   * @throws Problem.TooMany after too many from one network
   */
  Registered register(
      @Nullable String name,
      List<String> redirects,
      @Nullable String scopes,
      @Nullable String website,
      String address) {
    var shown = name == null ? "" : name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "").strip();
    if (shown.isEmpty() || shown.length() > LONGEST_NAME)
      throw invalid("client_name", "Client name must have 1 to 100 characters");
    var uris =
        redirects.stream()
            .flatMap(text -> List.of(text.strip().split("\\s+")).stream())
            .filter(uri -> !uri.isEmpty())
            .distinct()
            .toList();
    if (uris.isEmpty()) throw invalid("redirect_uris", "Redirect URI can't be blank");
    if (uris.size() > MOST_REDIRECTS || !uris.stream().allMatch(Redirects::allowed))
      throw invalid("redirect_uris", "Redirect URI must be an address with a scheme");
    registrations.count(ClientAddress.network(address));
    var page = website != null && WEBSITE.matcher(website.strip()).matches() ? website : null;
    var app = new App(Ids.next(), Secrets.random(), shown, page, uris, Scopes.ofApp(scopes));
    var secret = Secrets.random();
    AppStore.insert(db, app, Secrets.hash(secret));
    return new Registered(app, secret);
  }

  private static Problem invalid(String field, String why) {
    return new Problem.Invalid("Validation failed: " + why, Map.of(field, why));
  }

  @Nullable App byClientId(@Nullable String clientId) {
    return clientId == null ? null : AppStore.byClientId(db, clientId);
  }

  /** The app of a token; null for a token without one. */
  @Nullable App ofToken(long tokenId) {
    return AppStore.ofToken(db, tokenId);
  }

  /** The app that id and secret belong to; null when they do not belong together. */
  @Nullable App authenticate(@Nullable String clientId, @Nullable String secret) {
    if (clientId == null || secret == null) return null;
    return AppStore.bySecret(db, clientId, Secrets.hash(secret));
  }
}
