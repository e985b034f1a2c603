package org.placette.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.WebUrl;

/**
 * Who wrote a page, as the page itself says: a name, an address, and a handle of the fediverse
 * ({@code fediverse:creator}, Mastodon 4.3). The handle counts only when its account allows the
 * page's site to name it, for anybody can write any handle into a page.
 */
final class PageAuthor {

  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_NAME = 300;
  private static final Pattern HANDLE =
      Pattern.compile("@?([A-Za-z0-9_.-]{1,64}@[A-Za-z0-9.-]{1,253}(?::\\d{1,5})?)");

  private PageAuthor() {}

  /** Writes them into a card; leaves out what is missing or no use. */
  static void into(ObjectNode card, Document page, URI url, Creators creators) {
    var creator = creator(page, url, creators);
    var name = name(page);
    if (name.isEmpty() && creator != null) name = Cards.cut(creator.name(), LONGEST_NAME);
    card.put("author", name);
    var address = creator == null ? address(page) : creator.url();
    if (address != null) card.put("authorUrl", address);
    if (creator != null) card.put("creator", creator.actor());
  }

  private static Creators.@Nullable Creator creator(Document page, URI url, Creators creators) {
    var handle = HANDLE.matcher(Cards.meta(page, "fediverse:creator"));
    var host = url.getHost();
    if (host == null || !handle.matches()) return null;
    return creators.find(handle.group(1), host.toLowerCase(Locale.ROOT));
  }

  /** Open Graph gives the address of the author's profile where others give a name. */
  private static String name(Document page) {
    for (var key : new String[] {"author", "article:author"}) {
      var said = Cards.meta(page, key);
      if (!said.isEmpty() && !said.matches("(?i)https?:.*")) return Cards.cut(said, LONGEST_NAME);
    }
    return "";
  }

  private static @Nullable String address(Document page) {
    var linked = page.select("link[rel=author], a[rel=author]").attr("abs:href");
    for (var said : new String[] {linked, Cards.meta(page, "article:author")}) {
      var url = said.length() > LONGEST_URL ? null : WebUrl.parseOrNull(said);
      if (url != null) return url.toString();
    }
    return null;
  }
}
