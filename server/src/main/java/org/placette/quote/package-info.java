/**
 * Consent to quotes (FEP-044f): others ask before they quote what was written here, and are asked
 * in turn. Uses {@code post}, which owns the tables; nothing imports it but the wiring.
 */
@NullMarked
package org.placette.quote;

import org.jspecify.annotations.NullMarked;
