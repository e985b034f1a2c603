package org.placette.quote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.placette.federation.vocab.AsObject;
import org.placette.post.StampStore;

/** Writes what is said about consent to quotes (FEP-044f). */
final class QuoteObject {

  private static final String AS = "https://www.w3.org/ns/activitystreams";
  private static final String FEP = "https://w3id.org/fep/044f#";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private QuoteObject() {}

  private static ArrayNode context() {
    var context = JSON.arrayNode().add(AS);
    var terms = context.addObject().put("gts", "https://gotosocial.org/ns#");
    terms.put("QuoteRequest", FEP + "QuoteRequest");
    terms.put("QuoteAuthorization", FEP + "QuoteAuthorization");
    for (var term : new String[] {"interactingObject", "interactionTarget"})
      terms.putObject(term).put("@id", "gts:" + term).put("@type", "@id");
    return context;
  }

  /** The stamp, as it is had at its id. */
  static ObjectNode authorization(String id, StampStore.Stamp stamp) {
    var object = JSON.objectNode();
    object.set("@context", context());
    return object
        .put("type", "QuoteAuthorization")
        .put("id", id)
        .put("attributedTo", stamp.author())
        .put("interactingObject", stamp.quoting())
        .put("interactionTarget", stamp.quoted());
  }

  /** Says that a stamp holds no more. */
  static ObjectNode delete(String id, String address, StampStore.Stamp stamp) {
    var object = authorization(address, stamp);
    var delete = JSON.objectNode();
    delete.set("@context", object.remove("@context"));
    delete.put("type", "Delete").put("id", id).put("actor", stamp.author());
    delete.putArray("to").add(AsObject.PUBLIC);
    delete.set("object", object);
    return delete;
  }

  /** Asks to quote something. */
  static ObjectNode request(String id, String actor, String quoted, ObjectNode quoting) {
    var request = JSON.objectNode();
    request.set("@context", context());
    var inner = quoting.deepCopy();
    request.withArray("@context").addAll(terms(inner));
    inner.remove("@context");
    request.put("type", "QuoteRequest").put("id", id).put("actor", actor).put("object", quoted);
    request.set("instrument", inner);
    return request;
  }

  private static ArrayNode terms(ObjectNode object) {
    var all = JSON.arrayNode();
    for (var one : object.withArray("@context")) if (one.isObject()) all.add(one);
    return all;
  }

  /** Answers such a request. */
  static ObjectNode answer(String type, String id, String actor, ObjectNode request) {
    var answer = JSON.objectNode();
    answer.set("@context", context());
    answer.put("type", type).put("id", id).put("actor", actor);
    answer.set("to", request.path("actor"));
    answer.set("object", request);
    return answer;
  }

  /** A request as an answer names it: its parts by their ids. */
  static ObjectNode named(String id, String actor, String quoted, String quoting) {
    return JSON.objectNode()
        .put("type", "QuoteRequest")
        .put("id", id)
        .put("actor", actor)
        .put("object", quoted)
        .put("instrument", quoting);
  }
}
