/**
 * The read side: what lists of events and posts show on the home page, on the pages of actors and
 * of tags, and to one who is signed in. Owns the table {@code marker} and reads many; may import
 * every feature, and only {@code Main} imports it.
 */
@NullMarked
package org.placette.timeline;

import org.jspecify.annotations.NullMarked;
