/**
 * The command line: what an administrator can do from a shell, while the server runs and while it
 * does not. The commands know the features only through {@link org.placette.cli.Services}, which
 * Main implements.
 *
 * <p>Owns the row {@code origin} of the table {@code setting}. Imports {@code config} and {@code
 * db}.
 */
@NullMarked
package org.placette.cli;

import org.jspecify.annotations.NullMarked;
