/**
 * Who follows whom, the answers to it, and what becomes of it when an actor changes, moves or goes.
 * Owns the tables {@code follow}, {@code actor_note}, {@code endorsement} and {@code
 * suggestion_dismissed}. May import {@code actor}, {@code inbox}, {@code outbox}, {@code feed},
 * {@code media}, {@code notification} and the platform.
 */
@NullMarked
package org.placette.follow;

import org.jspecify.annotations.NullMarked;
