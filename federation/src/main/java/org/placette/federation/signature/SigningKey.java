package org.placette.federation.signature;

import java.security.PrivateKey;

/**
 * A private key together with the id under which its public half is published.
 *
 * @param keyId URL of the key: actor id + {@code #main-key}
 * @param key RSA, or Ed25519 (RFC 9421 only)
 */
public record SigningKey(String keyId, PrivateKey key) {}
