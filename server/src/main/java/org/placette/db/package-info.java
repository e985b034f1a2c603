/**
 * The database platform: Placette's own PostgreSQL, the pool, transactions, migrations and ids.
 *
 * <p>Owns the table {@code process} (who is alive) and Flyway's history. Imports {@code config}
 * only.
 */
@NullMarked
package org.placette.db;

import org.jspecify.annotations.NullMarked;
