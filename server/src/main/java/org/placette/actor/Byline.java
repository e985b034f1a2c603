package org.placette.actor;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An actor as pages name it beside what it wrote.
 *
 * @param name the display name, plain text, never empty
 * @param username without the host
 * @param host the remote host; null for somebody from here
 * @param path of the actor's page on this server
 * @param icon URL of a picture; null for none
 * @param emoji addresses of the custom emoji in the name, by code
 */
public record Byline(
    String name,
    String username,
    @Nullable String host,
    String path,
    @Nullable String icon,
    Map<String, String> emoji) {

  /** From the columns of a row. */
  public static Byline of(
      String type,
      String username,
      @Nullable String host,
      @Nullable String name,
      @Nullable String icon) {
    var shown = name == null || name.isBlank() ? username : name;
    return new Byline(shown, username, host, path(type, username, host), icon, Map.of());
  }

  public static Byline of(Actor actor) {
    return of(actor.type(), actor.username(), actor.host(), actor.name(), actor.icon())
        .with(ActorEmoji.pictures(actor.emoji()));
  }

  /** The same with its custom emoji. */
  public Byline with(Map<String, String> pictures) {
    return new Byline(name, username, host, path, icon, pictures);
  }

  /** Where an actor's page is; it has one here even when it is remote. */
  static String path(String type, String username, @Nullable String host) {
    if (host != null) return "/@" + username + "@" + host;
    var name = username.toLowerCase(Locale.ROOT);
    return switch (type) {
      case "Service", "Organization" -> "/orgs/" + name;
      case "Group" -> "/groups/" + name;
      case "Application" -> "/about";
      default -> "/users/" + name;
    };
  }

  /** {@code @name} for somebody from here, {@code @name@host} for others. */
  public String handle() {
    return "@" + username + (host == null ? "" : "@" + host);
  }

  /** The first letter, for whoever has no picture. */
  public String initial() {
    return name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
  }
}
