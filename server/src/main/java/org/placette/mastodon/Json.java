package org.placette.mastodon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Entities as JSON: names in snake_case, every field present, times in UTC with exactly three
 * decimals, since clients parse nothing else.
 */
public final class Json {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final ObjectMapper MAPPER =
      // The buffers of writing are shared: those of a thread would serve one request only.
      new ObjectMapper(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.newBoundedPool(8)).build())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .registerModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new Text<>(Instant.class, Json::time))
                  .addSerializer(LocalDate.class, new Text<>(LocalDate.class, LocalDate::toString))
                  .addSerializer(Rendered.class, new Raw())
                  .addSerializer(Status.class, new StatusWriter()));

  private Json() {}

  /** A moment as clients parse it. */
  public static String time(Instant moment) {
    return TIME.format(moment);
  }

  /** Bytes to send. */
  public static Buffer buffer(Object entity) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(entity));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an entity that cannot be written", e);
    }
  }

  /** The text of an entity, for streams and pushes. */
  public static String text(Object entity) {
    try {
      return MAPPER.writeValueAsString(entity);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an entity that cannot be written", e);
    }
  }

  /** An entity as a tree, to add to it. */
  public static ObjectNode tree(Object entity) {
    try {
      return (ObjectNode) MAPPER.readTree(text(entity));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an entity that cannot be read again", e);
    }
  }

  /** Writes an entity once, to be sent many times. */
  static Rendered render(Object entity) {
    return new Rendered(new SerializedString(text(entity)));
  }

  /** The same without the closing brace, for an object that goes on. */
  static Rendered open(Object entity) {
    var text = text(entity);
    return new Rendered(new SerializedString(text.substring(0, text.length() - 1)));
  }

  /** JSON that is written already. */
  public record Rendered(SerializedString json) {}

  private interface Words<T> {
    String of(T value);
  }

  private static final class Text<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1;
    private final transient Words<T> words;

    Text(Class<T> type, Words<T> words) {
      super(type);
      this.words = words;
    }

    @Override
    public void serialize(T value, JsonGenerator to, SerializerProvider with) throws IOException {
      to.writeString(words.of(value));
    }
  }

  private static final class Raw extends StdSerializer<Rendered> {
    private static final long serialVersionUID = 1;

    Raw() {
      super(Rendered.class);
    }

    @Override
    public void serialize(@Nullable Rendered value, JsonGenerator to, SerializerProvider with)
        throws IOException {
      if (value == null) to.writeNull();
      else to.writeRawValue(value.json());
    }
  }
}
