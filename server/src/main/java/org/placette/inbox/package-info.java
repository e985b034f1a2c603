/**
 * How an activity comes in: verified and stored before it is answered with 202, then dispatched by
 * type to the features' handlers, each in one transaction with its effects. Owns the tables {@code
 * inbox} and {@code inbox_seen}. Knows no feature but {@code actor}; features implement {@link
 * org.placette.inbox.ActivityHandler} and Main hands them in.
 */
@NullMarked
package org.placette.inbox;

import org.jspecify.annotations.NullMarked;
