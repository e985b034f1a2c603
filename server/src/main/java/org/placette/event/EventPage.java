package org.placette.event;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.post.PostView;
import org.placette.post.Tag;
import org.placette.text.Degrees;
import org.placette.web.Preview;
import org.placette.web.View;

/**
 * What the page of an event shows.
 *
 * @param shown its text, author and the viewer's marks
 * @param group what it was posted to, unless that is the whole place; null for none
 * @param changed whether it was something else before
 * @param handle of its author with the host, without the leading at sign
 * @param replies the first ones
 * @param answers who comes, and what the viewer said
 * @param next the id after which the next replies come; 0 when these are all
 */
public record EventPage(
    Event event,
    PostView shown,
    @Nullable Byline group,
    boolean changed,
    String handle,
    List<PostView> replies,
    long next,
    Invitation answers) {

  private static final int KEYWORDS = 20;

  /** About how many bytes it takes in memory. */
  int size() {
    var texts = event.post().content().length() * 2;
    for (var reply : replies) texts += reply.post().content().length() + 1000;
    return 4000 + texts;
  }

  public boolean tentative() {
    return event.details().status() == Status.TENTATIVE;
  }

  /** Places left; meaningful only with a capacity. */
  public int remaining() {
    var left = event.details().joining().remaining();
    return left == null ? 0 : left;
  }

  /** When, where and the beginning of what, for previews. */
  public String description(String when) {
    var where = address().isEmpty() ? "" : " · " + address().getFirst();
    return when + where + ". " + shown.excerpt(160);
  }

  /** What it costs, in words; null when nobody said. */
  public @Nullable String price() {
    var details = event.details();
    var amount = details.feeAmount();
    if (details.practical().price() != null || amount == null) return details.practical().price();
    var sum = amount.stripTrailingZeros().toPlainString();
    return details.feeCurrency() == null ? sum : sum + " " + details.feeCurrency();
  }

  public Byline author() {
    return shown.author();
  }

  public String path() {
    return "/events/" + event.details().uuid();
  }

  public ZonedDateTime start() {
    return event.details().when().localStart();
  }

  /** The end as people should see it; null for an open one. */
  public @Nullable ZonedDateTime end() {
    var when = event.details().when();
    return when.showsEnd() ? when.localEnd() : null;
  }

  /** When it should have begun, if it was moved. */
  public @Nullable ZonedDateTime previousStart() {
    var when = event.details().when();
    var before = when.previousStart();
    return before == null ? null : before.atZone(when.zone());
  }

  /** The lines of the address below the name of the place. */
  public List<String> address() {
    var place = event.details().place();
    return place == null ? List.of() : place.lines();
  }

  /** The path of the series it is one of; null for a single event. */
  public @Nullable String series() {
    var context = event.post().context();
    if (author().host() != null || context == null) return null;
    var at = context.lastIndexOf("/series/");
    return at < 0 ? null : context.substring(at);
  }

  /** The words to be found by that its text does not link to, without their sign. */
  public List<String> keywords() {
    var text = event.post().content().toLowerCase(Locale.ROOT);
    return event.post().tag().stream()
        .filter(Tag::hashtag)
        .filter(
            tag ->
                tag.href() == null
                    || !text.contains("href=\"" + tag.href().toLowerCase(Locale.ROOT) + "\""))
        .map(tag -> tag.name().startsWith("#") ? tag.name().substring(1) : tag.name())
        .filter(word -> word.matches("[^\\s/?#%]+"))
        .limit(KEYWORDS)
        .toList();
  }

  /**
   * The picture that previews of links show: its own, or the one that is drawn.
   *
   * @param when the whole time, in words
   */
  public Preview preview(View view, String when) {
    var banner = event.details().banner();
    if (banner != null) {
      var width = banner.width();
      var height = banner.height();
      return new Preview(
          banner.url(),
          width == null || height == null ? 0 : width,
          width == null || height == null ? 0 : height,
          banner.name() == null ? "" : banner.name());
    }
    if (author().host() != null) return view.preview(null);
    return new Preview(
        EventPicture.path(event.details()),
        EventPicture.WIDTH,
        EventPicture.HEIGHT,
        view.t("event.drawn", event.name(), when));
  }

  /** For search engines. */
  public String schema(View view) {
    return EventSchema.of(this, view);
  }

  /** True when it will take place at a day that nobody knows yet. */
  public boolean postponed() {
    return event.details().eventStatus().equals("EventPostponed");
  }

  /** A map of the place; null when nobody can find it. */
  public @Nullable String map() {
    var place = event.details().place();
    if (place == null || place.latitude() == null || place.longitude() == null) return null;
    var north = Degrees.text(place.latitude());
    var east = Degrees.text(place.longitude());
    return "https://www.openstreetmap.org/?mlat=%s&mlon=%s#map=17/%s/%s"
        .formatted(north, east, north, east);
  }
}
