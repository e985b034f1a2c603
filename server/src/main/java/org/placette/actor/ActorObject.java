package org.placette.actor;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.placette.db.Ids;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.fetch.WebUrl;
import org.placette.federation.vocab.AsObject;
import org.placette.text.Html;

/** Reads the actors of other servers, in the many shapes in which they are published. */
final class ActorObject {

  private static final Set<String> TYPES =
      Set.of("Person", "Service", "Group", "Application", "Organization");

  // No field of a stranger is longer than this, in characters.
  private static final int LONGEST_URL = 2_048;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_USERNAME = 128;
  private static final int LONGEST_SUMMARY = 20_000;
  private static final int LONGEST_FIELD = 2_000;
  private static final int MOST_FIELDS = 16;
  private static final int MOST_ALIASES = 16;
  private static final int MOST_EMOJI = 40;
  private static final int MOST_SITES = 100;
  private static final Pattern SITE = Pattern.compile("[^\\s:/@]+\\.[^\\s:/@.]+");

  private ActorObject() {}

  /**
   * An actor from its own document. The id must already be proven; everything else is cut to size,
   * cleaned, or left out when it is of a foreign shape.
   *
   * @throws FetchProblem WRONG_TYPE, saying what is missing, when it is no actor, has no name or no
   *     inbox that this server could deliver to
   */
  static Actor read(AsObject document, Urls urls) {
    var id = Objects.requireNonNullElse(document.id(), "");
    var home = WebUrl.parseOrNull(id);
    if (home == null || id.length() > LONGEST_URL || urls.isOurs(id)) throw no(id, "no foreign id");
    var type = document.types().stream().filter(TYPES::contains).findFirst().orElse(null);
    if (type == null) throw no(id, "type " + cut(document.type(), 40));
    var inbox = http(document.ref("inbox"));
    if (inbox == null || urls.isOurs(inbox)) throw no(id, "no inbox");
    var username = username(document, home);
    if (username == null) throw no(id, "no preferredUsername");
    return new Actor(
        Ids.next(),
        id,
        type,
        username,
        home.getRawAuthority(),
        line(document.text("name"), LONGEST_NAME),
        html(document.text("summary"), LONGEST_SUMMARY),
        url(document),
        inbox,
        sharedInbox(document, inbox, urls),
        onOrigin(document.ref("outbox"), id),
        onOrigin(document.ref("followers"), id),
        onOrigin(document.ref("following"), id),
        onOrigin(document.ref("featured"), id),
        onOrigin(document.ref("upcomingEvents"), id),
        picture(document, "icon"),
        picture(document, "image"),
        fields(document),
        emoji(document),
        document.flag("manuallyApprovesFollowers", false),
        document.flag("discoverable", true),
        document.flag("indexable", false),
        false,
        false,
        document.refs("alsoKnownAs").stream()
            .filter(alias -> http(alias) != null)
            .limit(MOST_ALIASES)
            .toList(),
        http(document.ref("movedTo")),
        published(document),
        Instant.now().truncatedTo(ChronoUnit.MICROS),
        false,
        false,
        sites(document));
  }

  /** The sites that may name it as the author of their pages, as Mastodon has it. */
  private static List<String> sites(AsObject document) {
    return document.refs("attributionDomains").stream()
        .map(site -> site.toLowerCase(Locale.ROOT))
        .filter(site -> site.length() <= 253 && SITE.matcher(site).matches())
        .distinct()
        .limit(MOST_SITES)
        .toList();
  }

  private static FetchProblem no(String id, String why) {
    return new FetchProblem(Reason.WRONG_TYPE, "no actor (" + why + "): " + cut(id, 200));
  }

  /** Some instance actors have no name of their own: then the host is their name. */
  private static @Nullable String username(AsObject document, URI home) {
    var name = line(document.text("preferredUsername"), LONGEST_USERNAME);
    if (name != null) return name.matches("[^\\s@/?#:<>\"]+") ? name : null;
    return document.is("Application", "Service") ? home.getHost() : null;
  }

  /** Only on the inbox's own origin, or a stranger could aim our deliveries at somebody. */
  private static @Nullable String sharedInbox(AsObject document, String inbox, Urls urls) {
    var endpoints = document.object("endpoints");
    var found = endpoints == null ? null : endpoints.ref("sharedInbox");
    if (found == null) found = document.ref("sharedInbox");
    return AsObject.sameOrigin(found, inbox) && !urls.isOurs(found) ? http(found) : null;
  }

  private static @Nullable String onOrigin(@Nullable String url, String id) {
    return AsObject.sameOrigin(url, id) ? http(url) : null;
  }

  private static @Nullable String url(AsObject document) {
    return document.refs("url").stream()
        .filter(url -> http(url) != null)
        .findFirst()
        .orElse(document.id());
  }

  /** A string, an Image or Link, or an array of these; an Image's url may be an array again. */
  private static @Nullable String picture(AsObject document, String key) {
    return Stream.concat(
            document.objects(key).stream()
                .flatMap(
                    image ->
                        Stream.concat(image.refs("url").stream(), image.refs("href").stream())),
            document.texts(key).stream())
        .filter(url -> http(url) != null)
        .findFirst()
        .orElse(null);
  }

  private static List<ActorField> fields(AsObject document) {
    List<ActorField> fields = new ArrayList<>();
    for (var entry : document.objects("attachment")) {
      if (!entry.is("PropertyValue") || fields.size() == MOST_FIELDS) continue;
      var name = line(scalar(entry.raw("name")), LONGEST_NAME);
      var value = html(scalar(entry.raw("value")), LONGEST_FIELD);
      if (name != null && value != null) fields.add(new ActorField(name, value));
    }
    return List.copyOf(fields);
  }

  private static List<ActorEmoji> emoji(AsObject document) {
    List<ActorEmoji> all = new ArrayList<>();
    for (var tag : document.objects("tag")) {
      if (!tag.is("Emoji") || all.size() == MOST_EMOJI) continue;
      var name = scalar(tag.raw("name"));
      var url = picture(tag, "icon");
      if (name != null && url != null && name.matches(":?[\\w.+-]{1,64}:?"))
        all.add(new ActorEmoji(":" + name.replace(":", "") + ":", url));
    }
    return List.copyOf(all);
  }

  private static @Nullable String scalar(@Nullable JsonNode value) {
    return value != null && value.isValueNode() ? value.asText() : null;
  }

  private static Instant published(AsObject document) {
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    var claimed = document.time("published");
    return claimed == null || claimed.isAfter(now) ? now : claimed;
  }

  private static @Nullable String http(@Nullable String url) {
    return url == null || url.length() > LONGEST_URL || WebUrl.parseOrNull(url) == null
        ? null
        : url;
  }

  /** One line of plain text without control characters and without marks that turn it around. */
  private static @Nullable String line(@Nullable String text, int longest) {
    if (text == null) return null;
    var plain =
        cut(text, longest).replaceAll("[\\p{Cntrl}\\u202A-\\u202E\\u2066-\\u2069]", " ").strip();
    return plain.isEmpty() ? null : plain;
  }

  private static @Nullable String html(@Nullable String html, int longest) {
    if (html == null) return null;
    return Html.clean(cut(html, longest));
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) return text;
    var end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end);
  }
}
