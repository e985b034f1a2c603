package org.placette.federation.vocab;

import static org.placette.federation.vocab.JsonProblem.Reason.*;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a document from a stranger. Whatever two readers could understand differently, or whatever
 * costs more than it is worth, is refused: RFC 8259 where it says "should be", within limits.
 */
public final class BoundedJson {
  /** Largest document, in bytes. Mastodon takes as much. */
  public static final int MAX_BYTES = 1_000_000;

  /** Deepest nesting of arrays and objects. */
  public static final int MAX_DEPTH = 64;

  /** Most values and keys; a post with 1,000 mentions has about 15,000. */
  private static final int MAX_TOKENS = 40_000;

  private static final int MAX_NAME = 2_000;
  private static final int MAX_NUMBER = 100;
  private static final int MAX_STRING = 500_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Names are a stranger's: interning or caching them would let them grow our heap.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH + 1) // ours speaks first
                  .maxNumberLength(MAX_NUMBER)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(MAX_NAME)
                  .build())
          .build();

  private BoundedJson() {}

  /**
   * Reads one JSON object in UTF-8.
   *
   * @param body the raw body; its own byte order mark is skipped
   * @throws JsonProblem naming the limit or rule that it breaks; answer 400, or 413 for {@link
   *     JsonProblem.Reason#TOO_LARGE}
   */
  public static ObjectNode read(byte[] body) {
    if (body.length > MAX_BYTES) {
      throw new JsonProblem(TOO_LARGE, "at most " + MAX_BYTES + " bytes");
    }
    CharBuffer text = text(body);
    try (JsonParser parser =
        FACTORY.createParser(
            text.array(), text.arrayOffset() + text.position(), text.remaining())) {
      ObjectNode document = new Reading(parser).document();
      refuseKeywords(document);
      return document;
    } catch (StreamConstraintsException tooLong) {
      throw new JsonProblem(TOO_LONG_VALUE, "a key, text or number is too long");
    } catch (IOException malformed) {
      throw new JsonProblem(NOT_JSON, "not JSON");
    }
  }

  private static CharBuffer text(byte[] body) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      if (text.hasRemaining() && text.get(text.position()) == '\uFEFF') {
        text.get();
      }
      return text;
    } catch (CharacterCodingException malformed) {
      throw new JsonProblem(NOT_UTF8, "not UTF-8");
    }
  }

  /**
   * Keys that let a JSON-LD processor see another document than a reader of short keys does: they
   * have moved signed content about in other servers. Both spellings of the id are ambiguous too.
   */
  private static void refuseKeywords(ObjectNode document) {
    for (String keyword : new String[] {"@graph", "@included", "@reverse"}) {
      if (document.has(keyword)) {
        throw new JsonProblem(REFUSED_KEYWORD, keyword + " is not accepted");
      }
    }
    if (document.has("id") && document.has("@id")) {
      throw new JsonProblem(REFUSED_KEYWORD, "id and @id together are ambiguous");
    }
  }

  /** One pass over the tokens, building the tree; the depth is the parser's to bound. */
  private static final class Reading {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private int tokens;

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    ObjectNode document() throws IOException {
      if (next() != JsonToken.START_OBJECT) {
        throw new JsonProblem(NOT_AN_OBJECT, "a JSON object is expected");
      }
      ObjectNode document = object(1);
      try {
        if (parser.nextToken() == null) {
          return document;
        }
      } catch (JsonProcessingException trailing) {
        // refused below
      }
      throw new JsonProblem(TRAILING_TEXT, "text after the JSON object");
    }

    private ObjectNode object(int depth) throws IOException {
      ObjectNode object = NODES.objectNode();
      while (next() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        next();
        if (object.replace(sound(name), value(depth)) != null) {
          throw new JsonProblem(DUPLICATE_KEY, "a key is given twice");
        }
      }
      return object;
    }

    private ArrayNode array(int depth) throws IOException {
      ArrayNode array = NODES.arrayNode();
      while (next() != JsonToken.END_ARRAY) {
        array.add(value(depth));
      }
      return array;
    }

    private JsonNode value(int depth) throws IOException {
      return switch (parser.currentToken()) {
        case START_OBJECT -> object(deeper(depth));
        case START_ARRAY -> array(deeper(depth));
        case VALUE_STRING -> NODES.textNode(sound(parser.getText()));
        case VALUE_NUMBER_INT -> integer();
        case VALUE_NUMBER_FLOAT -> decimal();
        case VALUE_TRUE -> NODES.booleanNode(true);
        case VALUE_FALSE -> NODES.booleanNode(false);
        case VALUE_NULL -> NODES.nullNode();
        case null, default -> throw new JsonProblem(NOT_JSON, "not JSON");
      };
    }

    private static int deeper(int depth) {
      if (depth == MAX_DEPTH) {
        throw new JsonProblem(TOO_DEEP, "nested deeper than " + MAX_DEPTH);
      }
      return depth + 1;
    }

    private JsonToken next() throws IOException {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new JsonProblem(NOT_JSON, "not JSON");
      }
      if (++tokens > MAX_TOKENS) {
        throw new JsonProblem(TOO_MANY_VALUES, "too many values");
      }
      return token;
    }

    private JsonNode integer() throws IOException {
      return switch (parser.getNumberType()) {
        case INT -> NODES.numberNode(parser.getIntValue());
        case LONG -> NODES.numberNode(parser.getLongValue());
        default -> NODES.numberNode(parser.getBigIntegerValue());
      };
    }

    private JsonNode decimal() throws IOException {
      double value = parser.getDoubleValue();
      if (!Double.isFinite(value)) {
        throw new JsonProblem(NUMBER_OUT_OF_RANGE, "a number is out of range");
      }
      return NODES.numberNode(value);
    }

    /** Refuses half characters, and NUL, which no text column can hold. */
    private static String sound(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (pair) {
          i++;
        } else if (c == 0 || Character.isSurrogate(c)) {
          throw new JsonProblem(BROKEN_TEXT, "a text holds a broken character");
        }
      }
      return text;
    }
  }
}
