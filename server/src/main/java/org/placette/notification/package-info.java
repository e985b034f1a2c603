/**
 * What a resident is told: somebody mentioned, answered, liked, announced or followed. Knows posts
 * by id only. Owns the table {@code notification}; imports only {@code db}.
 */
@NullMarked
package org.placette.notification;

import org.jspecify.annotations.NullMarked;
