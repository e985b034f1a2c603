/**
 * The ground that every part of the client API stands on (docs.joinmastodon.org, version 4.3): how
 * a call is routed, who makes it, its parameters and pages, and the entities that it answers with.
 * Accounts and statuses are read here, straight from the tables, because nearly every answer holds
 * some. The endpoints themselves live with their features, in classes named {@code *Api}.
 *
 * <p>Owns no table. May import {@code actor} and the platform; of the features only {@code *Api}
 * classes and {@code timeline} import it.
 */
@NullMarked
package org.placette.mastodon;

import org.jspecify.annotations.NullMarked;
