/**
 * Whom this server and its residents want nothing from: blocked domains, blocks between actors,
 * reports. Knows posts by id only. Owns the tables {@code domain_block}, {@code block} and {@code
 * report}. May import {@code actor}, {@code follow}, {@code inbox}, {@code outbox} and the
 * platform.
 */
@NullMarked
package org.placette.moderation;

import org.jspecify.annotations.NullMarked;
