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
    return new Draft(
        uri,
        url,
        type,
        actorId,
        text,
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

  public Draft withAddressing(Addressing to) {
    return new Draft(
        uri,
        url,
        type,
        actorId,
        words,
        to,
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

  public Draft withTags(List<Tag> tags) {
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
        tags,
        poll,
        quote,
        companionOf,
        root,
        published,
        updated);
  }

  public Draft withAttachments(List<Attachment> attachments) {
    return new Draft(
        uri,
        url,
        type,
        actorId,
        words,
        addressing,
        inReplyTo,
        context,
        attachments,
        tag,
        poll,
        quote,
        companionOf,
        root,
        published,
        updated);
  }

  public Draft answering(@Nullable String parentUri, @Nullable String threadUri) {
    return new Draft(
        uri,
        url,
        type,
        actorId,
        words,
        addressing,
        parentUri,
        threadUri,
        attachment,
        tag,
        poll,
        quote,
        companionOf,
        root,
        published,
        updated);
  }

  public Draft asking(Poll question) {
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
        question,
        quote,
        companionOf,
        root,
        published,
        updated);
  }

  public Draft quoting(@Nullable String quoted) {
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
        quoted,
        companionOf,
        root,
        published,
        updated);
  }

  public Draft companionOf(long event) {
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
        event,
        event,
        published,
        updated);
  }

  public Draft at(@Nullable String page, @Nullable Instant change) {
    return new Draft(
        uri,
        page,
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
        change);
  }
}
