/**
 * The custom emoji of this place: small pictures that stand for a code between colons. Owns the
 * table {@code emoji}. May import {@code media}, {@code actor}, {@code audit}, {@code mastodon} (in
 * {@code *Api}) and the platform.
 */
@NullMarked
package org.placette.emoji;

import org.jspecify.annotations.NullMarked;
