/** PostgreSQL: our own or an outside one, the pool, transactions, migrations, ids. */
@NullMarked
package org.placette.db;

import org.jspecify.annotations.NullMarked;
