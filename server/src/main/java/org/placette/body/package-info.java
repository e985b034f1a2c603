/**
 * Associations and the town hall: Service actors that have no password, and the residents who speak
 * for them. Owns the table {@code speaker}. May import {@code actor}, {@code audit}, {@code role}
 * and the platform.
 */
@NullMarked
package org.placette.body;

import org.jspecify.annotations.NullMarked;
