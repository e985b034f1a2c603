/**
 * The command line: what an administrator can do from a shell, while the server runs and while it
 * does not. The commands know the features only through {@link org.placette.cli.Services}, which
 * Main implements.
 *
 * <p>Owns the row {@code origin} of the table {@code setting}. Imports {@code config}, {@code db},
 * {@code backup}, {@code checkup} and the messages of {@code web}.
 */
@NullMarked
package org.placette.cli;

import org.jspecify.annotations.NullMarked;
