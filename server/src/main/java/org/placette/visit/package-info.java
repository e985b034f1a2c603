/**
 * Going from here to one's own server and back: "follow from your app", and what other servers send
 * their people here with ({@code authorize_interaction}, FEP-3b86). Owns no table and keeps nothing
 * of who asked. May import {@code actor}, {@code post} and the platform.
 */
@NullMarked
package org.placette.visit;

import org.jspecify.annotations.NullMarked;
