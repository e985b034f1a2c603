/**
 * Home timelines: which posts each resident sees, filled when something is published and when a
 * follow begins or ends. Owns the tables {@code home} and {@code tag_follow}; knows posts and
 * actors by id only, and imports only {@code db}.
 */
@NullMarked
package org.placette.feed;

import org.jspecify.annotations.NullMarked;
