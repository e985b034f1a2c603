/**
 * Events: when, where, who may come, and how each kind of server is told of them. The text of an
 * event is a post; this feature keeps the rest beside it.
 *
 * <p>Owns the table {@code event}. May import {@code post}, {@code actor}, {@code inbox}, {@code
 * outbox}, {@code media}, {@code audience}, the platform and, for what apps call, {@code mastodon};
 * never {@code rsvp}, which answers events.
 */
@NullMarked
package org.placette.event;

import org.jspecify.annotations.NullMarked;
