/**
 * What people began to write in the browser and have not sent: kept for them alone. Owns the table
 * {@code unsent}. May import {@code actor}, {@code media} and the platform.
 */
@NullMarked
package org.placette.unsent;

import org.jspecify.annotations.NullMarked;
