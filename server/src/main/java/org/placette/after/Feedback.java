package org.placette.after;

import org.jspecify.annotations.Nullable;

/**
 * How somebody found an event.
 *
 * @param answer 1 not so good, 2 good, 3 very good
 * @param words in plain text
 */
public record Feedback(int answer, @Nullable String words) {}
