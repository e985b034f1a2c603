/**
 * Votes in polls: of residents in pages and apps, of others through the inbox; the totals and ends
 * that fall due. The question itself is part of its post: {@link org.placette.post.Poll}.
 *
 * <p>Owns the tables {@code poll_vote} and {@code poll_task}, and writes the totals in {@code
 * post.poll}. May import {@code post}, {@code actor}, {@code inbox}, {@code outbox}, {@code
 * notification}, {@code mastodon} and the platform; never {@code event} or {@code rsvp}, which take
 * votes as answers through {@link org.placette.poll.Polls.Answers}.
 */
@NullMarked
package org.placette.poll;

import org.jspecify.annotations.NullMarked;
