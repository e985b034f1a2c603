/**
 * Posts that wait for their hour, and what apps call about them.
 *
 * <p>Owns the table {@code scheduled_post} and reads {@code unsent}, where those of the browser
 * wait. May import {@code post}, {@code unsent}, {@code actor}, {@code mastodon} and the platform;
 * {@code post} knows it as {@link org.placette.post.Later}.
 */
@NullMarked
package org.placette.schedule;

import org.jspecify.annotations.NullMarked;
