/**
 * Calendars of others, as a file or at an address that is asked again and again. What they announce
 * is shown in the agenda with its source and never published as ours, unless an animator says so.
 *
 * <p>Owns the tables {@code import_source} and {@code imported_event}. May import {@code event},
 * {@code place}, {@code actor} and the platform.
 */
@NullMarked
package org.placette.imports;

import org.jspecify.annotations.NullMarked;
