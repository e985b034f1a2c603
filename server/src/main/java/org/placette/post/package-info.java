/**
 * Everything that is published: notes, articles, pages, questions, and the text side of events;
 * replies, Like, Announce and featured; where remote ones are fetched from and what is refused.
 *
 * <p>Owns the tables {@code post}, {@code mention}, {@code post_tag}, {@code post_like}, {@code
 * announce}, {@code featured}, {@code tombstone}, {@code post_revision}, {@code bookmark}, {@code
 * thread_mute} and {@code once}. May import {@code actor}, {@code inbox}, {@code outbox}, {@code
 * feed}, {@code notification}, {@code media}, {@code card}, the platform and, for what apps call,
 * {@code mastodon}; never {@code event}, {@code poll} or {@code schedule}, which extend it through
 * {@link org.placette.post.Side}, {@link org.placette.post.Ballots} and {@link
 * org.placette.post.Later}.
 */
@NullMarked
package org.placette.post;

import org.jspecify.annotations.NullMarked;
