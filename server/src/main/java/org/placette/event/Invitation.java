package org.placette.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who comes to an event, and what the viewer said, as its page shows it.
 *
 * @param open whether the viewer may answer now
 * @param guests whether somebody without an account may answer by e-mail
 * @param state where the viewer's answer stands: going, maybe, declined, waiting, requested,
 *     refused; null when there is none
 * @param party how many come with the viewer's answer
 * @param note what the viewer wrote to the organiser
 * @param listed whether the viewer's name may be shown
 * @param confirmBy until when the viewer has to confirm a place
 * @param going how many come
 * @param names of those who come and want to be seen
 * @param requested how many wait for the organiser's word
 */
public record Invitation(
    boolean open,
    boolean guests,
    @Nullable String state,
    int party,
    @Nullable String note,
    boolean listed,
    @Nullable Instant confirmBy,
    int going,
    int maybe,
    int waiting,
    int requested,
    List<String> names) {

  /** Nobody may answer, and nobody has. */
  public static final Invitation NONE =
      new Invitation(false, false, null, 1, null, false, null, 0, 0, 0, 0, List.of());

  /** Finds it; the feature that keeps answers does. */
  @FunctionalInterface
  public interface Source {
    /**
     * What a viewer sees.
     *
     * @param viewer 0 for a stranger
     */
    Invitation of(Event event, long viewer);
  }
}
