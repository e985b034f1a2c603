/**
 * What the administrator chose: settings, the data folder, and the one-line refusals of a start
 * that cannot go on.
 *
 * <p>Owns no table. Imports nothing of Placette.
 */
@NullMarked
package org.placette.config;

import org.jspecify.annotations.NullMarked;
