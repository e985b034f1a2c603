package org.placette.calendar;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose events, or which, a feed holds. */
sealed interface Scope {

  /**
   * The village's own.
   *
   * @param neighbours also those that others published
   */
  record Village(boolean neighbours) implements Scope {}

  /** What an actor published, was posted to it, or it announced. */
  record Of(long actor) implements Scope {}

  /** What bears a tag. */
  record Tagged(String tag) implements Scope {}

  /** What takes place at one of the village's places; by the number of the place. */
  record At(long place) implements Scope {}

  /** One alone, for an actor who may read it; 0 for a stranger. */
  record One(UUID uuid, long viewer) implements Scope {}

  /**
   * The dates of a series, and of what goes on where it ends, that an actor may read; 0 for a
   * stranger.
   */
  record Dates(long series, long viewer) implements Scope {}

  /** What a person goes to, may go to, or follows. */
  record Mine(long actor) implements Scope {}

  /**
   * A feed.
   *
   * @param title of it; null for the village's own
   * @param path of the page for people
   */
  record Named(Scope scope, @Nullable String title, String path) {}
}
