package org.placette.place;

import org.placette.event.Place;

/**
 * One of the village's places.
 *
 * @param at its name, address and point
 * @param note what one should know, plain text
 */
public record VillagePlace(long id, Place at, String note) {

  public String name() {
    return at.name() == null ? "" : at.name();
  }

  public String path() {
    return "/places/" + id;
  }
}
