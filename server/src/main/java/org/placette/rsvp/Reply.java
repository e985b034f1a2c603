package org.placette.rsvp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.web.Problem;

/**
 * What an attendee says.
 *
 * @param party how many come, with the attendee; 1 to 20
 * @param note to the organiser; null leaves what was written before
 * @param listed whether others may see the name; null leaves what was chosen before
 * @param activity what asked, when it came from another server
 */
public record Reply(
    Answer answer,
    int party,
    @Nullable String note,
    @Nullable Boolean listed,
    Rsvp.Door door,
    @Nullable ObjectNode activity) {

  /** The three answers; "maybe" holds no place. */
  public enum Answer {
    GOING,
    MAYBE,
    NOT_GOING
  }

  /** The largest party of one answer. */
  public static final int LARGEST = 20;

  private static final int LONGEST_NOTE = 500;

  /**
   * Checks the sizes.
   *
   * @throws Problem.Invalid when one is wrong
   */
  public Reply {
    if (party < 1 || party > LARGEST)
      throw new Problem.Invalid("A party is 1 to 20 people", Map.of("party", "error.number"));
    if (note != null && note.length() > LONGEST_NOTE) note = note.substring(0, LONGEST_NOTE);
  }

  /** An answer for oneself alone. */
  public static Reply of(Answer answer, Rsvp.Door door) {
    return new Reply(answer, 1, null, null, door, null);
  }
}
