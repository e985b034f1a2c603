/**
 * Finding people, posts and hashtags, and what the neighbourhood talks about these days. Owns no
 * table; the indexes are those of {@code V0420} and {@code V0731}. May import {@code mastodon},
 * {@code actor}, {@code audience}, {@code document}, {@code post}, {@code tag} and the platform.
 */
@NullMarked
package org.placette.search;

import org.jspecify.annotations.NullMarked;
