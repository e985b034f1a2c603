package org.placette.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.placette.text.Degrees;
import org.placette.text.Html;
import org.placette.web.Dates;
import org.placette.web.Language;
import org.placette.web.Messages;

/**
 * An event as apps show it, which know texts only: title, date and place in words first, then the
 * description, then the link. Everything needed is in the text; card and picture are decoration,
 * since many apps hide them.
 */
public record EventText(
    String name,
    String url,
    @Nullable String language,
    Instant start,
    @Nullable Instant end,
    ZoneId zone,
    String status,
    @Nullable String placeName,
    @Nullable String street,
    @Nullable String postalCode,
    @Nullable String locality,
    @Nullable String region,
    @Nullable String country,
    @Nullable Double latitude,
    @Nullable Double longitude,
    boolean online,
    String joinMode,
    int participants,
    JsonNode banner,
    @Nullable String drawn,
    Practical practical) {

  public EventText {
    latitude = Degrees.rounded(latitude);
    longitude = Degrees.rounded(longitude);
  }

  /**
   * What else one has to know to come.
   *
   * @param postponed whether its day is not known yet
   * @param places how many there are; null for any number
   * @param signUp where one signs up when it is not here
   */
  public record Practical(
      boolean postponed,
      @Nullable String onlineUrl,
      @Nullable String signUp,
      @Nullable Integer places,
      @Nullable String price,
      @Nullable String organiser,
      @Nullable String contact) {}

  private Language spoken() {
    var known = Language.of(language);
    return known == null ? Language.FR : known;
  }

  /** Date and hours in the event's own language and zone. */
  String when() {
    var until = end == null ? null : end.atZone(zone);
    return Dates.of(spoken()).range(start.atZone(zone), until);
  }

  /** The place in one line; empty when nobody said. */
  String where() {
    var town =
        Stream.of(postalCode, locality).filter(Objects::nonNull).collect(Collectors.joining(" "));
    var line =
        Stream.of(placeName, street, town.isEmpty() ? null : town)
            .filter(Objects::nonNull)
            .filter(s -> !s.isBlank())
            .distinct()
            .collect(Collectors.joining(", "));
    if (!line.isEmpty() || !online) return line;
    return Messages.of(spoken()).text("event.online");
  }

  /** The title, after the word that says that it does not take place, or not for sure. */
  String title() {
    var word =
        switch (status) {
          case "CANCELLED" -> "event.cancelled";
          case "TENTATIVE" -> "event.tentative";
          default -> "";
        };
    if (practical.postponed() && !status.equals("CANCELLED")) word = "event.postponedShort";
    return word.isEmpty() ? name : labelled(word, name);
  }

  private String labelled(String key, String text) {
    return Messages.of(spoken()).text("event.line", Messages.of(spoken()).text(key), text);
  }

  private static String link(String url) {
    var address = Html.escape(url);
    var bare = Html.escape(url.replaceFirst("^https?://", ""));
    return "<a href=\"" + address + "\" rel=\"nofollow noopener\">" + bare + "</a>";
  }

  /** How one comes, what it costs and whom to ask. */
  private String practicalHtml() {
    var words = Messages.of(spoken());
    List<String> lines = new ArrayList<>();
    var off = status.equals("CANCELLED");
    if (practical.signUp() != null && joinMode.equals("external") && !off)
      lines.add(Html.escape(words.text("event.joinExternal")) + " " + link(practical.signUp()));
    if (joinMode.equals("restricted") && !off)
      lines.add(Html.escape(words.text("event.joinRestricted")));
    if (practical.places() != null)
      lines.add(Html.escape(labelled("field.capacity", String.valueOf(practical.places()))));
    if (practical.price() != null)
      lines.add(Html.escape(labelled("field.price", practical.price())));
    if (practical.organiser() != null)
      lines.add(Html.escape(labelled("field.organiser", practical.organiser())));
    if (practical.contact() != null)
      lines.add(Html.escape(labelled("field.contact", practical.contact())));
    return lines.isEmpty() ? "" : "<p>" + String.join("<br>", lines) + "</p>";
  }

  /** The whole text for apps; {@code description} is clean HTML. */
  public String html(String description) {
    var html =
        new StringBuilder("<p><strong>").append(Html.escape(title())).append("</strong></p>");
    html.append("<p>📅 ").append(Html.escape(when()));
    if (!where().isEmpty()) html.append("<br>📍 ").append(Html.escape(where()));
    if (practical.onlineUrl() != null) html.append("<br>💻 ").append(link(practical.onlineUrl()));
    html.append("</p>").append(description.replace("\n", " ")).append(practicalHtml());
    return html.append("<p>").append(link(url)).append("</p>").toString();
  }

  /** The preview card; its picture is the banner, or the one that is drawn. */
  Status.Card card(Look look, Status.Author by) {
    var line = where().isEmpty() ? when() : when() + " – " + where();
    var own = banner.path("url").textValue();
    var picture = own == null ? drawn : own;
    return Status.Card.of(
        url, title(), line, look.urls().host(), picture == null ? null : look.file(picture), by);
  }

  /**
   * The banner first. Clients that know events find it by the description {@code Banner}; words
   * that somebody wrote for who cannot see it go before.
   */
  public List<Media> withBanner(List<Media> media, Look look) {
    if (!banner.hasNonNull("url")) return media;
    List<Media> all = new ArrayList<>();
    var shown = (ObjectNode) banner.deepCopy();
    if (banner.path("name").asText("").isBlank()) shown.put("name", "Banner");
    var picture = MediaReader.media(start.toEpochMilli(), shown, look);
    all.add(picture);
    for (var one : media) if (!Objects.equals(one.url(), picture.url())) all.add(one);
    return all;
  }

  /**
   * The question whether one comes; null where nobody answers. Its options are those of the poll
   * that other servers are sent.
   *
   * @param votes yes, maybe and no
   */
  public @Nullable Poll poll(long id, Integer[] votes) {
    var answered = joinMode.equals("free") || joinMode.equals("restricted");
    if (!answered || status.equals("CANCELLED")) return null;
    var words = Messages.of(spoken());
    var options =
        List.of(
            new Poll.Option(words.text("rsvp.going"), votes[0]),
            new Poll.Option(words.text("rsvp.maybeButton"), votes[1]),
            new Poll.Option(words.text("rsvp.notGoing"), votes[2]));
    var all = votes[0] + votes[1] + votes[2];
    return new Poll(
        String.valueOf(id), start, false, false, all, all, false, List.of(), options, List.of());
  }

  /** What Rebased's clients know. */
  Status.EventSide side() {
    var where =
        placeName == null && street == null && locality == null
            ? null
            : new Status.Location(
                placeName == null ? where() : placeName,
                longitude,
                latitude,
                street,
                postalCode,
                locality,
                region,
                country);
    var mode = joinMode.equals("none") ? "restricted" : joinMode;
    return new Status.EventSide(name, start, end, mode, participants, where);
  }
}
