/**
 * The database platform: Placette's own PostgreSQL, the pool, transactions, migrations and ids.
 *
 * <p>Owns no table of its own besides Flyway's history. Imports {@code config} only.
 */
@NullMarked
package org.placette.db;

import org.jspecify.annotations.NullMarked;
