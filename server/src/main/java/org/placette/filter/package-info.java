/**
 * What residents do not want to read: words and posts, found on the server for every status that
 * their apps are sent. Owns the tables {@code filter}, {@code filter_keyword} and {@code
 * filter_status}. May import {@code mastodon} and the platform.
 */
@NullMarked
package org.placette.filter;

import org.jspecify.annotations.NullMarked;
