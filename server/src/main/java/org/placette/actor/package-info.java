/**
 * Who acts: local actors with their keys, remote actors as last seen, WebFinger, and the actor's
 * own pages and collections. Owns the tables {@code actor}, {@code actor_key} and {@code
 * actor_count}, which the database keeps itself.
 */
@NullMarked
package org.placette.actor;

import org.jspecify.annotations.NullMarked;
