package org.placette.mastodon;

import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.mastodon.Json.Rendered;

/**
 * A post as one viewer sees it (entities/Status): what is the same for everybody, written once and
 * kept, and the viewer's own marks. A boost is a status without a text around the one that it
 * brings.
 *
 * @param id of the post, or of the announce that brings it
 * @param body what is the same for everybody
 * @param account who wrote it, or who brings it
 * @param marks null for a stranger
 * @param own whether the viewer wrote it
 * @param reblog the status that is brought
 * @param quoted the status that the text quotes; null when there is none or it may not be seen
 * @param cardAuthor who wrote what its link leads to; null when nobody known here did
 */
public record Status(
    long id,
    Body body,
    Rendered account,
    @Nullable Marks marks,
    boolean own,
    @Nullable Status reblog,
    @Nullable Status quoted,
    @Nullable Rendered cardAuthor) {

  /**
   * What is the same for everybody.
   *
   * @param json the beginning of the object, without its closing brace
   * @param text what filters look at: plain text, lower case
   * @param poll before anybody looks at it
   * @param quoteState pending or rejected while who is quoted has not agreed; null otherwise
   * @param quotable who may quote it: public, followers, manual, nobody (but its author) or closed
   *     (not even they); null where that is not known
   * @param card the preview of its link; null when there is none
   * @param event what Rebased's clients know of an event, without its closing brace; null for a
   *     post that is none
   */
  public record Body(
      long authorId,
      Rendered json,
      String text,
      @Nullable Poll poll,
      @Nullable Long quoteId,
      @Nullable String quoteState,
      @Nullable String quotable,
      @Nullable Preview card,
      @Nullable Rendered event) {}

  /**
   * The viewer's own marks.
   *
   * @param asks whether it is the viewer's own plain poll, which apps show as answered
   * @param answer where the viewer's answer to an event stands; null when there is none
   * @param requests how many ask to come to the viewer's own event; null for others
   */
  public record Marks(
      boolean favourited,
      boolean reblogged,
      boolean muted,
      boolean bookmarked,
      boolean pinned,
      List<Integer> ownVotes,
      boolean asks,
      List<Filtered> filtered,
      @Nullable String answer,
      @Nullable Integer requests) {

    /** The viewer's answer to an event in Rebased's words; null when there is none. */
    @Nullable String joinState() {
      return switch (String.valueOf(answer)) {
        case "going" -> "accept";
        case "requested", "waiting" -> "pending";
        case "refused" -> "reject";
        default -> null;
      };
    }
  }

  /** Why a filter of the viewer matched (entities/FilterResult). */
  public record Filtered(
      JsonNode filter, List<String> keywordMatches, List<String> statusMatches) {}

  /** Who is mentioned (entities/Status, Mention). */
  public record Mention(String id, String username, String url, String acct) {}

  /** A hashtag in a text (entities/Status, Tag). */
  public record Tag(String name, String url) {}

  /** What it was written with (entities/Status, Application). */
  public record App(String name, @Nullable String website) {}

  /** What is written once of a status; the order is that of the documentation. */
  record Words(
      String id,
      Instant createdAt,
      @Nullable String inReplyToId,
      @Nullable String inReplyToAccountId,
      boolean sensitive,
      String spoilerText,
      String visibility,
      @Nullable String language,
      String uri,
      String url,
      int repliesCount,
      int reblogsCount,
      int favouritesCount,
      int quotesCount,
      @Nullable Instant editedAt,
      String content,
      @Nullable App application,
      List<Media> mediaAttachments,
      List<Mention> mentions,
      List<Tag> tags,
      List<Account.Emoji> emojis,
      boolean localOnly,
      @Nullable String placetteAudience) {}

  /** The poll as the viewer sees it now; null when there is none. */
  public @Nullable Poll poll() {
    var asked = body.poll();
    return asked == null
        ? null
        : asked.seen(
            marks == null ? List.of() : marks.ownVotes(),
            marks != null && marks.asks(),
            Instant.now());
  }

  /**
   * A card that is written but for the account of its author.
   *
   * @param json whole without an author's account, else up to where that is to be put
   * @param author the number of that account; null for none
   */
  public record Preview(Rendered json, @Nullable Long author) {

    /** What stands behind the account. */
    static final String REST = "}]}";

    private static final String NOBODY = "null" + REST;

    static @Nullable Preview of(@Nullable Card card, @Nullable Long author) {
      if (card == null) return null;
      var whole = Json.text(card);
      var goesOn = author != null && whole.endsWith(NOBODY);
      var text = goesOn ? whole.substring(0, whole.length() - NOBODY.length()) : whole;
      return new Preview(new Rendered(new SerializedString(text)), goesOn ? author : null);
    }
  }

  /**
   * Who wrote what a link leads to (entities/PreviewCardAuthor).
   *
   * @param account null for who has none here; written last, see {@link Preview}
   */
  public record Author(String name, String url, @Nullable Rendered account) {}

  /** A link's preview (entities/PreviewCard); its authors are written last. */
  public record Card(
      String url,
      String title,
      String description,
      String language,
      String type,
      String authorName,
      String authorUrl,
      String providerName,
      String providerUrl,
      String html,
      int width,
      int height,
      @Nullable String image,
      String imageDescription,
      String embedUrl,
      @Nullable String blurhash,
      @Nullable Instant publishedAt,
      List<Author> authors) {

    /** A card of a page with its title and a line below, by somebody with an account. */
    static Card of(
        String url, String title, String line, String site, @Nullable String image, Author author) {
      return new Card(
          url,
          title,
          line,
          "",
          "link",
          author.name,
          author.url,
          site,
          "",
          "",
          0,
          0,
          image,
          "",
          "",
          null,
          null,
          List.of(author));
    }
  }

  /** An event as Rebased's clients know it. */
  record EventSide(
      String name,
      Instant startTime,
      @Nullable Instant endTime,
      String joinMode,
      int participantsCount,
      @Nullable Location location) {}

  /** Where an event is. */
  record Location(
      String name,
      @Nullable Double longitude,
      @Nullable Double latitude,
      @Nullable String street,
      @Nullable String postalCode,
      @Nullable String locality,
      @Nullable String region,
      @Nullable String country) {}
}
