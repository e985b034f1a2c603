package org.placette.actor;

import java.security.PublicKey;
import java.time.Instant;

/**
 * A public key as this server knows it.
 *
 * @param id URL of the key
 * @param actorId whose it is
 * @param key RSA or Ed25519
 * @param fetchedAt when its owner was last seen to list it
 */
record StoredKey(String id, long actorId, PublicKey key, Instant fetchedAt) {}
