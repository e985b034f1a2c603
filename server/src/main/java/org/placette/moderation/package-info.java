/**
 * Whom this server and its residents want nothing from: blocked domains, blocks between actors,
 * mutes. Owns the tables {@code domain_block}, {@code block}, {@code mute} and {@code host_mute}.
 * May import {@code actor}, {@code audience}, {@code follow}, {@code inbox}, {@code outbox} and the
 * platform, and in {@code *Api} the entities.
 */
@NullMarked
package org.placette.moderation;

import org.jspecify.annotations.NullMarked;
