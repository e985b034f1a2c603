/**
 * What those who moderate work with: reports and their queue, measures and their appeals, the rules
 * of care. May import role, audit, moderation, post, user, notification and the platform.
 */
@NullMarked
package org.placette.care;

import org.jspecify.annotations.NullMarked;
