package org.placette.federation.vocab;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.jsonldjava.core.DocumentLoader;
import com.github.jsonldjava.core.JsonLdError;
import com.github.jsonldjava.core.JsonLdOptions;
import com.github.jsonldjava.core.RemoteDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The only JSON-LD contexts that we know: our own short versions of ActivityStreams 2.0 and
 * security v1. Every other context is ignored, and none is ever fetched.
 */
final class Contexts {
  static final String ACTIVITY_STREAMS = "https://www.w3.org/ns/activitystreams";
  static final String SECURITY = "https://w3id.org/security/v1";

  private static final Map<String, Object> TERMS = new LinkedHashMap<>();

  static {
    TERMS.putAll(read("activitystreams.json"));
    read("security-v1.json").forEach(TERMS::putIfAbsent);
  }

  private Contexts() {}

  /** Both contexts as one, in the form that the JSON-LD library takes; not to be changed. */
  static Map<String, Object> terms() {
    return TERMS;
  }

  /** Options whose loader refuses whatever it is asked for. */
  static JsonLdOptions options() {
    JsonLdOptions options = new JsonLdOptions("");
    options.setExpandContext(TERMS);
    options.setDocumentLoader(
        new DocumentLoader() {
          @Override
          public RemoteDocument loadDocument(String url) {
            throw new JsonLdError(JsonLdError.Error.LOADING_REMOTE_CONTEXT_FAILED, url);
          }
        });
    return options;
  }

  private static Map<String, Object> read(String name) {
    try (InputStream resource = Contexts.class.getResourceAsStream(name)) {
      Map<String, Map<String, Object>> document =
          new ObjectMapper().readValue(resource, new TypeReference<>() {});
      return document.getOrDefault("@context", Map.of());
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
