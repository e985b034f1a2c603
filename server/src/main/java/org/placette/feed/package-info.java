/**
 * Home timelines: which posts each resident sees, filled when something is published and when a
 * follow begins or ends; and threads of direct posts. Owns the tables {@code home}, {@code
 * tag_follow} and {@code conversation}; knows posts and actors by id only, and imports only {@code
 * db}.
 */
@NullMarked
package org.placette.feed;

import org.jspecify.annotations.NullMarked;
