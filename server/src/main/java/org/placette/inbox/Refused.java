package org.placette.inbox;

/** An activity that must have no effect. The reason is a stable name that is logged and counted. */
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param reason a short kebab-case name, such as {@code not-the-author}
   */
  public Refused(String reason) {
    super(reason, null, false, false);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
