package org.placette.oauth;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.web.Secrets;

/** Bearer tokens (RFC 6750), stored as their SHA-256. */
public final class Tokens {

  /** Every scope that a token may have at its top level. */
  public static final Set<String> SCOPES = Set.of("read", "write", "follow", "push", "profile");

  private final Db db;

  public Tokens(Db db) {
    this.db = db;
  }

  /** Whose token, and what for. */
  public record Grant(long actorId, Set<String> scopes) {}

  /** Makes a token; it is given this once and stored nowhere. */
  public String create(long actorId, Set<String> scopes) {
    var token = Secrets.random();
    TokenStore.insert(db, Secrets.hash(token), actorId, scopes);
    return token;
  }

  /** What a token grants; null when it is unknown, revoked or its person suspended. */
  public @Nullable Grant verify(String token) {
    return TokenStore.grant(db, Secrets.hash(token));
  }
}
