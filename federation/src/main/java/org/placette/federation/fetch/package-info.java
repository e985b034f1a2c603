/**
 * Everything this server asks of other servers: documents, collections, WebFinger, NodeInfo,
 * deliveries. Every URL is hostile until checked: the address dialled is public (or listed), the
 * answer is small, in time, of the right type and says that it belongs where it was found.
 *
 * <p>Owns no table. May import {@code vocab} and {@code signature}. All calls block the caller,
 * which is a virtual thread.
 */
@NullMarked
package org.placette.federation.fetch;

import org.jspecify.annotations.NullMarked;
