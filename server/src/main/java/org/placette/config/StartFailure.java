package org.placette.config;

/**
 * A start or a command that cannot go on for a reason the administrator can do something about. Its
 * message is one line that says what is wrong and what to do next; no stack trace is shown.
 */
public final class StartFailure extends RuntimeException {

  public StartFailure(String message) {
    super(message);
  }

  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
