package org.placette.stream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.oauth.Tokens;
import org.placette.oauth.Tokens.Grant;
import org.placette.web.Problem;

/**
 * Where apps listen (methods/streaming): one address for WebSockets, and one for each thing as
 * server-sent events. The token comes as everywhere, or as the sub-protocol of a WebSocket, since a
 * page can send no header with that; it is then given back as browsers demand (RFC 6455, section
 * 4.1). A connection ends within five seconds of its token.
 */
public final class StreamApi implements Api.Calls {

  private static final Map<String, String> PATHS =
      Map.of(
          "user", "user",
          "user/notification", "user:notification",
          "public", "public",
          "public/local", "public:local",
          "public/remote", "public:remote",
          "hashtag", "hashtag",
          "hashtag/local", "hashtag:local",
          "list", "list",
          "direct", "direct");

  private final Vertx vertx;
  private final Db db;
  private final Tokens tokens;
  private final Hub hub;

  public StreamApi(Vertx vertx, Db db, Tokens tokens, Hub hub) {
    this.vertx = vertx;
    this.db = db;
    this.tokens = tokens;
    this.hub = hub;
  }

  @Override
  public void into(Api api) {
    api.get("/api/v1/streaming", Access.OPEN, this::socket);
    api.get("/api/v1/streaming/health", Access.OPEN, StreamApi::health);
    PATHS.forEach(
        (path, name) ->
            api.get("/api/v1/streaming/" + path, Access.OPEN, call -> events(call, name)));
  }

  private static Object health(Call call) {
    call.http().response().putHeader("Content-Type", "text/plain").end("OK");
    return Api.DONE;
  }

  /** The token's grant; streams are for people. */
  private Grant grant(@Nullable String token) {
    if (token == null || token.isBlank()) throw new Problem.Unauthorized("Missing access token");
    var grant = tokens.verify(token);
    if (grant == null) throw new Problem.Unauthorized("The access token is invalid");
    if (grant.actorId() == 0)
      throw new Problem.Unauthorized("This method requires an authenticated user");
    return grant;
  }

  private Object socket(Call call) {
    var request = call.http().request();
    try {
      if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade")))
        throw new Problem.BadRequest("This address is for WebSockets");
      var token = Api.bearer(call.http());
      if (token == null) token = protocol(request);
      var grant = grant(token);
      var params = call.params();
      var name = params.filled("stream");
      var topic = name == null ? null : Topic.of(name, params.text("tag"), params.text("list"));
      if (name != null && topic == null) throw new Problem.BadRequest("Unknown stream type");
      if (topic != null) allow(grant, topic);
      var socket = new Socket(vertx, grant, tokens, hub, (given, it) -> problem(given, it));
      request
          .toWebSocket()
          .onSuccess(open -> socket.open(open, topic))
          .onFailure(e -> request.connection().close());
    } catch (RuntimeException e) {
      request.resume();
      throw e;
    }
    return Api.DONE;
  }

  private static @Nullable String protocol(HttpServerRequest request) {
    var offered = request.getHeader("Sec-WebSocket-Protocol");
    return offered == null ? null : offered.split(",", 2)[0].strip();
  }

  /** Why a grant does not cover a topic; null when it does. */
  private @Nullable String problem(Grant grant, Topic topic) {
    try {
      allow(grant, topic);
      return null;
    } catch (Problem e) {
      return e.message();
    }
  }

  private void allow(Grant grant, Topic topic) {
    if (!grant.allows(topic.scope()))
      throw new Problem.Forbidden("This action is outside the authorized scopes");
    if (topic.list() != 0 && !StreamStore.ownsList(db, grant.actorId(), topic.list()))
      throw new Problem.NotFound();
  }

  private Object events(Call call, String name) {
    var params = call.params();
    var media = params.flag("only_media", false) && name.startsWith("public");
    var topic = Topic.of(media ? name + ":media" : name, params.text("tag"), params.text("list"));
    if (topic == null) throw new Problem.BadRequest("Missing tag or list");
    var grant = grant(Api.bearer(call.http()));
    allow(grant, topic);
    var line = new EventLine(vertx, call.http());
    var listener = new Listener(grant, line);
    var unused = listener.add(topic);
    if (!hub.add(listener)) throw new Problem.TooMany(60);
    var watch = tokens.watch(grant, () -> listener.close("The token ended"));
    line.open(
        () -> {
          hub.remove(listener);
          watch.close();
        });
    return Api.DONE;
  }
}
