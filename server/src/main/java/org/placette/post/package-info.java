/**
 * Everything that is published: notes, articles, pages, questions, and the text side of events;
 * replies, Like, Announce and featured; where remote ones are fetched from and what is refused.
 *
 * <p>Owns the tables {@code post}, {@code mention}, {@code post_tag}, {@code post_like}, {@code
 * announce}, {@code featured}, {@code tombstone}, {@code post_revision}, {@code bookmark}, {@code
 * thread_mute}, {@code once}, {@code scheduled_post}, {@code card} and {@code card_wanted}. May
 * import {@code actor}, {@code inbox}, {@code outbox}, {@code feed}, {@code notification}, {@code
 * media}, the platform and, for what apps call, {@code mastodon}; never {@code event}, which
 * extends it through {@link org.placette.post.Side}.
 */
@NullMarked
package org.placette.post;

import org.jspecify.annotations.NullMarked;
