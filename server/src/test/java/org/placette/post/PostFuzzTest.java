package org.placette.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.placette.actor.Strangers;
import org.placette.event.EventSide;
import org.placette.federation.vocab.AsObject;
import org.placette.federation.vocab.BoundedJson;
import org.placette.federation.vocab.JsonProblem;
import org.placette.inbox.Refused;

/** A post or an event of any shape is read, or refused by name. */
class PostFuzzTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final EventSide EVENTS =
      new EventSide(() -> ZoneOffset.UTC, uri -> {}, (tx, id) -> {});

  static Stream<String> objects() {
    return Stream.of(
        """
        {"id":"https://a.example/1","type":"Note","content":"<p>a","contentMap":{"fr":"b"},
        "attributedTo":"https://a.example/users/lea","to":["as:Public"],"cc":{},"sensitive":"true",
        "tag":[{"type":"Mention","href":"https://b.example/","name":"@b"},{"type":"Hashtag"}],
        "attachment":{"type":"Document","url":"https://a.example/i","width":-1,"blurhash":7},
        "published":"2026-11-22","inReplyTo":[null],"quoteUrl":"x","summary":""}\
        """,
        """
        {"id":"https://a.example/2","type":"Question","oneOf":[{"name":"a","replies":{"totalItems":-3}},
        "x"],"endTime":"never","votersCount":1e30,"closed":true}\
        """,
        """
        {"id":"https://a.example/3","type":"Event","name":"Bal","startTime":"2026-12-01T20:00:00+01:00",
        "endTime":"1900-01-01T00:00:00Z","timezone":"Nowhere/Else","duration":"PT999999999H",
        "location":[{"type":"Place","name":7,"latitude":1e400,"address":{"addressCountry":[]}}],
        "maximumAttendeeCapacity":"many","ical:status":"MOVED","joinMode":[],"url":[{"href":""}]}\
        """);
  }

  @MethodSource("objects")
  @DictionaryEntries({"\"Article\"", "\"Page\"", "\"anyOf\":[", "\"VirtualLocation\"", "\\u0000"})
  @FuzzTest(maxDuration = "3m")
  void an_object_is_read_or_refused(@NotNull String json) {
    try {
      var object = new AsObject(BoundedJson.read(json.getBytes(UTF_8)));
      var draft = EVENTS.text(object, PostReader.read(object, null, Strangers.lea(), NOW));
      assertFalse(draft.published().isAfter(NOW));
      assertFalse(draft.words().content().contains("<script"));
      if (EVENTS.takes(draft.type())) assertTrue(EVENTS.read(object, draft, NOW) != null);
    } catch (Refused | JsonProblem refused) {
      assertTrue(refused.getMessage() != null);
    }
  }
}
