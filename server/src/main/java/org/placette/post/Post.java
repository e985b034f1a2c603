package org.placette.post;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something published, local or remote; of an event, the side that is text.
 *
 * @param id this server's 64-bit time-sortable number
 * @param uri the ActivityPub id
 * @param url the page for people, or null when it is the uri
 * @param type Note, Article, Page, Question, Event, Video, Audio, Image or Document
 * @param actorId the author, who never changes
 * @param audienceId the Group it was posted to (FEP-1b12)
 * @param name the title, plain text
 * @param summary a Note's content warning as plain text; an Event's summary as sanitised HTML
 * @param content sanitised HTML
 * @param language a BCP 47 tag
 * @param inReplyTo the uri it answers, known or not
 * @param inReplyToId the post it answers, once it is known
 * @param rootId the first post of its thread; its own id when it starts one
 * @param context the id of the thread's collection (FEP-7888), ours or the remote one
 * @param quote the uri of a quoted object
 * @param quoteStamp the id of the QuoteAuthorization for it, or null
 * @param quotable whom its author lets quote it; null for what the audience says
 * @param companionOf the event that this post makes known to servers without events; such posts are
 *     left out of this server's own lists
 */
public record Post(
    long id,
    String uri,
    @Nullable String url,
    String type,
    long actorId,
    @Nullable Long audienceId,
    @Nullable String name,
    @Nullable String summary,
    String content,
    @Nullable String language,
    boolean sensitive,
    Visibility visibility,
    @Nullable String inReplyTo,
    @Nullable Long inReplyToId,
    long rootId,
    @Nullable String context,
    List<Attachment> attachment,
    List<Tag> tag,
    @Nullable Poll poll,
    @Nullable String quote,
    @Nullable String quoteStamp,
    @Nullable Quotable quotable,
    @Nullable Long companionOf,
    Instant published,
    @Nullable Instant updated,
    int likesCount,
    int sharesCount,
    int repliesCount) {

  public Post {
    attachment = List.copyOf(attachment);
    tag = List.copyOf(tag);
  }

  /** Where people read it. */
  public String page() {
    return url == null ? uri : url;
  }

  /** The ids of the actors that it mentions. */
  public List<String> mentions() {
    return tag.stream()
        .filter(Tag::mention)
        .map(Tag::href)
        .filter(href -> href != null)
        .map(href -> (String) href)
        .distinct()
        .toList();
  }
}
