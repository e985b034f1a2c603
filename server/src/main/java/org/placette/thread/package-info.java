/**
 * Discussions: what begins in a Group, as one tree with what hangs on the whole of it. Who may
 * still answer and how often, which answer is the official one, in which Group it stands, how far
 * each resident has read. The posts themselves are {@code post}'s; who cares for a Group is {@code
 * group}'s matter.
 *
 * <p>Owns the tables {@code topic} (written by triggers of {@code post} too) and {@code
 * topic_read}. May import {@code actor}, {@code audience}, {@code group}, {@code mastodon}, {@code
 * post} and the platform.
 */
@NullMarked
package org.placette.thread;

import org.jspecify.annotations.NullMarked;
