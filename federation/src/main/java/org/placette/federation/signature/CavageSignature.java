package org.placette.federation.signature;

import static org.placette.federation.signature.SignatureProblem.Reason.*;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code Signature} header of draft-cavage-http-signatures-12, as deployed: {@code
 * hs2019} means "see the key", and some servers sign a GET without its query.
 */
final class CavageSignature {
  private static final String TARGET = "(request-target)";

  private final Checks checks;
  private final IncomingRequest request;
  private final Map<String, String> params;
  private final List<String> covered;

  private CavageSignature(Checks checks, String header) {
    this.checks = checks;
    this.request = checks.request();
    this.params = params(header);
    String names = params.getOrDefault("headers", "date"); // the draft's default
    this.covered = List.of(names.toLowerCase(Locale.ROOT).strip().split(" +", -1));
  }

  static ClaimedSignature read(Checks checks) {
    List<String> headers = checks.request().headers().getOrDefault("signature", List.of());
    if (headers.isEmpty()) {
      throw new SignatureProblem(NOT_SIGNED, "the request must be signed");
    }
    if (headers.size() > 1) {
      throw new SignatureProblem(SEVERAL_SIGNATURES, "one Signature header is allowed");
    }
    return new CavageSignature(checks, headers.getFirst()).claim();
  }

  private ClaimedSignature claim() {
    String keyId = Checks.keyId(params.get("keyId"));
    String signature = params.get("signature");
    if (signature == null) {
      throw new SignatureProblem(MALFORMED, "the Signature header holds no signature");
    }
    byte[] bytes = Checks.base64(signature);
    String algorithm = algorithm();
    requireCover();
    Instant expires = time("expires");
    if (expires != null) {
      checks.expiresAt(expires);
    }
    List<byte[]> bases = bases();
    Digests.check(request);
    return new ClaimedSignature(keyId, Dialect.CAVAGE, algorithm, bases, bytes);
  }

  private @Nullable String algorithm() {
    String name = params.get("algorithm");
    if (name == null) {
      return null;
    }
    name = name.toLowerCase(Locale.ROOT);
    if (!name.equals("rsa-sha256") && !name.equals("hs2019")) {
      throw new SignatureProblem(ALGORITHM_REFUSED, "use rsa-sha256 or hs2019");
    }
    if (name.equals("rsa-sha256")
        && (covered.contains("(created)") || covered.contains("(expires)"))) {
      throw new SignatureProblem(ALGORITHM_REFUSED, "(created) and (expires) need hs2019");
    }
    return name;
  }

  private void requireCover() {
    if (covered.size() > Checks.MAX_COVERED) {
      throw new SignatureProblem(MALFORMED, "too many headers covered");
    }
    require(TARGET, TARGET_NOT_COVERED);
    require("host", HOST_NOT_COVERED);
    if (!covered.contains("(created)")) {
      require("date", TIME_NOT_COVERED);
    }
    if (!request.isRead() || request.bodyBytes().length > 0) {
      require("digest", DIGEST_NOT_COVERED);
    }
  }

  private void require(String name, SignatureProblem.Reason reason) {
    if (!covered.contains(name)) {
      throw new SignatureProblem(reason, "the signature must cover " + name);
    }
  }

  private List<byte[]> bases() {
    byte[] whole = base(request.target());
    if (request.query() == null || !request.isRead()) {
      return List.of(whole);
    }
    return List.of(whole, base(request.path()));
  }

  private byte[] base(String target) {
    StringBuilder base = new StringBuilder(320);
    for (String name : covered) {
      if (!base.isEmpty()) {
        base.append('\n');
      }
      base.append(name).append(": ").append(value(name, target));
    }
    return base.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private String value(String name, String target) {
    return switch (name) {
      case TARGET -> request.method().toLowerCase(Locale.ROOT) + " " + target;
      case "(created)" -> {
        checks.signedAt(requiredTime("created"));
        yield params.getOrDefault("created", "");
      }
      case "(expires)" -> {
        requiredTime("expires");
        yield params.getOrDefault("expires", "");
      }
      default -> checks.covered(name);
    };
  }

  private Instant requiredTime(String name) {
    Instant time = time(name);
    if (time == null) {
      throw new SignatureProblem(MALFORMED, "parameter missing: " + name);
    }
    return time;
  }

  private @Nullable Instant time(String name) {
    String text = params.get(name);
    if (text == null) {
      return null;
    }
    try {
      return Checks.seconds(Long.parseLong(text));
    } catch (NumberFormatException notSeconds) {
      throw new SignatureProblem(TIME_UNREADABLE, "not a time in seconds: " + name);
    }
  }

  /** Reads {@code name="value",name=number}; a name given twice or text left over is refused. */
  private static Map<String, String> params(String header) {
    Map<String, String> params = new HashMap<>();
    int at = 0;
    int length = header.length();
    if (length > Checks.MAX_HEADER) {
      throw malformed();
    }
    while (true) {
      at = skipBlank(header, at);
      int equals = header.indexOf('=', at);
      if (equals <= at) {
        throw malformed();
      }
      String name = header.substring(at, equals).strip();
      at = skipBlank(header, equals + 1);
      boolean quoted = at < length && header.charAt(at) == '"';
      int from = quoted ? at + 1 : at;
      int end = header.indexOf(quoted ? '"' : ',', from);
      if (end < 0 && quoted) {
        throw malformed();
      }
      end = end < 0 ? length : end;
      if (params.put(
              name, quoted ? header.substring(from, end) : header.substring(from, end).strip())
          != null) {
        throw malformed();
      }
      at = skipBlank(header, quoted ? end + 1 : end);
      if (at == length) {
        return params;
      }
      if (header.charAt(at++) != ',') {
        throw malformed();
      }
    }
  }

  private static int skipBlank(String text, int at) {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private static SignatureProblem malformed() {
    return new SignatureProblem(MALFORMED, "the Signature header is malformed");
  }
}
