package org.placette.care;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about somebody, or about what they wrote.
 *
 * @param reportId the report that led to it; null for none
 * @param postId null when it is about the whole account, or the post is gone
 * @param excerpt the beginning of the post as it was; empty for none
 * @param reason as the person reads it
 * @param rules the words of the charter that were broken, by their numbers
 * @param byId who decided; null for the server itself
 * @param appeal null when there is none
 */
public record Measure(
    long id,
    @Nullable Long reportId,
    long targetId,
    @Nullable Long postId,
    String excerpt,
    Action action,
    String reason,
    List<String> rules,
    State state,
    @Nullable Long byId,
    @Nullable Long secondId,
    Instant published,
    @Nullable Appeal appeal) {

  /** What can be done, the mildest first. */
  public enum Action {
    WARN,
    HIDE,
    DELETE_POST,
    LIMIT,
    SUSPEND,
    DELETE_ACCOUNT;

    /** As it is stored. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** True for what a second person must agree to where the place chose so. */
    public boolean heavy() {
      return this == DELETE_POST || this == SUSPEND || this == DELETE_ACCOUNT;
    }

    /** True for what is done to one post. */
    public boolean ofPost() {
      return this == HIDE || this == DELETE_POST;
    }

    /** True for what can be undone. */
    public boolean ends() {
      return this != WARN && this != DELETE_POST;
    }

    /** Whether those may do it who moderate one group only. */
    public boolean inGroups() {
      return this == WARN || ofPost();
    }
  }

  /** Where it stands. */
  public enum State {
    PROPOSED,
    REFUSED,
    APPLIED,
    LIFTED,
    /** An account was deleted for good. */
    DONE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the person answered, once. */
  public record Appeal(String content, String state, String answer, Instant published) {

    public boolean open() {
      return state.equals("open");
    }
  }

  /** True while the person may answer. */
  public boolean appealable() {
    return appeal == null && state == State.APPLIED;
  }

  /** True while it holds and can be undone. */
  public boolean liftable() {
    return state == State.APPLIED && action.ends();
  }
}
