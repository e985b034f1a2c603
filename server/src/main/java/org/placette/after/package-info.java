/**
 * After an event: the organiser thanks those who came, with pictures, and they say how it was.
 *
 * <p>Owns the tables {@code event_after} and {@code event_feedback}. May import {@code event},
 * {@code rsvp}, {@code post}, {@code media}, {@code actor} and the platform.
 */
@NullMarked
package org.placette.after;

import org.jspecify.annotations.NullMarked;
