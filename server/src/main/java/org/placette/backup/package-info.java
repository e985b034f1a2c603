/**
 * Backups: everything in one file, written and read as a stream, for the commands and for the
 * pages. Owns the row {@code backup.last} of the table {@code setting}. Imports {@code config} and
 * {@code db} alone.
 */
@NullMarked
package org.placette.backup;

import org.jspecify.annotations.NullMarked;
