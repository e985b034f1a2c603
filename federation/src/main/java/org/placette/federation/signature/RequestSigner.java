package org.placette.federation.signature;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Signs outgoing requests. An RSA-2048 signature costs more than a millisecond: sign per host. */
public final class RequestSigner {
  private RequestSigner() {}

  /**
   * The headers to set on a request so that it is signed: Host, Date, the digest and type of a
   * body, and the signature itself.
   *
   * @param now the time to sign at; sign anew at each attempt
   * @throws IllegalArgumentException when the key cannot sign in that dialect
   */
  public static Map<String, String> sign(
      OutgoingRequest request, SigningKey key, Dialect dialect, Instant now) {
    return switch (dialect) {
      case CAVAGE -> cavage(request, key, now, target(request.uri()));
      case RFC9421 -> rfc9421(request, key, now);
    };
  }

  /**
   * Like {@link #sign} in the cavage dialect, but signs a GET without its query, for servers that
   * verify it so. Use it after a 401.
   */
  public static Map<String, String> signWithoutQuery(
      OutgoingRequest request, SigningKey key, Instant now) {
    return cavage(request, key, now, path(request.uri()));
  }

  private static Map<String, String> cavage(
      OutgoingRequest request, SigningKey key, Instant now, String target) {
    if (!key.key().getAlgorithm().equals("RSA")) {
      throw new IllegalArgumentException("cavage signatures need an RSA key");
    }
    Map<String, String> headers = common(request, now);
    StringBuilder names = new StringBuilder("(request-target) host date");
    StringBuilder base = new StringBuilder(320);
    base.append("(request-target): ").append(request.method().toLowerCase(Locale.ROOT));
    base.append(' ').append(target);
    base.append("\nhost: ").append(headers.get("Host"));
    base.append("\ndate: ").append(headers.get("Date"));
    byte[] body = request.body();
    if (body != null) {
      String digest = Digests.digestHeader(body);
      headers.put("Digest", digest);
      names.append(" digest");
      base.append("\ndigest: ").append(digest);
    }
    String contentType = request.contentType();
    if (contentType != null) {
      names.append(" content-type");
      base.append("\ncontent-type: ").append(contentType);
    }
    headers.put(
        "Signature",
        "keyId=\"%s\",algorithm=\"rsa-sha256\",headers=\"%s\",signature=\"%s\""
            .formatted(plain(key.keyId()), names, signature(key.key(), base)));
    return headers;
  }

  private static Map<String, String> rfc9421(OutgoingRequest request, SigningKey key, Instant now) {
    Map<String, String> headers = common(request, now);
    URI uri = request.uri();
    StringBuilder names = new StringBuilder("(\"@method\" \"@target-uri\"");
    StringBuilder base = new StringBuilder(480);
    base.append("\"@method\": ").append(request.method());
    base.append("\n\"@target-uri\": ").append(scheme(uri)).append("://");
    base.append(headers.get("Host")).append(target(uri));
    byte[] body = request.body();
    if (body != null) {
      String digest = Digests.contentDigestHeader(body);
      headers.put("Content-Digest", digest);
      names.append(" \"content-digest\"");
      base.append("\n\"content-digest\": ").append(digest);
    }
    String algorithm = key.key().getAlgorithm().equals("RSA") ? "rsa-v1_5-sha256" : "ed25519";
    names.append(");created=").append(now.getEpochSecond());
    names.append(";keyid=\"").append(plain(key.keyId()));
    names.append("\";alg=\"").append(algorithm).append('"');
    base.append("\n\"@signature-params\": ").append(names);
    headers.put("Signature-Input", "sig1=" + names);
    headers.put("Signature", "sig1=:" + signature(key.key(), base) + ":");
    return headers;
  }

  private static Map<String, String> common(OutgoingRequest request, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", authority(request.uri()));
    headers.put("Date", HttpDate.format(now));
    String contentType = request.contentType();
    if (contentType != null) {
      headers.put("Content-Type", contentType);
    }
    return headers;
  }

  private static String authority(URI uri) {
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("not an absolute URL: " + uri);
    }
    String authority = uri.getPort() < 0 ? host : host + ":" + uri.getPort();
    return PublicOrigin.withoutDefaultPort(scheme(uri), authority.toLowerCase(Locale.ROOT));
  }

  private static String scheme(URI uri) {
    return uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static String target(URI uri) {
    String query = uri.getRawQuery();
    return query == null ? path(uri) : path(uri) + "?" + query;
  }

  private static String path(URI uri) {
    String path = uri.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** Key ids stand between quotes, and one peer splits on comma and semicolon even there. */
  private static String plain(String keyId) {
    for (int i = 0; i < keyId.length(); i++) {
      char c = keyId.charAt(i);
      if (c <= ' ' || c > '~' || c == '"' || c == '\\' || c == ',' || c == ';') {
        throw new IllegalArgumentException("not fit as a key id: " + keyId);
      }
    }
    return keyId;
  }

  private static String signature(PrivateKey key, CharSequence base) {
    byte[] bytes = base.toString().getBytes(StandardCharsets.ISO_8859_1);
    try {
      if (!key.getAlgorithm().equals("RSA")) {
        return Base64.getEncoder().encodeToString(Ed25519.sign(key, bytes));
      }
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(bytes);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException("key cannot sign", unusable);
    }
  }
}
