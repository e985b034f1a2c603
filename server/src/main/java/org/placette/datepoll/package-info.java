/**
 * Finding a date together: an organiser proposes some, people say yes, if need be or no to each,
 * and one becomes the event. Elsewhere and in apps it is a plain poll, whose votes are a yes.
 *
 * <p>Owns the tables {@code date_poll}, {@code date_poll_slot} and {@code date_poll_answer}. May
 * import {@code post}, {@code poll}, {@code event}, {@code rsvp}, {@code notification}, {@code
 * actor} and the platform.
 */
@NullMarked
package org.placette.datepoll;

import org.jspecify.annotations.NullMarked;
