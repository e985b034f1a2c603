/**
 * Calendars and feeds for machines: iCalendar (RFC 5545), RSS and Atom, of the village, its actors,
 * tags, places, of one event and of a series; and each person's own calendar under a secret
 * address.
 *
 * <p>Owns the table {@code calendar_link}. May import {@code event}, {@code post}, {@code actor}
 * and the platform.
 */
@NullMarked
package org.placette.calendar;

import org.jspecify.annotations.NullMarked;
