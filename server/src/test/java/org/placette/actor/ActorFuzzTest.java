package org.placette.actor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.vocab.JsonProblem;

/** An actor's document is read, cut to size and cleaned, or refused by name. */
class ActorFuzzTest {

  static Stream<String> actors() {
    return Stream.of(
        """
        {"id":"https://a.example/u/lea","type":["Person"],"preferredUsername":"l\u00e9a","name":"<b>",
        "inbox":"https://a.example/in","endpoints":{"sharedInbox":"https://a.example/in"},
        "icon":[{"type":"Image","url":[{"href":"https://a.example/i.png"}]}],"summary":"<script>",
        "attachment":[{"type":"PropertyValue","name":"x","value":"<a href=javascript:1>"}],
        "alsoKnownAs":"https://b.example/","published":"2026-02-30T25:00:00Z","discoverable":"yes"}\
        """,
        """
        {"id":"https://A.example:443/","type":"Group","inbox":"https://a.example/in",
        "preferredUsername":{"@value":"x"},"url":[[],null,{"href":7}],"movedTo":{}}\
        """);
  }

  @MethodSource("actors")
  @DictionaryEntries({
    "\"publicKey\":",
    "\"image\":[",
    "\\u0000",
    "https://[::1]/",
    "\"nameMap\":{"
  })
  @FuzzTest(maxDuration = "2m")
  void an_actor_is_read_or_refused(@NotNull String json) {
    try {
      var actor = Strangers.read(json);
      assertFalse(actor.local());
      assertFalse(actor.username().isBlank());
      assertTrue(actor.inbox().startsWith("http"));
      assertFalse(String.valueOf(actor.summary()).contains("<script"));
      assertTrue(actor.fields().size() <= 16 && actor.alsoKnownAs().size() <= 16);
    } catch (FetchProblem | JsonProblem refused) {
      assertTrue(refused.getMessage() != null);
    }
  }
}
