package org.placette.card;

import org.jspecify.annotations.Nullable;

/** Finds whom a page names as its author, with their consent. */
@FunctionalInterface
public interface Creators {

  /**
   * Who is known by a handle.
   *
   * @param actor the number of their account here
   * @param url of their page
   */
  record Creator(long actor, String name, String url) {}

  /**
   * Looks somebody up, over the network if need be.
   *
   * @param handle {@code name@host}, as the page gives it
   * @param site the host of the page, lower case
   * @return null when nobody is found, or who is found does not let the site name them
   */
  @Nullable Creator find(String handle, String site);
}
