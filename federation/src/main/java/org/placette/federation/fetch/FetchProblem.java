package org.placette.federation.fetch;

/**
 * Why a request to another server gave nothing usable. It is an ordinary outcome, so it carries no
 * stack trace; {@link #reason()} decides what a caller does, the message is for the log.
 */
public final class FetchProblem extends RuntimeException {

  /** The kinds of failure, and what they say about trying again. */
  public enum Reason {
    /** The host is, or resolves to, an address that may not be reached. */
    PRIVATE_ADDRESS,
    /** No http(s) URL, or one with a user, an odd host form or a forbidden port. */
    BAD_URL,
    /** The URL is our own: never fetched, whoever names it. */
    OWN_ORIGIN,
    /** The name does not resolve. */
    DNS,
    /** Nobody listens, or the connection could not be made in time. */
    CONNECT,
    /** The handshake failed: certificate, name or protocol. */
    TLS,
    /** The whole exchange, redirects included, took too long. */
    TIMEOUT,
    /** The connection ended, or the answer was no HTTP. */
    BROKEN,
    /** The answer is larger than allowed, counted after decompression. */
    TOO_LARGE,
    /** More hops than allowed, or a redirect without a usable target. */
    TOO_MANY_REDIRECTS,
    /** A redirect from https to http. */
    INSECURE_REDIRECT,
    /** Another media type than asked for, or an unknown content encoding. */
    WRONG_TYPE,
    /** An answer that is neither success nor one of the next two; see {@link #status()}. */
    STATUS,
    /** 404. */
    NOT_FOUND,
    /** 410. */
    GONE,
    /** No JSON object, or one too deep, too wide or ambiguous. */
    NOT_JSON,
    /** The document's id is not where the document was found (FEP-fe34). */
    WRONG_ID,
    /** The budget of the activity, or of this host, is used up. */
    BUDGET;

    /** True when the same request may well work later. */
    public boolean isPassing() {
      return switch (this) {
        case DNS, CONNECT, TLS, TIMEOUT, BROKEN, BUDGET, STATUS -> true;
        default -> false;
      };
    }
  }

  private final Reason reason;
  private final int status;

  /**
   * @param detail for the log; may name the URL, never the content
   */
  public FetchProblem(Reason reason, String detail) {
    this(reason, 0, detail);
  }

  /**
   * @param status the HTTP status, 0 when there was no answer
   */
  public FetchProblem(Reason reason, int status, String detail) {
    super(reason + (status == 0 ? "" : " " + status) + ": " + plain(detail), null, false, false);
    this.reason = reason;
    this.status = status;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The HTTP status when the peer answered with one, else 0. */
  public int status() {
    return status;
  }

  /** A peer's words must not break out of their line in the log. */
  private static String plain(String detail) {
    return detail
        .substring(0, Math.min(500, detail.length()))
        .replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]", "?");
  }
}
