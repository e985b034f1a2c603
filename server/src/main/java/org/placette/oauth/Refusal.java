package org.placette.oauth;

/** Why a token is not given, in the words of RFC 6749, section 5.2. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String error;

  Refusal(int status, String error, String description) {
    super(description, null, false, false);
    this.status = status;
    this.error = error;
  }

  static Refusal request(String description) {
    return new Refusal(400, "invalid_request", description);
  }

  static Refusal grant(String description) {
    return new Refusal(400, "invalid_grant", description);
  }

  static Refusal client() {
    return new Refusal(
        401, "invalid_client", "The client id and secret are missing or do not belong together");
  }

  static Refusal scope() {
    return new Refusal(400, "invalid_scope", "The app was not registered for these scopes");
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
