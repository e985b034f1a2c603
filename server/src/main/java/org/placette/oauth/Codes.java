package org.placette.oauth;

import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.web.Secrets;

/**
 * Codes that a person's yes becomes, and the tokens that apps get for them. A code lives ten
 * minutes and works once; when it comes a second time, somebody has copied it, and the token made
 * from it ends (RFC 6749, section 4.1.2).
 */
final class Codes {

  private final Db db;
  private final Tokens tokens;

  Codes(Db db, Tokens tokens) {
    this.db = db;
    this.tokens = tokens;
  }

  /**
   * What a person said yes to.
   *
   * @param challenge the S256 challenge (RFC 7636); null when the app sent none
   */
  record Consent(
      App app, long actorId, String redirectUri, Set<String> scopes, @Nullable String challenge) {}

  /** A new token, given this once. */
  record Issued(String token, Set<String> scopes, Instant created) {}

  private record Outcome(@Nullable Issued issued, String refusal) {

    static Outcome no(String why) {
      return new Outcome(null, why);
    }
  }

  /** Makes a code. */
  String issue(Consent consent) {
    var code = Secrets.random();
    CodeStore.insert(db, Secrets.hash(code), consent);
    return code;
  }

  /**
   * Gives the token for a code.
   *
   * @param verifier the secret behind the challenge; null when the app sends none
   * @throws Refusal when this app cannot have a token for it
   */
  Issued redeem(App app, String code, String redirectUri, @Nullable String verifier) {
    var hash = Secrets.hash(code);
    var outcome =
        db.inTransaction(
            tx -> {
              var stored = CodeStore.lock(tx, hash);
              if (stored == null || stored.appId() != app.id()) return Outcome.no("is unknown");
              if (stored.used()) {
                var token = stored.tokenId();
                if (token != null) tokens.revoke(tx, token);
                return Outcome.no("has been used before");
              }
              if (!stored.fresh()) return Outcome.no("has expired");
              if (!stored.redirectUri().equals(redirectUri))
                return Outcome.no("was given for another redirect_uri");
              if (!proves(stored.challenge(), verifier))
                return Outcome.no("needs the code_verifier of its code_challenge");
              var id = Ids.next();
              var token = Secrets.random();
              var scopes = stored.scopes();
              TokenStore.insert(
                  tx, id, Secrets.hash(token), stored.actorId(), stored.appId(), scopes);
              CodeStore.used(tx, hash, id);
              return new Outcome(new Issued(token, scopes, Ids.instant(id)), "");
            });
    var issued = outcome.issued();
    if (issued == null) throw Refusal.grant("The code " + outcome.refusal());
    return issued;
  }

  /** A token for an app itself, without a person (RFC 6749, section 4.4). */
  Issued forApp(App app, Set<String> scopes) {
    var id = Ids.next();
    var token = Secrets.random();
    TokenStore.insert(db, id, Secrets.hash(token), null, app.id(), scopes);
    return new Issued(token, scopes, Ids.instant(id));
  }

  /** RFC 7636, section 4.6; a verifier without a challenge proves nothing and harms nothing. */
  private static boolean proves(@Nullable String challenge, @Nullable String verifier) {
    if (challenge == null) return true;
    if (verifier == null) return false;
    var hash = Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.hash(verifier));
    return Secrets.same(challenge, hash);
  }
}
