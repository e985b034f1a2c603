package org.placette.actor;

/** A key that cannot be had or must not count. The reason is a stable name for log and counters. */
public final class KeyRefused extends RuntimeException {

  /** Why. */
  public enum Reason {
    /** The key id is no http(s) URL ({@code acct:} and the like), or is on this very server. */
    BAD_KEY_ID,
    /** Nobody answered, or not in time; the same request may work later. */
    UNREACHABLE,
    /** 404 or 410 where the key or its owner should be: a self-Delete needs no more proof. */
    GONE,
    /** The document at the key id holds no such key, or one that cannot be read. */
    NO_SUCH_KEY,
    /** The owner, asked at its own id, does not list the key, or is on another origin. */
    NOT_THE_OWNERS,
    /** The owner's document is no actor that could be talked to. */
    NO_ACTOR,
    /** The owner is suspended or was deleted here. */
    SUSPENDED,
    /** Too many keys asked of one host in a minute; try again later. */
    TOO_MANY,
    /** A second look was asked for, and the last one is too recent. */
    ALREADY_FRESH
  }

  private static final long serialVersionUID = 1;
  private final Reason reason;

  KeyRefused(Reason reason, String detail) {
    super(reason + ": " + detail, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** True when the sender should be asked to try again later (503) instead of being refused. */
  public boolean isPassing() {
    return reason == Reason.UNREACHABLE || reason == Reason.TOO_MANY;
  }
}
