package org.placette.inbox;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.actor.SignedRequest;
import org.placette.db.DbException;
import org.placette.federation.vocab.BoundedJson;
import org.placette.web.Routes;

/** The inboxes over HTTP (ActivityPub section 7.1). 202 means that the activity is on disk. */
final class InboxRoutes implements Routes {

  private static final Logger LOG = Logger.getLogger(InboxRoutes.class.getName());
  private static final int DATABASE_AWAY_SECONDS = 5;

  private final Actors actors;
  private final Admission admission;
  private final InboxWriter writer;
  private final Refusals refusals;

  InboxRoutes(Actors actors, Admission admission, InboxWriter writer, Refusals refusals) {
    this.actors = actors;
    this.admission = admission;
    this.writer = writer;
    this.refusals = refusals;
  }

  @Override
  public void mount(Router router) {
    var paths =
        List.of(
            "/inbox",
            "/actor/inbox",
            "/users/:name/inbox",
            "/orgs/:name/inbox",
            "/groups/:name/inbox");
    for (var path : paths) {
      router
          .post(path)
          .handler(BodyHandler.create(false).setBodyLimit(BoundedJson.MAX_BYTES))
          .handler(this::receive)
          .failureHandler(this::fail);
      router.route(path).handler(ctx -> notAllowed(ctx, "POST"));
      // No client writes to an outbox: apps use the client API.
      if (!path.equals("/inbox"))
        router.post(path.replace("/inbox", "/outbox")).handler(ctx -> notAllowed(ctx, "GET, HEAD"));
    }
  }

  /** An inbox is only written and an outbox only read here (RFC 9110 section 15.5.6). */
  private static void notAllowed(RoutingContext context, String allowed) {
    context
        .response()
        .setStatusCode(405)
        .putHeader(HttpHeaders.ALLOW, allowed)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(new JsonObject().put("error", "Only " + allowed + " here").encode());
  }

  private static boolean isActivity(@Nullable String contentType) {
    if (contentType == null) return false;
    var semicolon = contentType.indexOf(';');
    var type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return switch (type.strip().toLowerCase(Locale.ROOT)) {
      case "application/activity+json", "application/ld+json" -> true;
      default -> false;
    };
  }

  private void receive(RoutingContext context) {
    var sender = new Sender();
    try {
      if (!isActivity(context.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
        throw new Rejection(415, "content-type", "Send application/activity+json");
      }
      var buffer = context.body().buffer();
      var body = buffer == null ? new byte[0] : buffer.getBytes();
      if (body.length > BoundedJson.MAX_BYTES) throw tooLarge();
      checkRecipient(context);
      var entry = admitted(context, body, sender);
      if (entry != null) writer.store(entry);
      context.response().setStatusCode(202).end();
    } catch (Rejection rejection) {
      answer(context, sender, rejection);
    } catch (DbException e) {
      LOG.log(Level.WARNING, "A delivery could not be stored: {0}", e.getMessage());
      answer(context, sender, away());
    }
  }

  /** Who seems to send what; nothing is known before it was read. */
  private static final class Sender {
    private @Nullable String host;
    private @Nullable String type;
  }

  /**
   * Apart, so that the tree of what was read, twenty times its text, is gone while the row waits
   * for its commit.
   */
  private @Nullable Entry admitted(RoutingContext context, byte[] body, Sender sender) {
    var claim = admission.read(body);
    sender.host = claim.host();
    sender.type = claim.activity().type();
    return admission.admit(SignedRequest.of(context.request(), body), claim, body);
  }

  private static Rejection tooLarge() {
    return new Rejection(413, "too-large", "At most " + BoundedJson.MAX_BYTES + " bytes");
  }

  private static Rejection away() {
    var message = "The activity could not be stored, send it again later";
    return new Rejection(503, "not-stored", message, DATABASE_AWAY_SECONDS);
  }

  private void checkRecipient(RoutingContext context) {
    var path = context.normalizedPath();
    if (path.equals("/inbox")) return;
    var owner = actors.byUri(actors.urls().at(path.substring(0, path.length() - 6)));
    if (owner == null || !owner.local()) {
      throw new Rejection(404, "no-such-inbox", "There is no such inbox");
    }
    if (owner.deleted()) throw new Rejection(410, "no-such-inbox", "This inbox is gone");
  }

  private void answer(RoutingContext context, Sender sender, Rejection rejection) {
    refusals.count(rejection.reason(), sender.host, sender.type);
    var response = context.response();
    if (response.ended()) return;
    if (rejection.retryAfterSeconds() > 0) {
      response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(rejection.retryAfterSeconds()));
    }
    response
        .setStatusCode(rejection.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(new JsonObject().put("error", rejection.message()).encode());
  }

  private void fail(RoutingContext context) {
    if (context.statusCode() == 413) {
      answer(context, new Sender(), tooLarge());
      return;
    }
    LOG.log(Level.WARNING, "A delivery failed unexpectedly", context.failure());
    answer(context, new Sender(), new Rejection(500, "unexpected", "Something went wrong here"));
  }
}
