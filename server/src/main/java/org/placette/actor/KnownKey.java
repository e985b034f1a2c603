package org.placette.actor;

import java.security.PublicKey;

/**
 * A key and the actor that lists it at its own id.
 *
 * @param key RSA or Ed25519
 * @param owner never local, suspended or deleted
 */
public record KnownKey(PublicKey key, Actor owner) {}
