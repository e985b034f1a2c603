package org.placette.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Polls as the jsonb column {@code post.poll} holds them. */
final class PollReader {

  private PollReader() {}

  /**
   * Null when there is none.
   *
   * @param emoji the custom emoji of the whole post
   */
  static @Nullable Poll poll(long id, JsonNode poll, List<Account.Emoji> emoji) {
    if (!poll.has("options")) return null;
    List<Poll.Option> options = new ArrayList<>();
    int votes = 0;
    var sealed = poll.path("ballot").path("hidden").asBoolean() && !poll.hasNonNull("closed");
    for (var option : poll.path("options")) {
      var count = option.path("votes").asInt();
      options.add(new Poll.Option(option.path("name").asText(), sealed ? null : (Integer) count));
      votes += count;
    }
    var multiple = poll.path("multiple").asBoolean();
    var voters = poll.path("voters").asInt();
    return new Poll(
        String.valueOf(id),
        time(poll.path("endTime").textValue()),
        poll.hasNonNull("closed"),
        multiple,
        votes,
        multiple ? voters : Math.max(voters, votes),
        false,
        List.of(),
        options,
        emoji.stream().filter(one -> stands(one, options)).toList());
  }

  private static boolean stands(Account.Emoji one, List<Poll.Option> options) {
    var code = ":" + one.shortcode() + ":";
    return options.stream().anyMatch(option -> option.title().contains(code));
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
