package org.placette.care;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;

/**
 * A report as those see it who decide.
 *
 * @param by who reports; null when they are gone
 * @param target whom it is about; null when they are gone
 * @param group the group in which all of it was posted; 0 for none
 * @param earlier how many other reports there are about the same person
 */
public record ReportCase(
    Line line,
    @Nullable Byline by,
    @Nullable Byline target,
    long targetId,
    boolean targetLimited,
    boolean targetSuspended,
    List<String> objects,
    List<Post> posts,
    List<Note> notes,
    long group,
    long earlier) {

  /**
   * A row of the queue.
   *
   * @param target the handle; empty when they are gone
   * @param by the handle, or the host of a server's actor
   * @param outcome what was decided; empty while open
   * @param about the first words of what was reported; empty when it is the person
   * @param assigned the handle of who looks at it; empty for nobody
   */
  public record Line(
      long id,
      String target,
      String by,
      String content,
      String category,
      List<String> rules,
      int posts,
      String state,
      String outcome,
      String assigned,
      boolean forwarded,
      String about,
      Instant published) {

    public boolean open() {
      return state.equals("open");
    }
  }

  /**
   * Something that was reported.
   *
   * @param text plain, shortened
   */
  public record Post(long id, String uri, String text, boolean hidden, Instant published) {}

  /** What somebody who moderates wrote down. */
  public record Note(String by, String content, Instant published) {}
}
