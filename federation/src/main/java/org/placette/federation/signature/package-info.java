/**
 * HTTP message signatures in both dialects spoken in the Fediverse (draft-cavage-http-signatures-12
 * and RFC 9421), and the formats in which keys are published. Owns no table, opens no connection:
 * callers bring the request, the key and the clock. Imports the JDK, Jackson and Tink only.
 */
@NullMarked
package org.placette.federation.signature;

import org.jspecify.annotations.NullMarked;
