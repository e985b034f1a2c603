package org.placette.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.text.Degrees;

/**
 * Where an event is (Activity Vocabulary, Place, with a schema.org PostalAddress).
 *
 * @param uri the place's own id, if a remote server gave one
 * @param latitude degrees north
 * @param longitude degrees east
 */
public record Place(
    @Nullable String uri,
    @Nullable String name,
    @Nullable String street,
    @Nullable String postalCode,
    @Nullable String locality,
    @Nullable String region,
    @Nullable String country,
    @Nullable Double latitude,
    @Nullable Double longitude) {

  public Place {
    latitude = Degrees.rounded(latitude);
    longitude = Degrees.rounded(longitude);
  }

  /** A place known by its name alone. */
  public static Place named(String name) {
    return new Place(null, name, null, null, null, null, null, null, null);
  }

  /** Name, street, town: what is known of them, without saying anything twice. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (var part : new @Nullable String[] {name, street, town()})
      if (part != null && !part.isBlank() && !lines.contains(part)) lines.add(part);
    return lines;
  }

  private @Nullable String town() {
    if (locality == null) return postalCode;
    return postalCode == null ? locality : postalCode + " " + locality;
  }
}
