package org.placette.agenda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.placette.agenda.AgendaStore.Entry;
import org.placette.text.Degrees;
import org.placette.web.Pages;
import org.placette.web.View;

/**
 * The agenda as a map; the list below it says the same.
 *
 * @param points what is drawn, JSON that may stand in a page
 * @param placed how many events are drawn
 * @param tiles the address of a background; empty for none
 * @param source whom to thank for it
 */
public record MapView(String points, int placed, String tiles, String source) {

  /** An address with its three numbers, as the admin gives it. */
  private static final String TILES = "https://[a-z0-9.:-]+/[^\\s{}]*\\{z}[^\\s]*";

  private static boolean isTiles(String address) {
    return address.matches(TILES) && address.contains("{x}") && address.contains("{y}");
  }

  /**
   * What is drawn.
   *
   * @param entries each with its point
   * @param words a word of the instance, or what to take instead
   */
  static MapView of(
      RoutingContext ctx, View view, List<Entry> entries, BinaryOperator<String> words) {
    var points = JsonNodeFactory.instance.arrayNode();
    for (var one : entries) {
      var card = one.card();
      points
          .addObject()
          .put("path", card.path())
          .put("name", card.name())
          .put("when", view.capital(view.range(card.start(), null)))
          .put("place", card.place())
          .put("own", card.host() == null)
          .put("lat", Degrees.rounded(one.latitude()))
          .put("lon", Degrees.rounded(one.longitude()));
    }
    var tiles = words.apply("instance.tiles", "");
    var origin = isTiles(tiles) ? origin(tiles) : null;
    if (origin != null) Pages.picturesFrom(ctx, origin);
    var json = points.toString().replace("<", "\\u003c").replace("&", "\\u0026");
    return new MapView(
        json, points.size(), origin == null ? "" : tiles, words.apply("instance.tilesSource", ""));
  }

  private static @Nullable String origin(String tiles) {
    try {
      var uri = URI.create(tiles.replaceAll("[{}]", ""));
      return "https://" + uri.getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
