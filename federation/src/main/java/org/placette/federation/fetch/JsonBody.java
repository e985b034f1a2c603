package org.placette.federation.fetch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.placette.federation.fetch.FetchProblem.Reason;

/** Reads an answer's body as one JSON object of bounded depth without repeated keys. */
final class JsonBody {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /**
   * The object that {@code answer} holds.
   *
   * @throws FetchProblem NOT_JSON
   */
  static ObjectNode of(FetchResponse answer) {
    try {
      if (MAPPER.readTree(answer.body()) instanceof ObjectNode object) return object;
    } catch (IOException e) {
      // refused below, without the parser's quotation of the content
    }
    throw new FetchProblem(Reason.NOT_JSON, answer.url().toString());
  }

  /** The object of any JSON media type, as JRD and NodeInfo documents are served. */
  static ObjectNode plain(FetchResponse answer) {
    answer.successful();
    var type = answer.type();
    if (type == null || !type.isJson())
      throw new FetchProblem(
          Reason.WRONG_TYPE, answer.url() + " is " + answer.header("content-type"));
    return of(answer);
  }
}
