package org.placette.place;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;

/**
 * The village's places for the apps that know events; what they send back is {@code location_id}.
 */
public final class PlaceApi implements Api.Calls {

  private final Places places;
  private final String origin;

  /**
   * @param origin {@code scheme://host} of this server
   */
  public PlaceApi(Places places, String origin) {
    this.places = places;
    this.origin = origin;
  }

  @Override
  public void into(Api api) {
    api.get("/api/v1/pleroma/search/location", Access.person("read:search"), this::search);
  }

  /**
   * A point as PostGIS writes it.
   *
   * @param coordinates longitude, then latitude
   */
  record Point(List<Double> coordinates, int srid) {}

  /** A place in Rebased's words (its schema LocationResult). */
  record Found(
      String url,
      String description,
      @Nullable Point geom,
      @Nullable String country,
      @Nullable String locality,
      @Nullable String region,
      @Nullable String postalCode,
      @Nullable String street,
      String originId,
      String originProvider,
      String type,
      @Nullable String timezone) {}

  private List<Found> search(Call call) {
    var words = Objects.requireNonNullElse(call.params().filled("q"), "");
    if (words.isEmpty()) words = Objects.requireNonNullElse(call.params().filled("locality"), "");
    return places.search(words).stream().map(this::found).toList();
  }

  private Found found(VillagePlace place) {
    var at = place.at();
    var longitude = at.longitude();
    var latitude = at.latitude();
    var point =
        longitude == null || latitude == null
            ? null
            : new Point(List.of(longitude, latitude), 4326);
    return new Found(
        origin + place.path(),
        place.name(),
        point,
        at.country(),
        at.locality(),
        at.region(),
        at.postalCode(),
        at.street(),
        String.valueOf(place.id()),
        "placette",
        "house",
        null);
  }
}
