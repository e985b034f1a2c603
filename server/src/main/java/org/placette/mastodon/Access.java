package org.placette.mastodon;

/**
 * Who may make a call.
 *
 * @param who how much must be known of the caller
 * @param scope what a token must cover; empty for any token
 */
public record Access(Who who, String scope) {

  /** How much must be known of the caller. */
  public enum Who {
    /** Nobody in particular. */
    ANYBODY,
    /** The holder of any token, with or without a person. */
    APP,
    /** A person. */
    PERSON
  }

  /** Anybody; a token that is sent must still be a good one. */
  public static final Access OPEN = new Access(Who.ANYBODY, "");

  /** Any token. */
  public static final Access APP = new Access(Who.APP, "");

  /** Anybody; a person's token must cover the scope. */
  public static Access open(String scope) {
    return new Access(Who.ANYBODY, scope);
  }

  /** A person whose token covers the scope. */
  public static Access person(String scope) {
    return new Access(Who.PERSON, scope);
  }
}
