package org.placette.actor;

import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.federation.signature.IncomingRequest;

/** A request over HTTP as signatures are checked on it. */
public final class SignedRequest {

  private SignedRequest() {}

  /**
   * What a signature may cover, header names in lower case.
   *
   * @param body null when the request has none
   */
  public static IncomingRequest of(HttpServerRequest request, byte @Nullable [] body) {
    Map<String, List<String>> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            (name, value) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>(1))
                    .add(value));
    return new IncomingRequest(request.method().name(), request.uri(), headers, body);
  }
}
