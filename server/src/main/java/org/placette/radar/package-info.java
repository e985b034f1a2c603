/**
 * What happens at the same time: clashes for whoever plans, on the form and for programs. Reads
 * events of this place, of those it follows, and of imported calendars.
 *
 * <p>Owns no table. May import {@code event}, {@code series}, {@code mastodon} and the platform.
 */
@NullMarked
package org.placette.radar;

import org.jspecify.annotations.NullMarked;
