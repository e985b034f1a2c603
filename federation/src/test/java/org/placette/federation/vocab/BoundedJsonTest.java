package org.placette.federation.vocab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.placette.federation.vocab.JsonProblem.Reason;

/** Documents from strangers are read in full or refused by name, quickly. */
class BoundedJsonTest {
  @Test
  void anOrdinaryDocumentIsReadAsJacksonReadsIt() throws Exception {
    var text =
        """
        {"a":[1,-2.5,12345678901234567890,true,null,{"b":"é \\ud83c\\udf3b 🌻"}],"":"","c":3000000000}
        """;
    assertEquals(new ObjectMapper().readTree(text), BoundedJson.read(text.getBytes(UTF_8)));
    assertEquals(0, BoundedJson.read("\uFEFF {} ".getBytes(UTF_8)).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "NOT_JSON            | ``",
        "NOT_JSON            | {\"a\":",
        "NOT_JSON            | {'a':1}",
        "NOT_JSON            | {\"a\":NaN}",
        "NOT_JSON            | {\"a\":01}",
        "NOT_JSON            | {\"a\":1,}",
        "NOT_JSON            | <html>",
        "NOT_AN_OBJECT       | [{}]",
        "NOT_AN_OBJECT       | \"text\"",
        "NOT_AN_OBJECT       | 1",
        "TRAILING_TEXT       | {} {}",
        "TRAILING_TEXT       | {}x",
        "DUPLICATE_KEY       | {\"a\":1,\"a\":2}",
        "DUPLICATE_KEY       | {\"o\":{\"a\":null,\"\\u0061\":2}}",
        "BROKEN_TEXT         | {\"a\":\"\\ud83c\"}",
        "BROKEN_TEXT         | {\"a\":\"\\udf3b\\ud83c\"}",
        "BROKEN_TEXT         | {\"\\ud83c\":1}",
        "BROKEN_TEXT         | {\"a\":\"\\u0000\"}",
        "NUMBER_OUT_OF_RANGE | {\"a\":1e999}",
        "REFUSED_KEYWORD     | {\"@graph\":[]}",
        "REFUSED_KEYWORD     | {\"@included\":[]}",
        "REFUSED_KEYWORD     | {\"@reverse\":{}}",
        "REFUSED_KEYWORD     | {\"id\":\"a\",\"@id\":\"b\"}"
      })
  void whatTwoReadersCouldUnderstandDifferentlyIsRefused(Reason reason, String text) {
    refused(reason, text.getBytes(UTF_8));
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    refused(Reason.NOT_UTF8, "{\"a\":\"é\"}".getBytes(ISO_8859_1));
    refused(Reason.NOT_UTF8, "{\"a\":\"\u00c0\u0080\"}".getBytes(ISO_8859_1));
    refused(Reason.NOT_UTF8, "{\"a\":\"\u00ed\u00a0\u0080\"}".getBytes(ISO_8859_1));
  }

  @Test
  void nestingIsBounded() {
    var fits = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
    assertEquals(1, BoundedJson.read(fits.getBytes(UTF_8)).size());
    refused(Reason.TOO_DEEP, ("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}").getBytes(UTF_8));
    refused(Reason.TOO_DEEP, ("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8));
    refused(Reason.NOT_AN_OBJECT, "[".repeat(100_000).getBytes(UTF_8));
    refused(Reason.TOO_DEEP, "{\"a\":".repeat(100_000).getBytes(UTF_8));
  }

  @Test
  void hugeDocumentsAreRefused() {
    var keys = new StringBuilder("{");
    for (int i = 0; i < 1_000_000; i++) {
      keys.append('"').append(i).append("\":0,");
    }
    refused(Reason.TOO_LARGE, keys.append("\"x\":0}").toString().getBytes(UTF_8));
    refused(Reason.TOO_MANY_VALUES, ("{\"a\":[" + "0,".repeat(200_000) + "0]}").getBytes(UTF_8));
    refused(Reason.TOO_LONG_VALUE, ("{\"a\":\"" + "a".repeat(600_000) + "\"}").getBytes(UTF_8));
    refused(Reason.TOO_LONG_VALUE, ("{\"" + "a".repeat(3_000) + "\":0}").getBytes(UTF_8));
    refused(Reason.TOO_LONG_VALUE, ("{\"a\":" + "1".repeat(200) + "}").getBytes(UTF_8));
  }

  private static void refused(Reason reason, byte[] body) {
    assertEquals(reason, assertThrows(JsonProblem.class, () -> BoundedJson.read(body)).reason());
  }
}
