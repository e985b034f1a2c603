package org.placette.federation.signature;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request about to be sent.
 *
 * @param method upper-case method
 * @param uri absolute http or https URL; a fragment is left out of the signature
 * @param body exact bytes of the body; null for GET
 * @param contentType media type of the body; null without a body
 */
@SuppressWarnings("ArrayRecordComponent") // carries the body by reference, never compared
public record OutgoingRequest(
    String method, URI uri, byte @Nullable [] body, @Nullable String contentType) {

  /** A GET of {@code uri}. */
  public static OutgoingRequest get(URI uri) {
    return new OutgoingRequest("GET", uri, null, null);
  }

  /** A POST of an activity to {@code uri}. */
  public static OutgoingRequest post(URI uri, byte[] body) {
    return new OutgoingRequest("POST", uri, body, "application/activity+json");
  }
}
