package org.placette.event;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.post.Attachment;

/**
 * What somebody wants to publish as an event.
 *
 * @param name the title, 3 to 200 characters
 * @param text the description as typed
 * @param language a BCP 47 tag
 * @param details everything else; a new event's uuid is taken from it, a changed one keeps its own
 * @param audience the local Group that it is posted to, usually the neighbourhood; or null
 * @param attachments pictures and files beside the banner
 * @param asking null keeps what it was, or the usual
 * @param tags words to be found by, besides those in the text
 * @param ring whether it is for residents and confirmed neighbours alone
 */
public record NewEvent(
    String name,
    String text,
    String language,
    Details details,
    @Nullable Actor audience,
    List<Attachment> attachments,
    @Nullable Asking asking,
    List<String> tags,
    boolean ring) {

  /** One with nothing but this; a title is one line. */
  public static NewEvent of(String name, String text, String language, Details details) {
    var title = name.replaceAll("\\s*\\R\\s*", " ").strip();
    return new NewEvent(title, text, language, details, null, List.of(), null, List.of(), false);
  }

  public NewEvent in(Actor group) {
    return new NewEvent(name, text, language, details, group, attachments, asking, tags, ring);
  }

  /** The same with other details. */
  public NewEvent with(Details other) {
    return new NewEvent(name, text, language, other, audience, attachments, asking, tags, ring);
  }

  /** The same with this banner, or none. */
  NewEvent showing(@Nullable Attachment banner) {
    var shown = details.about(details.category(), details.website(), banner);
    return new NewEvent(name, text, language, shown, audience, attachments, asking, tags, ring);
  }

  /** The same, asking people in this way. */
  public NewEvent asking(Asking how) {
    return new NewEvent(name, text, language, details, audience, attachments, how, tags, ring);
  }

  /** The same with these words to be found by, besides those in the text; without their signs. */
  public NewEvent tagged(List<String> words) {
    return new NewEvent(name, text, language, details, audience, attachments, asking, words, ring);
  }

  /** The same for residents and confirmed neighbours alone, or for everybody. */
  public NewEvent within(boolean theRing) {
    return new NewEvent(
        name, text, language, details, audience, attachments, asking, tags, theRing);
  }
}
