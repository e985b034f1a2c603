package org.placette.card;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.WebUrl;

/**
 * What a page shows of a link, as {@code post.card} holds it.
 *
 * @param url of the page, http or https
 * @param description what the page says of itself; may be empty
 * @param provider the name of its site or its host
 * @param image the address of its picture elsewhere; null for none
 */
public record LinkCard(
    String url, String title, String description, String provider, @Nullable String image) {

  /** Reads the column; null when there is no card in it. */
  public static @Nullable LinkCard of(@Nullable JsonObject card) {
    if (card == null) return null;
    var url = WebUrl.parseOrNull(card.getString("url", ""));
    var title = card.getString("title", "");
    if (url == null || title.isBlank()) return null;
    return new LinkCard(
        url.toString(),
        title,
        card.getString("description", ""),
        card.getString("provider", ""),
        card.getString("image"));
  }
}
