/**
 * What an administrator would look at first when something is wrong: disk, keys, database, clock,
 * name, ports, mail. For the command and for the page. Owns no table. Imports {@code config} and
 * {@code db} alone; the words are messages under {@code doctor}.
 */
@NullMarked
package org.placette.checkup;

import org.jspecify.annotations.NullMarked;
