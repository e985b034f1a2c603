/**
 * What a resident is told: somebody mentioned, answered, liked, announced or followed; what of it
 * is kept aside, and how apps page through it. Knows posts by id only. Owns the tables {@code
 * notification}, {@code notification_policy} and {@code notification_permission}; imports only
 * {@code actor}, {@code mastodon} and the platform. {@code push} wakes apps for it.
 */
@NullMarked
package org.placette.notification;

import org.jspecify.annotations.NullMarked;
