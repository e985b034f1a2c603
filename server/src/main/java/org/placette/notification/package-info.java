/**
 * What a resident is told: somebody mentioned, answered, liked, announced or followed; what of it
 * is kept aside, and how apps page through it. Knows posts by id only. Owns the tables {@code
 * notification}, {@code notification_policy}, {@code notification_permission}, {@code
 * push_subscription} and {@code push_delivery}; imports only {@code actor}, {@code mastodon} and
 * the platform.
 */
@NullMarked
package org.placette.notification;

import org.jspecify.annotations.NullMarked;
