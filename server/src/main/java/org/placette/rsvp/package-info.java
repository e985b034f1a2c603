/**
 * Answers to events. Five doors lead into one room: a vote in the event's poll, the activities of
 * Mobilizon (Join, Leave) and of Friendica and gathio (Accept, TentativeAccept, Reject of the
 * event), the form, links in e-mails, the API. All of them enter {@link org.placette.rsvp.Rsvps}:
 * one row per event and attendee, capacity under a row lock, a waiting list that moves up by
 * itself.
 *
 * <p>Owns the tables {@code rsvp}, {@code event_news}, {@code event_notice}, {@code event_gone} and
 * {@code reminder}. May import {@code event}, {@code post}, {@code actor}, {@code inbox}, {@code
 * outbox}, {@code audience}, {@code moderation}, {@code notification}, {@code mail}, {@code
 * mastodon} and the platform.
 */
@NullMarked
package org.placette.rsvp;

import org.jspecify.annotations.NullMarked;
