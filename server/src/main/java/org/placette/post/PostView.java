package org.placette.post;

import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.card.LinkCard;
import org.placette.text.Excerpt;
import org.placette.text.Html;
import org.placette.web.Sieve;

/**
 * A post as one viewer sees it on a page.
 *
 * @param occasion the event whose text the post is; null for any other post
 * @param liked by the viewer
 * @param shared by the viewer
 * @param mine written by the viewer
 * @param voted whether the viewer voted in its poll
 * @param quoted what it quotes, once whoever wrote that agrees; null for nothing
 * @param link what is shown of the link in it; null for nothing
 */
public record PostView(
    Post post,
    Byline author,
    @Nullable Occasion occasion,
    boolean liked,
    boolean shared,
    boolean mine,
    boolean voted,
    @Nullable Quoted quoted,
    @Nullable LinkCard link)
    implements Sieve.Sifted {

  private static final int SIFTED = 10_000;

  /**
   * When and where something happens.
   *
   * @param path of the event's page
   * @param end null for an open one
   * @param place its name; null when it has none
   */
  public record Occasion(
      String path,
      ZonedDateTime start,
      @Nullable ZonedDateTime end,
      @Nullable String place,
      boolean cancelled) {}

  /**
   * A post that another quotes.
   *
   * @param path of its page here
   * @param by whose it is
   * @param text its beginning, or its warning, as plain text
   */
  public record Quoted(String path, String by, String text) {}

  /** The path of the event's page; null when the post is not the text of one. */
  public @Nullable String event() {
    return occasion == null ? null : occasion.path();
  }

  /** The post's page on this server. */
  public String path() {
    return occasion == null ? "/posts/" + post.id() : occasion.path();
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

  @Override
  public long siftedId() {
    return post.id();
  }

  @Override
  public boolean siftedMine() {
    return mine;
  }

  /** Title, warning, text, what its pictures and poll say, and the beginning of what it quotes. */
  @Override
  public String siftedText() {
    var text = new StringBuilder();
    if (post.name() != null) text.append(post.name()).append('\n');
    if (post.summary() != null) text.append(Excerpt.of(post.summary(), SIFTED)).append('\n');
    text.append(Excerpt.of(post.content(), SIFTED));
    for (var file : post.attachment())
      if (file.name() != null) text.append('\n').append(file.name());
    var poll = post.poll();
    if (poll != null) for (var option : poll.options()) text.append('\n').append(option.name());
    if (quoted != null) text.append('\n').append(quoted.text());
    return text.toString();
  }

  /** Its beginning as plain text, for titles and descriptions. */
  public String excerpt(int length) {
    var warning = warning();
    return Excerpt.of(warning == null ? post.content() : Html.escape(warning), length);
  }
}
