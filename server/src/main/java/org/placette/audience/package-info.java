/**
 * Who may read a post: the one place that says so, used by pages, ActivityStreams, the client API,
 * feeds, search and streams alike. Owns no table; reads {@code post}, {@code mention}, {@code
 * follow}, {@code account}, {@code block} and {@code neighbour}. May import the platform alone.
 */
@NullMarked
package org.placette.audience;

import org.jspecify.annotations.NullMarked;
