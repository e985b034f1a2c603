package org.placette.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.fetch.FetchResponse;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.WebUrl;
import org.placette.text.Html;

/**
 * Previews of the first link of a post: what its page says of itself (Open Graph, or title and
 * description). Looked at some seconds after the post came, once for all posts with the link.
 * Whatever fails leaves the post without a preview.
 */
public final class Cards {

  private static final int TITLE = 300;
  private static final int LINE = 600;
  private static final int LONGEST_URL = 2_000;

  private static final Pattern LINK = Pattern.compile("<a ([^>]*)>");
  private static final Pattern HREF = Pattern.compile("href=\"(https?://[^\"]+)\"");

  private final Db db;
  private final GuardedHttp http;
  private final Predicate<String> ours;
  private final Function<String, @Nullable JsonNode> own;
  private final Creators creators;

  /**
   * @param ours whether an address is of this server
   * @param own what is shown of such an address, as {@code post.card} holds it; null for nothing
   * @param creators whom pages may name as their authors
   */
  public Cards(
      Db db,
      GuardedHttp http,
      Predicate<String> ours,
      Function<String, @Nullable JsonNode> own,
      Creators creators) {
    this.creators = creators;
    this.ours = ours;
    this.own = own;
    this.db = db;
    this.http = http;
  }

  /** The first link of clean HTML that is no mention and no hashtag. */
  public static @Nullable String first(String html) {
    var links = LINK.matcher(html);
    while (links.find()) {
      var attributes = links.group(1);
      if (attributes.contains("mention") || attributes.contains("hashtag")) continue;
      var href = HREF.matcher(attributes);
      if (!href.find()) continue;
      var url = href.group(1).replace("&amp;", "&");
      return url.length() > LONGEST_URL ? null : url;
    }
    return null;
  }

  /**
   * Looks at one link that is due.
   *
   * @return how many there were: 0 or 1
   */
  public int look() {
    var url = CardStore.take(db);
    if (url == null) return 0;
    if (ours.test(url)) CardStore.keep(db, url, own.apply(url));
    else if (!CardStore.known(db, url)) CardStore.keep(db, url, fetch(url));
    db.transact(tx -> CardStore.show(tx, url));
    return 1;
  }

  private @Nullable JsonNode fetch(String url) {
    try {
      var answer =
          http.get(WebUrl.parse(url), Map.of("Accept", "text/html, application/xhtml+xml"))
              .successful();
      return read(url, answer);
    } catch (FetchProblem | IOException e) {
      return null;
    }
  }

  private @Nullable JsonNode read(String url, FetchResponse answer) throws IOException {
    var header = answer.header("content-type");
    var type = header == null ? "" : header.toLowerCase(java.util.Locale.ROOT);
    if (!type.startsWith("text/html") && !type.startsWith("application/xhtml")) return null;
    var charset = type.contains("charset=") ? charset(type) : null;
    var page =
        Jsoup.parse(new ByteArrayInputStream(answer.body()), charset, answer.url().toString());
    var title = meta(page, "og:title", "twitter:title");
    if (title.isEmpty()) title = page.title();
    if (title.isBlank()) return null;
    var line = meta(page, "og:description", "description", "twitter:description");
    var provider = meta(page, "og:site_name", "application-name");
    var card = JsonNodeFactory.instance.objectNode().put("url", url);
    card.put("title", cut(title, TITLE)).put("description", cut(line, LINE));
    card.put("provider", provider.isEmpty() ? host(answer.url()) : cut(provider, TITLE));
    PageAuthor.into(card, page, answer.url(), creators);
    card.put("language", cut(page.select("html").attr("lang"), 10));
    picture(page, card);
    return card;
  }

  private static void picture(Document page, com.fasterxml.jackson.databind.node.ObjectNode card) {
    var image = meta(page, "og:image:secure_url", "og:image", "twitter:image");
    if (image.isEmpty()) return;
    try {
      var url = WebUrl.parseOrNull(URI.create(page.location()).resolve(image).toString());
      if (url == null || url.toString().length() > LONGEST_URL) return;
      card.put("image", url.toString());
      card.put("width", number(meta(page, "og:image:width")));
      card.put("height", number(meta(page, "og:image:height")));
      card.put("imageDescription", cut(meta(page, "og:image:alt"), LINE));
    } catch (IllegalArgumentException e) {
      return;
    }
  }

  private static int number(String text) {
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
  }

  private static @Nullable String charset(String type) {
    var name = type.substring(type.indexOf("charset=") + 8).replaceAll("[\"';\\s].*|\"", "");
    try {
      return java.nio.charset.Charset.isSupported(name) ? name : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String host(URI url) {
    return url.getHost() == null ? "" : url.getHost();
  }

  static String meta(Document page, String... names) {
    for (var name : names) {
      var found =
          page.select("meta[property=" + quoted(name) + "], meta[name=" + quoted(name) + "]");
      var content = found.attr("content").strip();
      if (!content.isEmpty()) return content;
    }
    return "";
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }

  static String cut(String text, int length) {
    var plain = Html.text(Html.escape(text)).replace('\n', ' ').strip();
    if (plain.length() <= length) return plain;
    var end = Character.isHighSurrogate(plain.charAt(length - 1)) ? length - 1 : length;
    return plain.substring(0, end);
  }
}
