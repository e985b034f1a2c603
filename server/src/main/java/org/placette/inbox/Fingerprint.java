package org.placette.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.placette.federation.vocab.AsObject;

/**
 * Names an activity by its id and its content: the same activity may come to several inboxes, be
 * repeated for days, be signed anew or be forwarded, while Mobilizon uses one id for different
 * contents. What does not belong to the content (context, signatures) and the order of keys do not
 * count.
 */
final class Fingerprint {

  private final MessageDigest digest;

  private Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  static UUID of(AsObject activity) {
    return of(activity, new byte[0]);
  }

  /** The name of an activity as it was signed this time. */
  static UUID of(AsObject activity, byte[] signature) {
    var fingerprint = new Fingerprint();
    fingerprint.object(activity.json(), true);
    fingerprint.digest.update(signature);
    var bytes = ByteBuffer.wrap(fingerprint.digest.digest());
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  private void add(JsonNode node) {
    if (node.isObject()) {
      object(node, false);
    } else if (node.isArray()) {
      mark('[', node.size());
      for (var item : node) add(item);
    } else {
      mark(node.getNodeType().name().charAt(0), 0);
      text(node.asText());
    }
  }

  private void object(JsonNode node, boolean top) {
    List<String> names = new ArrayList<>(node.size());
    node.fieldNames().forEachRemaining(names::add);
    Collections.sort(names);
    mark('{', 0);
    for (var name : names) {
      if (top && (name.equals("@context") || name.equals("signature") || name.equals("proof"))) {
        continue;
      }
      text(name);
      add(node.path(name));
    }
    mark('}', 0);
  }

  private void mark(char kind, int number) {
    digest.update((byte) kind);
    digest.update((byte) (number >>> 16));
    digest.update((byte) (number >>> 8));
    digest.update((byte) number);
  }

  private void text(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    mark('"', bytes.length);
    digest.update(bytes);
  }
}
