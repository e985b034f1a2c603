package org.placette.federation.signature;

/** The two ways in which servers sign HTTP requests today. */
public enum Dialect {
  /** draft-cavage-http-signatures-12: what nearly every server understands. */
  CAVAGE,
  /** RFC 9421, with {@code Content-Digest} of RFC 9530. */
  RFC9421
}
