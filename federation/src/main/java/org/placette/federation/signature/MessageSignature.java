package org.placette.federation.signature;

import static org.placette.federation.signature.SignatureProblem.Reason.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.federation.signature.StructuredFields.InnerList;
import org.placette.federation.signature.StructuredFields.Param;

/**
 * Reads {@code Signature-Input} and {@code Signature} of RFC 9421. Of several labels the first that
 * keeps our rules is evaluated, and only that one.
 */
final class MessageSignature {
  /** Labels looked at; proxies may add theirs, more is noise. */
  private static final int MAX_LABELS = 4;

  private final Checks checks;
  private final IncomingRequest request;
  private final InnerList input;

  private MessageSignature(Checks checks, InnerList input) {
    this.checks = checks;
    this.request = checks.request();
    this.input = input;
  }

  static ClaimedSignature read(Checks checks) {
    String inputs = checks.request().header("signature-input");
    String signatures = checks.request().header("signature");
    if (inputs == null || signatures == null) {
      throw new SignatureProblem(NOT_SIGNED, "Signature-Input and Signature are both needed");
    }
    Map<String, byte[]> bytes = new StructuredFields(signatures).byteDictionary();
    SignatureProblem firstProblem = null;
    int tried = 0;
    for (Map.Entry<String, InnerList> member : labels(inputs).entrySet()) {
      byte[] signature = bytes.get(member.getKey());
      if (signature == null || tried++ == MAX_LABELS) {
        continue;
      }
      try {
        ClaimedSignature claim = new MessageSignature(checks, member.getValue()).claim(signature);
        Digests.check(checks.request());
        return claim;
      } catch (SignatureProblem problem) {
        if (problem.reason() == DIGEST_MISMATCH || problem.reason() == DIGEST_MALFORMED) {
          throw problem; // the same for every label
        }
        firstProblem = firstProblem == null ? problem : firstProblem;
      }
    }
    throw firstProblem != null
        ? firstProblem
        : new SignatureProblem(MALFORMED, "no label stands in both signature headers");
  }

  private static Map<String, InnerList> labels(String inputs) {
    return new StructuredFields(inputs).innerListDictionary();
  }

  private ClaimedSignature claim(byte[] signature) {
    String keyId = Checks.keyId(string("keyid"));
    String algorithm = string("alg");
    if (algorithm != null && !algorithm.equals("rsa-v1_5-sha256") && !algorithm.equals("ed25519")) {
      throw new SignatureProblem(ALGORITHM_REFUSED, "use rsa-v1_5-sha256 or ed25519");
    }
    requireCover();
    checkTimes();
    return new ClaimedSignature(keyId, Dialect.RFC9421, algorithm, bases(), signature);
  }

  private void checkTimes() {
    Long created = seconds("created");
    Long expires = seconds("expires");
    if (created == null) {
      throw new SignatureProblem(TIME_NOT_COVERED, "the signature needs created");
    }
    checks.signedAt(Checks.seconds(created));
    if (expires != null) {
      checks.expiresAt(Checks.seconds(expires));
    }
  }

  private void requireCover() {
    List<String> covered = input.components();
    if (!covered.contains("@method")) {
      throw new SignatureProblem(METHOD_NOT_COVERED, "the signature must cover @method");
    }
    boolean pathAndQuery =
        covered.contains("@path") && (request.query() == null || covered.contains("@query"));
    boolean target =
        covered.contains("@target-uri")
            || (covered.contains("@authority")
                && (pathAndQuery || covered.contains("@request-target")));
    if (!target) {
      throw new SignatureProblem(
          TARGET_NOT_COVERED, "the signature must cover @target-uri, or @authority and the path");
    }
    boolean body = !request.isRead() || request.bodyBytes().length > 0;
    if (body && !covered.contains("content-digest")) {
      throw new SignatureProblem(DIGEST_NOT_COVERED, "the signature must cover content-digest");
    }
  }

  /**
   * One base; two when the sender wrote the scheme's own port into Host, as it may have signed it.
   */
  private List<byte[]> bases() {
    String host = checks.host(request.header("host"));
    List<byte[]> bases = new ArrayList<>(2);
    bases.add(base(checks, input, checks.origin().authority()));
    if (host.length() != checks.origin().authority().length()) {
      bases.add(base(checks, input, host));
    }
    return bases;
  }

  /** The signature base of RFC 9421 section 2.5, without any rule about what has to be in it. */
  static byte[] base(Checks checks, InnerList input, String authority) {
    StringBuilder base = new StringBuilder(480);
    for (String name : input.components()) {
      base.append('"').append(name).append("\": ");
      base.append(value(checks, name, authority)).append('\n');
    }
    base.append("\"@signature-params\": ").append(input.serialize());
    return base.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String value(Checks checks, String name, String authority) {
    IncomingRequest request = checks.request();
    if (!name.startsWith("@")) {
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_') {
          throw new SignatureProblem(MALFORMED, "field names are lower case");
        }
      }
      return checks.covered(name);
    }
    String query = request.query();
    return switch (name) {
      case "@method" -> request.method();
      case "@target-uri" -> checks.origin().scheme() + "://" + authority + request.target();
      case "@authority" -> authority;
      case "@scheme" -> checks.origin().scheme();
      case "@request-target" -> request.target();
      case "@path" -> request.path();
      case "@query" -> query == null ? "?" : query;
      default -> throw new SignatureProblem(COMPONENT_REFUSED, "unsupported component: " + name);
    };
  }

  private @Nullable String string(String name) {
    Param param = input.params().get(name);
    if (param == null) {
      return null;
    }
    if (param.value() instanceof String text && param.serialized().startsWith("\"")) {
      return text;
    }
    throw new SignatureProblem(MALFORMED, name + " must be a string");
  }

  private @Nullable Long seconds(String name) {
    Param param = input.params().get(name);
    if (param == null) {
      return null;
    }
    if (param.value() instanceof Long seconds) {
      return seconds;
    }
    throw new SignatureProblem(TIME_UNREADABLE, name + " must be a number of seconds");
  }
}
