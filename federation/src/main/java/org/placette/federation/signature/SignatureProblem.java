package org.placette.federation.signature;

/**
 * A signature or key that is refused. The message is fit for the sender; the reason is fit for a
 * counter. It has no stack trace: strangers cause it at will.
 */
public final class SignatureProblem extends RuntimeException {
  /** Why; the name goes to the log and the counters. */
  public enum Reason {
    NOT_SIGNED,
    MALFORMED,
    SEVERAL_SIGNATURES,
    KEY_ID_MISSING,
    KEY_ID_REFUSED,
    ALGORITHM_REFUSED,
    COMPONENT_REFUSED,
    METHOD_NOT_COVERED,
    TARGET_NOT_COVERED,
    HOST_NOT_COVERED,
    TIME_NOT_COVERED,
    DIGEST_NOT_COVERED,
    HEADER_MISSING,
    DIGEST_MALFORMED,
    DIGEST_MISMATCH,
    OTHER_HOST,
    TIME_UNREADABLE,
    TOO_OLD,
    IN_THE_FUTURE,
    EXPIRED,
    KEY_UNREADABLE
  }

  private final Reason reason;

  public SignatureProblem(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
