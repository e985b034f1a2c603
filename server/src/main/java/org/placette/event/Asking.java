package org.placette.event;

import java.util.List;

/**
 * How people are asked whether they come, and reminded of it.
 *
 * @param poll whether the event is shown with a poll where apps and servers know no events
 * @param reminders how many minutes before the start those who come are reminded
 */
public record Asking(boolean poll, List<Integer> reminders) {

  /** What an organiser may choose of: a week, a day, two hours before. */
  public static final List<Integer> CHOICES = List.of(10_080, 1_440, 120);

  /** As it is when nobody chose. */
  public static final Asking USUAL = new Asking(true, List.of(1_440));

  public Asking {
    reminders = CHOICES.stream().filter(reminders::contains).toList();
  }
}
