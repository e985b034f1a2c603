package org.placette.federation.vocab;

/**
 * A document that is refused before anybody reads it. The message is fit for the sender; the reason
 * is fit for a counter. It has no stack trace: strangers cause it at will.
 */
public final class JsonProblem extends RuntimeException {
  /** Why; the name goes to the log and the counters. */
  public enum Reason {
    TOO_LARGE,
    TOO_DEEP,
    TOO_MANY_VALUES,
    TOO_LONG_VALUE,
    NOT_UTF8,
    NOT_JSON,
    NOT_AN_OBJECT,
    DUPLICATE_KEY,
    TRAILING_TEXT,
    BROKEN_TEXT,
    NUMBER_OUT_OF_RANGE,
    REFUSED_KEYWORD
  }

  private final Reason reason;

  public JsonProblem(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
