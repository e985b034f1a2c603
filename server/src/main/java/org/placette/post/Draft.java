package org.placette.post;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post that is not stored yet: composed here, or read from a remote object.
 *
 * @param uri its ActivityPub id
 * @param actorId the author
 * @param poll only for a Question
 * @param companionOf the event it makes known to servers without events
 * @param root the id of the post whose thread it belongs to although it answers nothing; null
 *     usually
 */
public record Draft(
    String uri,
    @Nullable String url,
    String type,
    long actorId,
    Words words,
    Addressing addressing,
    @Nullable String inReplyTo,
    @Nullable String context,
    List<Attachment> attachment,
    List<Tag> tag,
    @Nullable Poll poll,
    @Nullable String quote,
    @Nullable Long companionOf,
    @Nullable Long root,
    Instant published,
    @Nullable Instant updated) {

  public Draft {
    attachment = List.copyOf(attachment);
    tag = List.copyOf(tag);
  }

  /** A public post with nothing but its text. */
  public static Draft of(String uri, String type, long actorId, Words words, Instant published) {
    return new Draft(
        uri,
        null,
        type,
        actorId,
        words,
        Addressing.EVERYBODY,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        null,
        null,
        published,
        null);
  }

  public Draft withWords(Words text) {
    var copy = new Copy(this);
    copy.words = text;
    return copy.made();
  }

  public Draft withAddressing(Addressing to) {
    var copy = new Copy(this);
    copy.addressing = to;
    return copy.made();
  }

  public Draft withTags(List<Tag> tags) {
    var copy = new Copy(this);
    copy.tag = tags;
    return copy.made();
  }

  public Draft withAttachments(List<Attachment> attachments) {
    var copy = new Copy(this);
    copy.attachment = attachments;
    return copy.made();
  }

  public Draft answering(@Nullable String parentUri, @Nullable String threadUri) {
    var copy = new Copy(this);
    copy.inReplyTo = parentUri;
    copy.context = threadUri;
    return copy.made();
  }

  public Draft asking(Poll question) {
    var copy = new Copy(this);
    copy.poll = question;
    return copy.made();
  }

  public Draft quoting(@Nullable String quoted) {
    var copy = new Copy(this);
    copy.quote = quoted;
    return copy.made();
  }

  public Draft companionOf(long event) {
    var copy = new Copy(this);
    copy.companionOf = event;
    copy.root = event;
    return copy.made();
  }

  public Draft at(@Nullable String page, @Nullable Instant change) {
    var copy = new Copy(this);
    copy.url = page;
    copy.updated = change;
    return copy.made();
  }

  /** The one place where a copy with something else is made. */
  private static final class Copy {
    private String uri;
    private @Nullable String url;
    private String type;
    private long actorId;
    private Words words;
    private Addressing addressing;
    private @Nullable String inReplyTo;
    private @Nullable String context;
    private List<Attachment> attachment;
    private List<Tag> tag;
    private @Nullable Poll poll;
    private @Nullable String quote;
    private @Nullable Long companionOf;
    private @Nullable Long root;
    private Instant published;
    private @Nullable Instant updated;

    Copy(Draft from) {
      uri = from.uri;
      url = from.url;
      type = from.type;
      actorId = from.actorId;
      words = from.words;
      addressing = from.addressing;
      inReplyTo = from.inReplyTo;
      context = from.context;
      attachment = from.attachment;
      tag = from.tag;
      poll = from.poll;
      quote = from.quote;
      companionOf = from.companionOf;
      root = from.root;
      published = from.published;
      updated = from.updated;
    }

    Draft made() {
      return new Draft(
          uri,
          url,
          type,
          actorId,
          words,
          addressing,
          inReplyTo,
          context,
          attachment,
          tag,
          poll,
          quote,
          companionOf,
          root,
          published,
          updated);
    }
  }
}
