package org.placette.federation.fetch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.vocab.AsObject;
import org.placette.federation.vocab.BoundedJson;
import org.placette.federation.vocab.Expansion;
import org.placette.federation.vocab.JsonProblem;

/** Reads an answer's body as one JSON object, of the media type and within the bounds it needs. */
final class JsonBody {

  private JsonBody() {}

  /**
   * An ActivityStreams document by short keys, from an answer of one of its two media types.
   *
   * @throws FetchProblem NOT_FOUND, GONE, STATUS, WRONG_TYPE, NOT_JSON or TOO_LARGE
   */
  static AsObject document(FetchResponse answer) {
    var type = answer.successful().type();
    if (type == null || !type.isActivityStreams()) throw wrongType(answer);
    return new AsObject(Expansion.shortKeys(read(answer)));
  }

  /**
   * The object of any JSON media type, as JRD and NodeInfo documents are served.
   *
   * @throws FetchProblem as above
   */
  static ObjectNode plain(FetchResponse answer) {
    var type = answer.successful().type();
    if (type == null || !type.isJson()) throw wrongType(answer);
    return read(answer);
  }

  private static ObjectNode read(FetchResponse answer) {
    try {
      return BoundedJson.read(answer.body());
    } catch (JsonProblem e) {
      var reason = e.reason() == JsonProblem.Reason.TOO_LARGE ? Reason.TOO_LARGE : Reason.NOT_JSON;
      throw new FetchProblem(reason, answer.url() + ": " + e.reason());
    }
  }

  private static FetchProblem wrongType(FetchResponse answer) {
    var type = answer.header("content-type");
    return new FetchProblem(Reason.WRONG_TYPE, answer.url() + " is " + type);
  }
}
