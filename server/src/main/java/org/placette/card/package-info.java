/**
 * Previews of links: what a page says of itself, looked at once for all posts with the link.
 *
 * <p>Owns the tables {@code card} and {@code card_wanted}, and the column {@code post.card}. May
 * import the platform and {@code federation}; {@code post} tells it which link a post is about.
 */
@NullMarked
package org.placette.card;

import org.jspecify.annotations.NullMarked;
