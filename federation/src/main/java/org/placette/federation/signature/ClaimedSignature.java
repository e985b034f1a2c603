package org.placette.federation.signature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request claims about its signature, after every check that needs no key: cover, digest,
 * host and time are right. Nothing is proven before {@link SignatureVerifier#verify} says so.
 *
 * @param keyId http or https URL of the key
 * @param dialect how the request was signed
 * @param algorithm the algorithm named by the sender, lower case; null when it named none
 * @param bases texts of which the key has to have signed one, the likeliest first
 * @param signature the signature's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ClaimedSignature(
    String keyId,
    Dialect dialect,
    @Nullable String algorithm,
    List<byte[]> bases,
    byte[] signature) {}
