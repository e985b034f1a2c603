package org.placette.agenda;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the agenda is wanted.
 *
 * @param from what ends before is left out
 * @param to what begins then or later is left out; null for no end
 * @param afterStart the start of the last one of the page before; the epoch at first
 * @param afterId its number; 0 at first
 * @param category a word in capitals; null for all
 * @param tag in lower case; null for all
 * @param place the number of a village's place; null for all
 * @param who {@code here} for ours alone, {@code around} for the neighbours', the host or the
 *     calendar of one of them, null for all
 * @param viewer who reads it; 0 for a stranger
 */
record Wanted(
    Instant from,
    @Nullable Instant to,
    Instant afterStart,
    long afterId,
    @Nullable String category,
    @Nullable String tag,
    @Nullable Long place,
    @Nullable String who,
    long viewer) {}
