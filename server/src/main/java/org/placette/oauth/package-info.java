/** Access tokens of apps. Owns the table {@code access_token}. May import user and the platform. */
@NullMarked
package org.placette.oauth;

import org.jspecify.annotations.NullMarked;
