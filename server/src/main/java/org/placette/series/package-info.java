/**
 * Events that repeat. A series is a template of this server alone; each occurrence is a whole event
 * with its own id, published some weeks ahead, so that every other server understands it.
 *
 * <p>Owns the tables {@code series} and {@code series_occurrence}. May import {@code event}, {@code
 * actor} and the platform.
 */
@NullMarked
package org.placette.series;

import org.jspecify.annotations.NullMarked;
