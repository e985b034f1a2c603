package org.placette.web;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.text.Html;
import org.placette.text.Shortcodes;

/**
 * What every page knows: where it is, who looks at it, in which language.
 *
 * @param token gives the CSRF token of this visit; asked only by pages with a form
 * @param path the path of the request
 * @param pictures where pictures are shown from
 * @param mesh what the viewer does not want to read
 */
public record View(
    Place place,
    Language language,
    Visitor visitor,
    Supplier<String> token,
    String path,
    Instant now,
    MediaUrls pictures,
    Supplier<Sieve.Mesh> mesh) {

  /** The viewer's actor; 0 for a stranger. */
  public long viewer() {
    var id = visitor.actorId();
    return id == null ? 0 : id;
  }

  /**
   * Which of the viewer's filters something meets.
   *
   * @param where home, notifications, public, thread or account
   * @return null for none
   */
  public Sieve.@Nullable Caught caught(String where, Sieve.Sifted thing) {
    return signedIn() && !thing.siftedMine() ? mesh.get().of(where, thing) : null;
  }

  /** Whether such a filter says that nothing of it is to be shown. */
  public boolean hides(String where, Sieve.Sifted thing) {
    var caught = caught(where, thing);
    return caught != null && caught.hides();
  }

  /** What a refusal says, in the reader's language; null when it is not known there. */
  public @Nullable String refusal(String english) {
    return Messages.refusal(language(), english);
  }

  /** A text in the language of the page. */
  public String t(String key, @Nullable Object... arguments) {
    return Messages.of(language).text(key, arguments);
  }

  /** The form of a text that fits a number. */
  public String count(String key, long number) {
    return Messages.of(language).count(key, number);
  }

  /** A text that may be missing; null then. */
  public @Nullable String find(String key) {
    return Messages.of(language).find(key);
  }

  public boolean signedIn() {
    return visitor.signedIn();
  }

  /** True for those who moderate. */
  public boolean staff() {
    return may(Permission.MODERATE);
  }

  /** Whether the viewer may do that everywhere here. */
  public boolean may(Permission what) {
    return visitor.may(what);
  }

  /** The first letter of the visitor's name; empty for a stranger. */
  public String initial() {
    var name = visitor.username();
    return name.isEmpty() ? "" : name.substring(0, 1).toUpperCase(Locale.ROOT);
  }

  /** For the hidden field {@code csrf} of a form. */
  public String csrf() {
    return token.get();
  }

  public Dates dates() {
    return Dates.of(language);
  }

  /** The whole time of an event, in its own zone, which is named when it is not the place's. */
  public String range(ZonedDateTime start, @Nullable ZonedDateTime end) {
    return zoned(dates().range(start, end), start);
  }

  /** Its hours alone, in the same way. */
  public String hours(ZonedDateTime start, @Nullable ZonedDateTime end) {
    return zoned(dates().hours(start, end), start);
  }

  private String zoned(String text, ZonedDateTime start) {
    var here = place.zone().getRules().getOffset(start.toInstant());
    return start.getOffset().equals(here) ? text : text + " (" + Dates.name(start.getZone()) + ")";
  }

  /** A text that begins a line: with a capital. */
  public String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(language.locale()) + text.substring(1);
  }

  /** When something was written. */
  public String moment(Instant instant) {
    return dates().moment(instant, place.zone(), now);
  }

  /** The address of a static file, with its version. */
  public String asset(String name) {
    return StaticFiles.address(name);
  }

  /** The same page elsewhere: an absolute address on this server. */
  public String absolute(String address) {
    return address.startsWith("/") ? place.origin() + address : address;
  }

  /** An address on this server for a program that follows calendars. */
  public String webcal(String address) {
    return absolute(address).replaceFirst("^https?:", "webcal:");
  }

  /** The picture of previews: this one, or the place's when there is none. */
  public Preview preview(@Nullable String picture) {
    if (picture != null) return new Preview(picture, 0, 0, "");
    var own = place.banner();
    return own != null
        ? new Preview(own, 0, 0, place.name())
        : new Preview(asset("banner.png"), 1200, 630, place.name());
  }

  /**
   * Where a page shows a picture from: a page asks no other server for anything. Null when the
   * picture can only be linked to.
   */
  public @Nullable String picture(@Nullable String address) {
    if (address != null && !pictures.own(address) && pictures.withholds(address)) return null;
    var shown = pictures.proxy(address);
    return pictures.own(shown) ? shown : null;
  }

  /**
   * Words with their custom emoji as pictures.
   *
   * @param html safe HTML
   * @param emoji addresses by code; what cannot be shown stays a code
   */
  public String drawn(String html, Map<String, String> emoji) {
    if (emoji.isEmpty()) return html;
    Map<String, String> shown = new HashMap<>();
    emoji.forEach(
        (code, address) -> {
          var picture = picture(address);
          if (picture != null) shown.put(code, picture);
        });
    return Shortcodes.shown(html, shown);
  }

  /** A name, plain text, with its custom emoji as pictures: safe HTML. */
  public String named(String name, Map<String, String> emoji) {
    return drawn(Html.escape(name), emoji);
  }

  /** {@code aria-current} of a navigation link. */
  public @Nullable String current(String room) {
    var here = room.equals("/") ? path.equals("/") : path.startsWith(room);
    return here ? "page" : null;
  }
}
