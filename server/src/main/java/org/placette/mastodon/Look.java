package org.placette.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.actor.Urls;
import org.placette.web.Withheld;

/**
 * Addresses as entities show them: always absolute, never empty, and pictures of other servers
 * through this one, so that no app of a resident calls a third party.
 *
 * @param pictures gives the address here of a picture elsewhere
 * @param roles what the place calls a role, by its word
 * @param withheld of which servers no files are shown
 */
public record Look(
    Urls urls, UnaryOperator<String> pictures, UnaryOperator<String> roles, Withheld withheld) {

  private static final Set<String> AUTOMATIC = Set.of(Urls.AGENDA, Urls.RELAY);

  /** A picture, ours or another's; {@code otherwise}, a path here, when there is none. */
  String picture(@Nullable String url, String otherwise) {
    if (url == null || url.isBlank()) return urls.at(otherwise);
    if (urls.isOurs(url)) return url;
    return withheld.withholds(url) ? urls.at(otherwise) : pictures.apply(url);
  }

  /** Any file; ours as it is. */
  public String file(String url) {
    return urls.isOurs(url) ? url : pictures.apply(url);
  }

  String avatar(@Nullable String icon) {
    return picture(icon, "/static/icon.png");
  }

  String header(@Nullable String image) {
    return picture(image, "/static/banner.png");
  }

  /** Where people read about an actor. */
  String page(
      String type, String username, @Nullable String host, @Nullable String url, String uri) {
    if (host == null) return urls.at(Byline.of(type, username, null, null, null).path());
    return url == null || url.isBlank() ? uri : url;
  }

  static String acct(String username, @Nullable String host) {
    return host == null ? username : username + "@" + host;
  }

  /** True for what no person writes with. */
  static boolean bot(String type, String username, @Nullable String host) {
    if (type.equals("Application")) return true;
    // Associations and the town hall are Services here, written by people.
    return type.equals("Service") && (host != null || AUTOMATIC.contains(username));
  }

  /** A role as a badge says it: in the place's language, with a capital. */
  public String role(String word) {
    var name = roles.apply(word);
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** A hashtag's page here. */
  public String tag(String word) {
    return urls.at(
        "/tags/" + URLEncoder.encode(word.toLowerCase(Locale.ROOT), StandardCharsets.UTF_8));
  }

  /** The emoji among the tags of something. */
  List<Account.Emoji> emojis(JsonNode tags) {
    List<Account.Emoji> found = new ArrayList<>();
    for (var tag : tags) {
      if (!tag.path("type").asText().equals("Emoji") || !tag.hasNonNull("href")) continue;
      var code = tag.path("name").asText().replace(":", "");
      var picture = tag.path("href").asText();
      if (!urls.isOurs(picture) && withheld.withholds(picture)) continue;
      var url = file(picture);
      if (!code.isEmpty()) found.add(new Account.Emoji(code, url, url, false));
    }
    return found;
  }
}
