package org.placette.post;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody makes of a post of theirs; null leaves a thing as it was, but for the title and the
 * warning, which null takes away.
 *
 * @param poll asked anew; other options lose the votes
 */
public record Change(
    @Nullable String text,
    @Nullable Boolean plain,
    @Nullable String name,
    @Nullable String warning,
    @Nullable Boolean sensitive,
    @Nullable String language,
    @Nullable List<Attachment> attachments,
    @Nullable Poll poll,
    Extras.Also also) {

  /** Another text under another title or warning. */
  public static Change of(String text, @Nullable String name, @Nullable String warning) {
    return new Change(text, null, name, warning, null, null, null, null, Extras.Also.NOTHING);
  }

  /** The post as it is then; its place and who was told of it stay. */
  Draft of(Post before, Writing.Written composed) {
    var tags = new LinkedHashSet<>(composed.tags());
    // Who was told of it stays addressed, so that the change reaches them too.
    before.tag().stream().filter(Tag::mention).forEach(tags::add);
    var hidden = sensitive == null ? before.sensitive() : sensitive;
    var words =
        new Words(
            name,
            warning,
            composed.html(),
            language == null ? before.language() : language,
            warning != null || (hidden && (sensitive != null || before.summary() == null)));
    var draft =
        Draft.of(before.uri(), before.type(), before.actorId(), words, before.published())
            .withTags(List.copyOf(tags))
            .withAttachments(attachments == null ? before.attachment() : attachments)
            .withAddressing(
                new Addressing(
                    before.visibility(),
                    List.of(),
                    tags.stream().filter(Tag::mention).map(t -> String.valueOf(t.href())).toList()))
            .quoting(before.quote())
            .at(before.url(), Instant.now());
    return poll == null ? draft : draft.asking(poll);
  }
}
