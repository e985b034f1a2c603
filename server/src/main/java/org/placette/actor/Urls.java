package org.placette.actor;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.federation.signature.PublicOrigin;
import org.placette.federation.vocab.AsObject;

/**
 * Every id that this server gives out, made from its settings and never from a request. The forms
 * are part of the contract with the outside: ids that peers hold must stay valid for ever.
 *
 * @param scheme {@code https}, or {@code http} on a loopback host
 * @param host the public host, with its port if it is not the scheme's own
 */
public record Urls(String scheme, String host) {

  /** The username of the instance actor (Application). */
  public static final String RELAY = "relay";

  /** The username of the neighbourhood itself (Group). */
  public static final String VILLAGE = "village";

  /** The username of the neighbourhood's own calendar account (Service). */
  public static final String AGENDA = "agenda";

  public Urls {
    var origin = new PublicOrigin(scheme, host);
    scheme = origin.scheme();
    host = origin.authority();
  }

  /** {@code scheme://host}, without a slash at the end. */
  public String origin() {
    return scheme + "://" + host;
  }

  /** The same for the parts that verify signatures. */
  public PublicOrigin publicOrigin() {
    return new PublicOrigin(scheme, host);
  }

  /** True when the id is one of ours: the same scheme, host and port. */
  public boolean isOurs(@Nullable String id) {
    return AsObject.sameOrigin(origin(), id);
  }

  /** Any address on this server; {@code path} begins with a slash. */
  public String at(String path) {
    return origin() + path;
  }

  /** The instance actor. */
  public String relay() {
    return at("/actor");
  }

  public String user(String name) {
    return at("/users/" + name);
  }

  public String org(String name) {
    return at("/orgs/" + name);
  }

  public String group(String name) {
    return at("/groups/" + name);
  }

  /** The id of a local actor, by its type (DESIGN: Service for associations). */
  public String actor(String type, String username) {
    var name = username.toLowerCase(Locale.ROOT);
    return switch (type) {
      case "Application" -> relay();
      case "Person" -> user(name);
      case "Service" -> org(name);
      case "Group" -> group(name);
      default -> throw new IllegalArgumentException("no local actor is a " + type);
    };
  }

  public String sharedInbox() {
    return at("/inbox");
  }

  public String event(UUID uuid) {
    return at("/events/" + uuid);
  }

  public String post(long id) {
    return at("/posts/" + id);
  }

  public String activity(long id) {
    return at("/activities/" + id);
  }

  public String thread(long id) {
    return at("/threads/" + id);
  }

  /** The handle without the leading at sign: {@code name@host}. */
  public String handle(String username) {
    return username + "@" + host;
  }
}
