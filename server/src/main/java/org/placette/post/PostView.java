package org.placette.post;

import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.card.LinkCard;
import org.placette.text.Excerpt;
import org.placette.text.Html;

/**
 * A post as one viewer sees it on a page.
 *
 * @param event the path of the event's page when the post is the text of one
 * @param liked by the viewer
 * @param shared by the viewer
 * @param mine written by the viewer
 * @param voted whether the viewer voted in its poll
 * @param link what is shown of the link in it; null for nothing
 */
public record PostView(
    Post post,
    Byline author,
    @Nullable String event,
    boolean liked,
    boolean shared,
    boolean mine,
    boolean voted,
    @Nullable LinkCard link) {

  /** The post's page on this server. */
  public String path() {
    return event == null ? "/posts/" + post.id() : event;
  }

  /** Where the original is, of something written elsewhere. */
  public @Nullable String original() {
    return author.host() == null ? null : post.page();
  }

  /** The warning that stands before the text; null when it is shown at once. */
  public @Nullable String warning() {
    var summary = post.summary();
    return summary == null || summary.isBlank() || post.type().equals("Event") ? null : summary;
  }

  /** Its beginning as plain text, for titles and descriptions. */
  public String excerpt(int length) {
    var warning = warning();
    return Excerpt.of(warning == null ? post.content() : Html.escape(warning), length);
  }
}
