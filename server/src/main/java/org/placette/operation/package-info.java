/**
 * What those who run the server look at and do: neighbours, deliveries, the doctor, storage and
 * backups, numbers. Owns no table; asks those that do. May import {@code instance}, {@code outbox},
 * {@code inbox}, {@code follow}, {@code user}, {@code role}, {@code audit}, {@code backup}, {@code
 * checkup} and the platform.
 */
@NullMarked
package org.placette.operation;

import org.jspecify.annotations.NullMarked;
