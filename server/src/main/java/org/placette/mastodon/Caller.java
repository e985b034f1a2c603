package org.placette.mastodon;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call: the person of an access token, or an app without a person.
 *
 * @param actorId 0 for an app without a person (client_credentials)
 * @param tokenId names the token, for what belongs to one sign-in
 * @param appName what wrote a post, for people; null when unknown
 * @param may whether the token covers a scope such as {@code read:statuses}
 */
public record Caller(
    long actorId,
    long tokenId,
    @Nullable String appName,
    @Nullable String appWebsite,
    Predicate<String> may) {

  /** Finds the caller of a token. */
  @FunctionalInterface
  public interface Tokens {

    /** Null when the token is unknown, revoked or its person suspended. */
    @Nullable Caller verify(String token);
  }
}
