/**
 * Integrity proofs inside documents: FEP-8b32 with the cryptosuite eddsa-jcs-2022. Plain JSON and
 * canonical JSON (RFC 8785), no JSON-LD processing. Owns no table, fetches nothing: callers bring
 * the keys.
 */
@NullMarked
package org.placette.federation.proof;

import org.jspecify.annotations.NullMarked;
