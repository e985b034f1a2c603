package org.placette.federation.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import org.placette.federation.proof.ProofCheck.Outcome;
import org.placette.federation.signature.Ed25519;
import org.placette.federation.signature.Multibase;
import org.placette.federation.signature.SignatureProblem;

/**
 * Signs and verifies documents by FEP-8b32 (W3C Data Integrity, cryptosuite eddsa-jcs-2022). The
 * hash covers every member of the proof but its value, so no proof option can be changed or added.
 */
public final class DataIntegrity {
  private static final String PROOF = "proof";
  private static final String CONTEXT = "@context";
  private static final String SUITE = "eddsa-jcs-2022";
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(65);

  /** Most proofs looked at in one document. */
  private static final int MAX_PROOFS = 8;

  private DataIntegrity() {}

  /**
   * A copy of the document with a proof added; a proof that it had is replaced.
   *
   * @param verificationMethod id of the published Multikey, actor + {@code #ed25519-key}
   */
  public static ObjectNode sign(
      ObjectNode document, String verificationMethod, PrivateKey ed25519, Instant created) {
    ObjectNode signed = document.deepCopy();
    signed.remove(PROOF);
    ObjectNode proof = document.objectNode();
    if (document.has(CONTEXT)) {
      proof.set(CONTEXT, document.get(CONTEXT));
    }
    proof.put("type", "DataIntegrityProof");
    proof.put("cryptosuite", SUITE);
    proof.put("verificationMethod", verificationMethod);
    proof.put("proofPurpose", "assertionMethod");
    proof.put("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
    try {
      byte[] signature = Ed25519.sign(ed25519, hashes(proof, signed));
      proof.put("proofValue", Multibase.encode(signature));
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalArgumentException("cannot sign this document", unusable);
    }
    signed.set(PROOF, proof);
    return signed;
  }

  /** As the other {@code verify}, now. */
  public static ProofCheck verify(ObjectNode document, Function<String, @Nullable PublicKey> keys) {
    return verify(document, keys, Instant.now());
  }

  /**
   * Verifies the document's proof. Whether the key belongs to the document's actor is for the
   * caller to decide.
   *
   * @param keys gives the Ed25519 key of a verification method, or null
   * @param now what the proof's times are compared with
   */
  public static ProofCheck verify(
      ObjectNode document, Function<String, @Nullable PublicKey> keys, Instant now) {
    JsonNode member = document.path(PROOF);
    if (member.isMissingNode() || member.isNull()) {
      return new ProofCheck(Outcome.NO_PROOF, null);
    }
    ObjectNode proof = ours(member);
    if (proof == null) {
      return new ProofCheck(Outcome.UNSUPPORTED_PROOF, null);
    }
    String method = text(proof, "verificationMethod");
    String value = text(proof, "proofValue");
    if (method == null || value == null || value.length() > 128) {
      return new ProofCheck(Outcome.MALFORMED_PROOF, method);
    }
    Outcome refusal = refusal(document, proof, now);
    if (refusal != null) {
      return new ProofCheck(refusal, method);
    }
    PublicKey key = keys.apply(method);
    if (key == null) {
      return new ProofCheck(Outcome.UNKNOWN_KEY, method);
    }
    return new ProofCheck(verify(document, proof, value, key), method);
  }

  /**
   * The key id that the document's proof names, null without a proof of this suite. Useful to fetch
   * the key before verifying.
   */
  public static @Nullable String verificationMethod(JsonNode document) {
    ObjectNode proof = ours(document.path(PROOF));
    return proof == null ? null : text(proof, "verificationMethod");
  }

  /** The first proof of our suite; chains ({@code previousProof}) are not ours. */
  private static @Nullable ObjectNode ours(JsonNode member) {
    if (member.isArray()) {
      for (int i = 0; i < Math.min(member.size(), MAX_PROOFS); i++) {
        ObjectNode proof = member.get(i).isObject() ? ours(member.get(i)) : null;
        if (proof != null) {
          return proof;
        }
      }
      return null;
    }
    boolean supported =
        "DataIntegrityProof".equals(text(member, "type"))
            && SUITE.equals(text(member, "cryptosuite"))
            && !member.has("previousProof");
    return supported && member instanceof ObjectNode proof ? proof : null;
  }

  private static @Nullable Outcome refusal(ObjectNode document, ObjectNode proof, Instant now) {
    if (!"assertionMethod".equals(text(proof, "proofPurpose"))) {
      return Outcome.WRONG_PURPOSE;
    }
    try {
      if (proof.has("created") && time(proof, "created").isAfter(now.plus(CLOCK_SKEW))) {
        return Outcome.CREATED_IN_THE_FUTURE;
      }
      if (proof.has("expires") && !time(proof, "expires").isAfter(now)) {
        return Outcome.EXPIRED;
      }
    } catch (DateTimeException notATime) {
      return Outcome.MALFORMED_PROOF;
    }
    if (proof.has(CONTEXT) && !extendsContext(document.path(CONTEXT), proof.get(CONTEXT))) {
      return Outcome.CONTEXT_DIFFERS;
    }
    return null;
  }

  /**
   * Whether the document's context is the proof's, or begins with it. What follows is not signed,
   * so it may only be URLs: we never fetch those, while inline terms could change a meaning.
   */
  private static boolean extendsContext(JsonNode whole, JsonNode signed) {
    if (whole.equals(signed)) {
      return true;
    }
    int prefix = signed.isArray() ? signed.size() : 1;
    if (!whole.isArray() || whole.size() < prefix) {
      return false;
    }
    for (int i = 0; i < whole.size(); i++) {
      JsonNode entry = whole.get(i);
      boolean same =
          i < prefix ? entry.equals(signed.isArray() ? signed.get(i) : signed) : entry.isTextual();
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static Outcome verify(
      ObjectNode document, ObjectNode proof, String proofValue, PublicKey key) {
    ObjectNode unsigned = without(document, PROOF);
    if (proof.has(CONTEXT)) {
      unsigned.set(CONTEXT, proof.get(CONTEXT));
    }
    ObjectNode options = without(proof, "proofValue");
    try {
      byte[] signature = Multibase.decode(proofValue);
      boolean valid = verifies(options, unsigned, signature, key);
      if (!valid && unsigned.has("signature")) {
        // Hubzilla adds its old linked-data signature after the proof; we never read that member.
        valid = verifies(options, without(unsigned, "signature"), signature, key);
      }
      return valid ? Outcome.VALID : Outcome.BAD_SIGNATURE;
    } catch (IOException | SignatureProblem unreadable) {
      return Outcome.MALFORMED_PROOF;
    }
  }

  private static boolean verifies(
      ObjectNode options, ObjectNode document, byte[] signature, PublicKey key) throws IOException {
    return Ed25519.verify(key, hashes(options, document), signature);
  }

  /** SHA-256 of the canonical proof options, then SHA-256 of the canonical document. */
  private static byte[] hashes(ObjectNode options, ObjectNode document) throws IOException {
    byte[] both = new byte[64];
    System.arraycopy(sha256(canonical(options)), 0, both, 0, 32);
    System.arraycopy(sha256(canonical(document)), 0, both, 32, 32);
    return both;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static byte[] canonical(ObjectNode node) throws IOException {
    return new JsonCanonicalizer(node.toString()).getEncodedUTF8();
  }

  /** A shallow copy without one member. */
  private static ObjectNode without(ObjectNode node, String name) {
    ObjectNode copy = node.objectNode();
    copy.setAll(node);
    copy.remove(name);
    return copy;
  }

  private static Instant time(ObjectNode proof, String name) {
    String text = text(proof, name);
    if (text == null || text.length() > 64) {
      throw new DateTimeException("not a time");
    }
    return OffsetDateTime.parse(text).toInstant();
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? value.textValue() : null;
  }
}
