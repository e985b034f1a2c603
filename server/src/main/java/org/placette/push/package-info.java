/**
 * Web Push: where apps want to be woken, this server's key, how a push is encrypted, and the worker
 * that sends what waits.
 *
 * <p>Owns the tables {@code push_subscription} and {@code push_delivery}; what is to be sent is
 * queued by {@code notification}, in the statement that tells of it. May import {@code
 * notification}, {@code actor}, {@code mastodon} and the platform.
 */
@NullMarked
package org.placette.push;

import org.jspecify.annotations.NullMarked;
