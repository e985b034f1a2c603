/**
 * The village's own places: halls, squares, schools, with an address and a point on the map.
 *
 * <p>Owns the table {@code place}. May import {@code event}, {@code mastodon} for what apps call,
 * and the platform.
 */
@NullMarked
package org.placette.place;

import org.jspecify.annotations.NullMarked;
