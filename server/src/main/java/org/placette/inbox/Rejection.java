package org.placette.inbox;

/**
 * A delivery that is not taken: status and words for the sender, a name for log and counter. No
 * stack trace, because strangers cause it at will.
 */
final class Rejection extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String reason;
  private final int retryAfterSeconds;

  Rejection(int status, String reason, String message) {
    this(status, reason, message, 0);
  }

  /**
   * @param reason a short kebab-case name
   * @param retryAfterSeconds 0 when trying again is of no use
   */
  Rejection(int status, String reason, String message, int retryAfterSeconds) {
    super(message, null, false, false);
    this.status = status;
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
