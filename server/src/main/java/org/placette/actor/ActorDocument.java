package org.placette.actor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.placette.db.Tx;
import org.placette.federation.signature.Keys;

/**
 * Writes local actors as ActivityStreams. The context defines its own terms, so that a reader that
 * expands JSON-LD needs no context but the two that everybody bundles.
 */
public final class ActorDocument {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ACTIVITYSTREAMS = "https://www.w3.org/ns/activitystreams";

  /** What Mobilizon walks through when it reads a Group, in this order, until one is missing. */
  static final List<String> GROUP_COLLECTIONS =
      List.of("members", "resources", "posts", "todos", "discussions", "events");

  private static final JsonNode CONTEXT = context();

  private ActorDocument() {}

  /** The actor as its id answers; also the object of its Update. */
  public static ObjectNode of(Actors actors, Actor actor) {
    return of(actors, actor, actors.publicKeys(actor));
  }

  /** The same inside a transaction. */
  public static ObjectNode of(Actors actors, Tx tx, Actor actor) {
    return of(actors, actor, actors.publicKeys(tx, actor));
  }

  private static ObjectNode of(Actors actors, Actor actor, LocalKeys.Published keys) {
    var document = JSON.objectNode();
    document.set("@context", CONTEXT.deepCopy());
    var type = actor.automated() && actor.isType("Person") ? "Service" : actor.type();
    document.put("id", actor.uri()).put("type", type);
    document.put("preferredUsername", actor.username()).put("name", actor.displayName());
    document.put("webfinger", actors.urls().handle(actor.username()));
    if (actor.summary() != null) document.put("summary", actor.summary());
    document.put("url", actor.url() == null ? actor.uri() : actor.url());
    document.put("inbox", actor.inbox()).put("outbox", actor.outbox());
    document.put("followers", actor.followers()).put("following", actor.following());
    document.put("featured", actor.featured()).put("upcomingEvents", actor.upcoming());
    document.putObject("endpoints").put("sharedInbox", actor.sharedInbox());
    document.put("manuallyApprovesFollowers", actor.manuallyApprovesFollowers());
    document.put("discoverable", actor.discoverable()).put("indexable", actor.indexable());
    document.put("published", actor.published().truncatedTo(ChronoUnit.SECONDS).toString());
    picture(document, "icon", actor.icon());
    picture(document, "image", actor.image());
    fields(document, actor);
    emoji(document, actor);
    if (!actor.alsoKnownAs().isEmpty()) {
      actor.alsoKnownAs().forEach(document.putArray("alsoKnownAs")::add);
    }
    if (!actor.attributionDomains().isEmpty()) {
      actor.attributionDomains().forEach(document.putArray("attributionDomains")::add);
    }
    if (actor.movedTo() != null) document.put("movedTo", actor.movedTo());
    if (actor.isType("Group")) {
      document.put("openness", "open");
      for (var name : GROUP_COLLECTIONS) document.put(name, actor.uri() + "/" + name);
    }
    keys(document, actor, keys);
    return document;
  }

  private static void keys(ObjectNode document, Actor actor, LocalKeys.Published keys) {
    document
        .putObject("publicKey")
        .put("id", actor.uri() + Actors.RSA_KEY)
        .put("owner", actor.uri())
        .put("publicKeyPem", Keys.toPem(keys.rsa()));
    document
        .putArray("assertionMethod")
        .addObject()
        .put("id", actor.uri() + Actors.ED25519_KEY)
        .put("type", "Multikey")
        .put("controller", actor.uri())
        .put("publicKeyMultibase", Keys.toMultikey(keys.ed25519()));
  }

  private static void fields(ObjectNode document, Actor actor) {
    var attachment = document.putArray("attachment");
    for (var field : actor.fields()) {
      attachment
          .addObject()
          .put("type", "PropertyValue")
          .put("name", field.name())
          .put("value", field.value());
    }
  }

  private static void emoji(ObjectNode document, Actor actor) {
    if (actor.emoji().isEmpty()) return;
    var tag = document.putArray("tag");
    for (var one : actor.emoji())
      ActorEmoji.icon(tag.addObject().put("type", "Emoji").put("name", one.name()), one.url());
  }

  private static void picture(ObjectNode document, String key, @Nullable String url) {
    if (url == null) return;
    var image = document.putObject(key).put("type", "Image").put("url", url);
    var type = mediaType(url.toLowerCase(Locale.ROOT));
    if (type != null) image.put("mediaType", type);
  }

  private static @Nullable String mediaType(String url) {
    if (url.endsWith(".png")) return "image/png";
    if (url.endsWith(".jpg") || url.endsWith(".jpeg")) return "image/jpeg";
    if (url.endsWith(".webp")) return "image/webp";
    return url.endsWith(".svg") ? "image/svg+xml" : null;
  }

  private static JsonNode context() {
    var context = JSON.arrayNode().add(ACTIVITYSTREAMS).add("https://w3id.org/security/v1");
    var terms = context.addObject();
    terms.put("toot", "http://joinmastodon.org/ns#").put("schema", "http://schema.org#");
    terms.put("mz", "https://joinmobilizon.org/ns#").put("sec", "https://w3id.org/security#");
    terms.put("manuallyApprovesFollowers", "as:manuallyApprovesFollowers");
    terms.put("suspended", "toot:suspended").put("Emoji", "toot:Emoji");
    terms.put("discoverable", "toot:discoverable").put("indexable", "toot:indexable");
    reference(terms, "featured", "toot:featured");
    reference(terms, "attributionDomains", "toot:attributionDomains");
    reference(terms, "alsoKnownAs", "as:alsoKnownAs");
    reference(terms, "movedTo", "as:movedTo");
    reference(terms, "upcomingEvents", "https://w3id.org/fep/8a8e/upcomingEvents");
    terms.put("webfinger", "https://purl.archive.org/socialweb/webfinger#webfinger");
    terms.put("PropertyValue", "schema:PropertyValue").put("value", "schema:value");
    terms.put("openness", "mz:openness");
    for (var id : GROUP_COLLECTIONS) reference(terms, id, "mz:" + id);
    terms.put("Multikey", "sec:Multikey");
    reference(terms, "assertionMethod", "sec:assertionMethod");
    reference(terms, "controller", "sec:controller");
    terms.put("publicKeyMultibase", "sec:publicKeyMultibase");
    return context;
  }

  private static void reference(ObjectNode terms, String term, String id) {
    terms.putObject(term).put("@id", id).put("@type", "@id");
  }
}
