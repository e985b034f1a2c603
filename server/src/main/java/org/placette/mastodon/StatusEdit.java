package org.placette.mastodon;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of a status (entities/StatusEdit).
 *
 * @param poll its options only; null for none
 */
public record StatusEdit(
    String content,
    String spoilerText,
    boolean sensitive,
    Instant createdAt,
    Account account,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode poll,
    List<Media> mediaAttachments,
    List<Account.Emoji> emojis) {}
