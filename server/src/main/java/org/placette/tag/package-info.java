/**
 * Hashtags: following them, showing them on a profile. Owns the table {@code featured_tag}; writes
 * {@code tag_follow}, which belongs to {@code feed}. May import {@code mastodon} (in {@code *Api})
 * and the platform.
 */
@NullMarked
package org.placette.tag;

import org.jspecify.annotations.NullMarked;
