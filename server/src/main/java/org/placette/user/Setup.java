package org.placette.user;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.db.SettingStore;
import org.placette.web.Problem;
import org.placette.web.Secrets;

/**
 * The first owner, made through a one-time link that only whoever starts the server sees. Until
 * there is an owner, each start makes a new link and the older ones end.
 */
public final class Setup {

  private static final String TOKEN = "setup.token";

  /** The longest charter, in characters. */
  static final int LONGEST_RULES = 10_000;

  private final Db db;
  private final Users users;
  private final Settings settings;

  public Setup(Db db, Users users, Settings settings) {
    this.db = db;
    this.users = users;
    this.settings = settings;
  }

  /**
   * What the first owner says of the place.
   *
   * @param name of the neighbourhood
   * @param motto one line below the name; may be empty
   * @param locale fr or en
   * @param rules of the charter, one a line; may be empty
   * @param themes to begin with, of those of a {@link Preset}
   */
  public record Place(String name, String motto, String locale, String rules, List<String> themes) {

    public Place {
      themes = List.copyOf(themes);
    }
  }

  /** A new link; null when there is an owner already. */
  public @Nullable String link() {
    if (users.hasOwner()) return null;
    var secret = Secrets.random();
    SettingStore.put(db, TOKEN, hashed(secret));
    return settings.origin() + "/setup?token=" + secret;
  }

  /** True while this secret can still make the first owner. */
  public boolean isOpen(String secret) {
    return hashed(secret).equals(SettingStore.get(db, TOKEN)) && !users.hasOwner();
  }

  /**
   * Makes the first owner and names the place; the link ends with it.
   *
   * @throws Problem.Forbidden when the link was used, replaced or never given
   * @throws Problem.Invalid when a field is wrong; the link stays good
   */
  public Account complete(String secret, Users.NewAccount owner, Place place) {
    if (!isOpen(secret)) throw ended();
    if (place.name().isBlank()
        || place.name().length() > 100
        || place.motto().length() > 200
        || place.rules().length() > LONGEST_RULES)
      throw new Problem.Invalid("Some fields are not right", Map.of("place", "error.place"));
    var hash = users.checked(owner);
    return db.inTransaction(
        tx -> {
          if (!hashed(secret).equals(SettingStore.lock(tx, TOKEN))) throw ended();
          SettingStore.remove(tx, TOKEN);
          SettingStore.put(tx, "instance.name", place.name().strip());
          SettingStore.put(tx, "instance.motto", place.motto().strip());
          SettingStore.put(tx, "instance.locale", place.locale());
          SettingStore.put(tx, "instance.rules", place.rules().strip());
          return users.admit(tx, owner, hash);
        });
  }

  private static Problem ended() {
    return new Problem.Forbidden("This link has been used or replaced by a newer one");
  }

  private static String hashed(String secret) {
    return HexFormat.of().formatHex(Secrets.hash(secret));
  }
}
