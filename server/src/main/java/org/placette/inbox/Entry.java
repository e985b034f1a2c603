package org.placette.inbox;

import java.time.Instant;
import java.util.UUID;
import org.placette.federation.vocab.AsObject;
import org.placette.federation.vocab.BoundedJson;

/**
 * A row of the inbox.
 *
 * @param id its number; grows with time
 * @param fingerprint names the activity by id and content
 * @param activityUri the activity's id; "" for an anonymous one
 * @param keys what it is about
 * @param orderKey the same as one number, for other processes
 * @param trusted false when only its id may be believed, and the object is asked at its origin
 * @param body as received
 * @param tries how often it failed already
 */
@SuppressWarnings("ArrayRecordComponent") // carries the body by reference, never compared
record Entry(
    long id,
    UUID fingerprint,
    String activityUri,
    String actorUri,
    OrderKeys keys,
    long orderKey,
    boolean trusted,
    byte[] body,
    Instant received,
    int tries) {

  /** What it takes in memory, in KiB, rounded up. */
  int kib() {
    return 1 + body.length / 1024;
  }

  /** Reads the activity again: keeping trees of what waits would cost ten times its size. */
  AsObject activity() {
    return read(body);
  }

  static AsObject read(byte[] body) {
    return new AsObject(BoundedJson.read(body));
  }
}
