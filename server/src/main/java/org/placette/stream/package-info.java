/**
 * What happens, as it happens, for apps that listen (methods/streaming): by WebSocket, or as
 * server-sent events. Every process hears of what any process commits through {@link
 * org.placette.db.Signals} and asks the database who of its own listeners may see it, in a few
 * queries however many there are. Owns no table. May import {@code mastodon}, {@code notification},
 * {@code oauth} and the platform; only the wiring imports it.
 */
@NullMarked
package org.placette.stream;

import org.jspecify.annotations.NullMarked;
