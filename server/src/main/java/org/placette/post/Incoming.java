package org.placette.post;

import org.jspecify.annotations.Nullable;

/**
 * A remote object that was read and found authentic, and is not stored yet.
 *
 * @param part what another feature keeps of it, or null
 */
record Incoming(Draft draft, Side.@Nullable Part part) {}
