/**
 * Lists of people that residents make to read them apart. Owns the tables {@code list} and {@code
 * list_member}. May import {@code mastodon} (in {@code *Api}) and the platform; the timelines read
 * the tables.
 */
@NullMarked
package org.placette.list;

import org.jspecify.annotations.NullMarked;
