/**
 * The agenda: what happens here, at the neighbours' and in imported calendars, as a list, a week or
 * a month; the same thing told by several is one card.
 *
 * <p>Owns the table {@code apart}. May import {@code event}, {@code place}, {@code audience} and
 * the platform.
 */
@NullMarked
package org.placette.agenda;

import org.jspecify.annotations.NullMarked;
