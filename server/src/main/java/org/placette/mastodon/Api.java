package org.placette.mastodon;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.mastodon.Access.Who;
import org.placette.web.Answers;
import org.placette.web.Problem;
import org.placette.web.Routes;

/**
 * Every call of the client API: the features put theirs in, and requests below {@code /api/} find
 * them here. A path that nobody put in answers 404 with JSON, since apps fall back to older calls
 * on that alone.
 */
public final class Api implements Routes {

  /** Answers one call. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Does what the call asks for.
     *
     * @return the entity to send as JSON, or {@link #DONE} when the handler has answered itself
     */
    Object answer(Call call);
  }

  /** The calls of one feature. */
  public interface Calls {

    /** Puts them in. */
    void into(Api api);
  }

  /** What a handler gives that has sent its answer itself. */
  public static final Object DONE = new Object();

  /** The empty entity. */
  public static final Map<String, Object> NOTHING = Map.of();

  /**
   * A call that is served.
   *
   * @param scope empty when any token will do, or none
   */
  public record Endpoint(String method, String path, Access access) {}

  private record Served(Access access, Handler handler, boolean repeated) {}

  private final Caller.Tokens tokens;
  private final RateLimit limit;
  private final String origin;
  private final Repeated repeated;
  private final Paths<Map<String, Served>> paths = new Paths<>();
  private final Map<String, Map<String, Served>> byPath = new TreeMap<>();

  /**
   * @param origin this server's, for links to other pages of a list
   */
  public Api(Caller.Tokens tokens, RateLimit limit, String origin, Db db) {
    this.repeated = new Repeated(db);
    this.tokens = tokens;
    this.limit = limit;
    this.origin = origin;
  }

  /** Puts the calls of a feature in. */
  public Api with(Calls... all) {
    for (var calls : all) calls.into(this);
    return this;
  }

  public void get(String path, Access access, Handler handler) {
    put("GET", path, new Served(access, handler, false));
  }

  /**
   * A page of posts: the same question within a second, while nothing was written, gets the same
   * answer. The handler changes nothing, answers 200, and looks at nothing but the person, the
   * address and what is stored.
   */
  public void page(String path, Access access, Handler handler) {
    put("GET", path, new Served(access, handler, true));
  }

  public void post(String path, Access access, Handler handler) {
    put("POST", path, new Served(access, handler, false));
  }

  public void put(String path, Access access, Handler handler) {
    put("PUT", path, new Served(access, handler, false));
  }

  public void patch(String path, Access access, Handler handler) {
    put("PATCH", path, new Served(access, handler, false));
  }

  public void delete(String path, Access access, Handler handler) {
    put("DELETE", path, new Served(access, handler, false));
  }

  private void put(String method, String path, Served served) {
    var methods = byPath.get(path);
    if (methods == null) {
      methods = new TreeMap<>();
      byPath.put(path, methods);
      paths.put(path, methods);
    }
    if (methods.put(method, served) != null)
      throw new IllegalStateException(method + " " + path + " is there already");
  }

  /** Everything that is served, in the order of paths. */
  public List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    byPath.forEach(
        (path, methods) ->
            methods.forEach(
                (method, served) -> all.add(new Endpoint(method, path, served.access()))));
    return all;
  }

  @Override
  public void mount(Router router) {
    router.route("/api/*").handler(this::serve);
    router.route("/oauth/userinfo").handler(this::serve);
  }

  private void serve(RoutingContext ctx) {
    var found = paths.find(ctx.normalizedPath());
    if (found == null) {
      ctx.next();
      return;
    }
    // The body of a HEAD is left out where answers are sent.
    var method = ctx.request().method();
    var served = found.value().get(method == HttpMethod.HEAD ? "GET" : method.name());
    if (served == null) throw new Problem.NotFound();
    var caller = caller(ctx, served.access());
    limit.count(ctx, caller);
    var call = new Call(ctx, caller, found.names(), origin);
    // A body that cannot be read is refused before anything is done.
    if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
      var unused = call.params();
    }
    var entity =
        served.repeated() ? repeated.answer(call, served.handler()) : served.handler().answer(call);
    if (entity != DONE) send(ctx, caller, entity);
  }

  private static void send(RoutingContext ctx, @Nullable Caller caller, Object entity) {
    var headers = ctx.response().headers();
    headers.set("Vary", "Authorization, Origin");
    if (!headers.contains("Cache-Control"))
      headers.set("Cache-Control", caller == null ? "max-age=0, public" : "private, no-store");
    var body = entity instanceof Buffer ready ? ready : Json.buffer(entity);
    Answers.json(ctx, body);
  }

  private @Nullable Caller caller(RoutingContext ctx, Access access) {
    var token = bearer(ctx);
    if (token == null) {
      if (access.who() == Who.ANYBODY) return null;
      throw new Problem.Unauthorized("This method requires an authenticated user");
    }
    var caller = tokens.verify(token);
    if (caller == null) throw new Problem.Unauthorized("The access token is invalid");
    if (access.who() == Who.PERSON && caller.actorId() == 0)
      throw new Problem.Unauthorized("This method requires an authenticated user");
    if (!access.scope().isEmpty() && !caller.may().test(access.scope())) {
      // What anybody may ask for is not refused to those who may ask for less.
      if (access.who() == Who.ANYBODY && caller.actorId() == 0) return caller;
      throw new Problem.Forbidden("This action is outside the authorized scopes");
    }
    return caller;
  }

  /** The token of a request (RFC 6750, sections 2.1 and 2.3); null when it has none. */
  public static @Nullable String bearer(RoutingContext ctx) {
    var header = ctx.request().getHeader("Authorization");
    if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7))
      return header.substring(7).strip();
    var query = ctx.request().query();
    if (query == null || !query.contains("access_token=")) return null;
    var token = ctx.queryParams().get("access_token");
    return token == null || token.isBlank() ? null : token;
  }
}
