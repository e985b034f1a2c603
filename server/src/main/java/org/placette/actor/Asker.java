package org.placette.actor;

import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.placette.federation.signature.SignatureProblem;
import org.placette.federation.signature.SignatureVerifier;
import org.placette.web.Problem;

/**
 * Who asks for an object by a signed GET (authorised fetch), so that a follower's server can read
 * what is for followers.
 */
public final class Asker implements Function<RoutingContext, @Nullable Actor> {

  private final KeyLookup keys;
  private final SignatureVerifier signatures;
  private final Predicate<String> blocked;

  public Asker(KeyLookup keys, SignatureVerifier signatures, Predicate<String> blocked) {
    this.keys = keys;
    this.signatures = signatures;
    this.blocked = blocked;
  }

  /**
   * The actor whose key signed the request; null when nobody signed it.
   *
   * @throws Problem.Unauthorized when the signature is not good
   * @throws Problem.NotFound when the signer's domain is blocked
   */
  @Override
  public @Nullable Actor apply(RoutingContext ctx) {
    var headers = ctx.request().headers();
    if (!headers.contains("Signature") && !headers.contains("Signature-Input")) return null;
    try {
      var claimed = signatures.read(SignedRequest.of(ctx.request(), null));
      var host = URI.create(claimed.keyId()).getAuthority();
      if (host == null || blocked.test(host)) throw new Problem.NotFound();
      var key = keys.find(claimed.keyId(), false);
      if (!signatures.verify(claimed, key.key())) {
        key = keys.find(claimed.keyId(), true);
        if (!signatures.verify(claimed, key.key()))
          throw new Problem.Unauthorized("The signature does not verify");
      }
      return key.owner();
    } catch (SignatureProblem | KeyRefused | IllegalArgumentException e) {
      throw new Problem.Unauthorized("The signature is not accepted: " + e.getMessage());
    }
  }
}
