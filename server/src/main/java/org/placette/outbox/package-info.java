/**
 * How an activity goes out: stored with one delivery per host inbox in the caller's transaction,
 * then signed and sent by workers, in order per host and object, with backoff. Owns the tables
 * {@code activity}, {@code delivery} and {@code peer}.
 */
@NullMarked
package org.placette.outbox;

import org.jspecify.annotations.NullMarked;
