package org.placette.post;

import java.util.List;

/**
 * Whom a post is for, beyond its author's followers.
 *
 * @param groups uris that may be the Group it is posted to, the likeliest first
 * @param mentioned uris of the actors that it mentions or addresses by name
 */
public record Addressing(Visibility visibility, List<String> groups, List<String> mentioned) {

  /** To everybody and to nobody by name. */
  public static final Addressing EVERYBODY =
      new Addressing(Visibility.PUBLIC, List.of(), List.of());

  public Addressing {
    groups = List.copyOf(groups);
    mentioned = List.copyOf(mentioned);
  }
}
