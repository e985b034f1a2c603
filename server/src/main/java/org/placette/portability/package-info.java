/**
 * What is one's own and goes where one goes: an archive of everything, lists as CSV in and out,
 * moving an account here and away, and the end of an account. Owns the tables {@code export} and
 * {@code import_line}. May import the features whose things it carries, and the platform.
 */
@NullMarked
package org.placette.portability;

import org.jspecify.annotations.NullMarked;
