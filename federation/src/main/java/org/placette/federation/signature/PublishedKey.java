package org.placette.federation.signature;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A public key that a document lists. It proves nothing by itself: the owner's own document,
 * fetched by the owner's id, has to list the same key.
 *
 * @param id URL of the key
 * @param owner id of the actor that the entry names as owner or controller
 * @param key RSA of at least 2048 bits, or Ed25519
 */
public record PublishedKey(String id, String owner, PublicKey key) {
  private static final int MIN_RSA_BITS = 2048;

  /** Most entries read per property. */
  private static final int MAX_KEYS = 32;

  /**
   * The keys that an actor or key document holds: itself, its {@code publicKey} (one or several)
   * and its {@code assertionMethod} Multikeys (FEP-521a). Damaged or weak keys and entries that are
   * mere ids are left out.
   */
  public static List<PublishedKey> in(JsonNode document) {
    List<PublishedKey> keys = new ArrayList<>();
    add(keys, null, document);
    String id = text(document, "id");
    for (String property : List.of("publicKey", "assertionMethod")) {
      JsonNode entries = document.path(property);
      if (entries.isArray()) {
        for (int i = 0; i < Math.min(entries.size(), MAX_KEYS); i++) {
          add(keys, id, entries.get(i));
        }
      } else {
        add(keys, id, entries);
      }
    }
    return keys;
  }

  private static void add(List<PublishedKey> keys, @Nullable String documentId, JsonNode entry) {
    String id = text(entry, "id");
    if (id == null) {
      return;
    }
    if (id.startsWith("#") && documentId != null) {
      id = documentId + id;
    }
    String owner = text(entry, "owner");
    owner = owner == null ? text(entry, "controller") : owner;
    owner = owner == null ? documentId : owner;
    PublicKey key = read(entry);
    if (owner != null && key != null) {
      keys.add(new PublishedKey(id, owner, key));
    }
  }

  private static @Nullable PublicKey read(JsonNode entry) {
    String pem = text(entry, "publicKeyPem");
    String multibase = text(entry, "publicKeyMultibase");
    try {
      PublicKey key =
          pem != null ? Keys.fromPem(pem) : multibase != null ? Keys.fromMultikey(multibase) : null;
      boolean weak = key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS;
      return weak ? null : key;
    } catch (SignatureProblem damaged) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode entry, String name) {
    JsonNode value = entry.path(name);
    if (value.isObject()) {
      value = value.path("id"); // an owner given as an object
    }
    return value.isTextual() ? value.textValue() : null;
  }
}
