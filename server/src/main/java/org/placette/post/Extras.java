package org.placette.post;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.placette.db.Tx;

/**
 * What a post may have that our own form does not ask for.
 *
 * @param plain true when the text is no Markdown
 * @param sensitive true to hide what is attached
 * @param quote the uri of a quoted post
 * @param quotable whom the author lets quote it; null for what the audience says
 * @param application what it was written with: name and website
 * @param also what happens in the same transaction
 */
public record Extras(
    boolean plain,
    boolean sensitive,
    @Nullable Poll poll,
    @Nullable String quote,
    @Nullable Quotable quotable,
    @Nullable JsonNode application,
    Also also) {

  /** The same where the author says nothing of who may quote it. */
  public Extras(
      boolean plain,
      boolean sensitive,
      @Nullable Poll poll,
      @Nullable String quote,
      @Nullable JsonNode application,
      Also also) {
    this(plain, sensitive, poll, quote, null, application, also);
  }

  /** Markdown, and nothing else. */
  public static final Extras NONE = new Extras(false, false, null, null, null, Also.NOTHING);

  /** Something that is stored with a post, or not at all. */
  @FunctionalInterface
  public interface Also {

    /** Nothing. */
    Also NOTHING = (tx, post) -> {};

    /** Stores it; what is thrown undoes the post too. */
    void store(Tx tx, long post);
  }
}
