/**
 * The neighbourhood as a whole: its name and motto, NodeInfo, the servers it follows and that
 * follow it. Owns the tables {@code setting} and {@code neighbour}. May import {@code actor},
 * {@code audit}, {@code follow}, {@code inbox}, {@code outbox} and the platform.
 */
@NullMarked
package org.placette.instance;

import org.jspecify.annotations.NullMarked;
