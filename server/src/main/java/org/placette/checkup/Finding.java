package org.placette.checkup;

import java.util.List;

/**
 * What was found and, when it is not fine, what to do.
 *
 * @param key of the message, without the prefix {@code doctor.}
 * @param values for the places of the message
 */
public record Finding(Grade grade, String key, List<Object> values) {

  /** How good it is. */
  public enum Grade {
    FINE("ok"),
    UNSURE("?"),
    WRONG("WRONG");

    private final String word;

    Grade(String word) {
      this.word = word;
    }

    /** As the command prints it. */
    public String word() {
      return word;
    }
  }
}
