/**
 * Events that repeat. A series is a template of this server alone; each occurrence is a whole event
 * with its own id, published some weeks ahead, so that every other server understands it.
 *
 * <p>Owns the tables {@code series}, {@code series_occurrence}, {@code series_attendee} and {@code
 * series_guest}. May import {@code event}, {@code rsvp}, {@code actor}, {@code audience}, {@code
 * mastodon} and the platform.
 */
@NullMarked
package org.placette.series;

import org.jspecify.annotations.NullMarked;
