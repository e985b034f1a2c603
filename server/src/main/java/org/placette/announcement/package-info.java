/**
 * The village's notices, as apps show them. Owns the tables {@code announcement}, {@code
 * announcement_read} and {@code announcement_reaction}. May import {@code mastodon} (in {@code
 * *Api}), {@code user} and the platform.
 */
@NullMarked
package org.placette.announcement;

import org.jspecify.annotations.NullMarked;
