package org.placette.web;

import java.util.Map;

/**
 * Why a request cannot be answered as asked. Thrown anywhere below a route and turned into HTML or
 * JSON of the right status in one place; the message is for the person or peer who asked.
 */
public abstract sealed class Problem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private Problem(String message) {
    super(message, null, false, false);
  }

  /** The text for the asker; never null, never internals. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** 404: there is nothing here, or nothing that this viewer may know of. */
  public static final class NotFound extends Problem {
    private static final long serialVersionUID = 1;

    public NotFound() {
      super("Record not found");
    }
  }

  /** 410: it was here and has been deleted. */
  public static final class Gone extends Problem {
    private static final long serialVersionUID = 1;

    public Gone() {
      super("Gone");
    }
  }

  /** 401: a signature, a session or a token is missing or wrong. */
  public static final class Unauthorized extends Problem {
    private static final long serialVersionUID = 1;

    public Unauthorized(String message) {
      super(message);
    }
  }

  /** 403: known who asks, and not allowed. */
  public static final class Forbidden extends Problem {
    private static final long serialVersionUID = 1;

    public Forbidden(String message) {
      super(message);
    }
  }

  /** 400: the request cannot be read. */
  public static final class BadRequest extends Problem {
    private static final long serialVersionUID = 1;

    public BadRequest(String message) {
      super(message);
    }
  }

  /** 409: it is so already, or something changed meanwhile. */
  public static final class Conflict extends Problem {
    private static final long serialVersionUID = 1;

    public Conflict(String message) {
      super(message);
    }
  }

  /** 413: more bytes than this server takes. */
  public static final class TooLarge extends Problem {
    private static final long serialVersionUID = 1;

    public TooLarge(String message) {
      super(message);
    }
  }

  /** 415: not a media type that this route takes. */
  public static final class UnsupportedType extends Problem {
    private static final long serialVersionUID = 1;

    public UnsupportedType(String message) {
      super(message);
    }
  }

  /** 422: readable, and some fields are wrong; keys of messages by field name. */
  public static final class Invalid extends Problem {
    private static final long serialVersionUID = 1;
    private final transient Map<String, String> fields;

    public Invalid(String message, Map<String, String> fields) {
      super(message);
      this.fields = Map.copyOf(fields);
    }

    public Map<String, String> fields() {
      return fields;
    }
  }

  /** 429: too many requests; try again after some seconds. */
  public static final class TooMany extends Problem {
    private static final long serialVersionUID = 1;
    private final int retryAfterSeconds;

    public TooMany(int retryAfterSeconds) {
      super("Too many requests");
      this.retryAfterSeconds = retryAfterSeconds;
    }

    public int retryAfterSeconds() {
      return retryAfterSeconds;
    }
  }
}
