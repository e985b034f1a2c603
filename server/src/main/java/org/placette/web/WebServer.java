package org.placette.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;

/**
 * The HTTP server: one virtual-thread verticle per core, all on one port. Handlers may wait; what
 * takes the processor goes through {@code executeBlocking}.
 */
public final class WebServer implements AutoCloseable {

  /** Largest body of a form or an activity, in bytes (security: 413 above it). */
  public static final int MAX_BODY = 1024 * 1024;

  private static final String STRICT = "Strict-Transport-Security";
  private static final List<String> EVERYWHERE = List.of("Date", STRICT);

  private final Vertx vertx;
  private final String deployment;
  private final int port;

  private WebServer(Vertx vertx, String deployment, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.port = port;
  }

  /**
   * What the server serves.
   *
   * @param routes in the order in which they are asked
   * @param quick asked before any route
   * @param page how a problem looks to a person
   * @param notReady why the server cannot serve yet; null when it can
   * @param bodyTime how long a request may take to send its body
   * @param uploads where larger bodies are taken; null for nowhere
   */
  public record Site(
      List<Routes> routes,
      QuickAnswers quick,
      ProblemPage page,
      Supplier<@Nullable String> notReady,
      Duration bodyTime,
      @Nullable Uploads uploads) {

    /** A site that waits 30 seconds for a body. */
    public Site(
        List<Routes> routes,
        QuickAnswers quick,
        ProblemPage page,
        Supplier<@Nullable String> notReady) {
      this(routes, quick, page, notReady, Duration.ofSeconds(30), null);
    }

    /** A site that takes no files. */
    public Site(
        List<Routes> routes,
        QuickAnswers quick,
        ProblemPage page,
        Supplier<@Nullable String> notReady,
        Duration bodyTime) {
      this(routes, quick, page, notReady, bodyTime, null);
    }

    /** The same with addresses that take files. */
    public Site taking(Uploads taken) {
      return new Site(routes, quick, page, notReady, bodyTime, taken);
    }
  }

  /** Starts listening; returns when every verticle does. */
  public static WebServer start(Vertx vertx, Settings settings, Site site) {
    var instances = Runtime.getRuntime().availableProcessors();
    var ports = new AtomicInteger(settings.listen().port());
    var options =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.VIRTUAL_THREAD)
            .setInstances(instances);
    var router = router(vertx, site);
    var deployment =
        vertx
            .deployVerticle(() -> new Listener(settings, site, router, ports), options)
            .recover(e -> Future.failedFuture(settings.listen().refused("PLACETTE_LISTEN", e)))
            .await();
    return new WebServer(vertx, deployment, ports.get());
  }

  /** The port really listened on, which matters when 0 was asked for. */
  public int port() {
    return port;
  }

  /** Stops listening; requests under way are given up. */
  @Override
  public void close() {
    vertx.undeploy(deployment).await();
  }

  /** One router for every listener: mounting some hundred routes is a good part of a start. */
  private static Router router(Vertx vertx, Site site) {
    var router = Router.router(vertx);
    var failures = new Failures(site.page());
    router.route().handler(WebServer::again);
    router.get("/health").handler(ctx -> health(ctx, site));
    var body = BodyHandler.create(false).setBodyLimit(MAX_BODY);
    new Cors().mount(router);
    new BodyDeadline(site.bodyTime(), body, site.uploads()).mount(router);
    router.route().handler(WebServer::head);
    for (var routes : site.routes()) routes.mount(router);
    router.route().failureHandler(failures::handle);
    for (var status : new int[] {400, 404, 405, 406, 413, 414, 415, 500}) {
      router.errorHandler(status, failures::handle);
    }
    return router;
  }

  /** A GET without its body (RFC 9110, section 9.3.2). */
  private static void head(RoutingContext ctx) {
    var headers = ctx.response().headers();
    if (ctx.request().method() == HttpMethod.HEAD) {
      Answers.asHead(ctx);
      // A new route begins without the headers that every answer has.
      for (var name : EVERYWHERE) ctx.put(name, headers.get(name));
      ctx.reroute(HttpMethod.GET, ctx.request().uri());
      return;
    }
    ctx.next();
  }

  /** What {@link #head} kept. */
  private static void again(RoutingContext ctx) {
    for (var name : EVERYWHERE) {
      String kept = ctx.get(name);
      if (kept != null) ctx.response().putHeader(name, kept);
    }
    ctx.next();
  }

  private static void health(RoutingContext ctx, Site site) {
    var why = site.notReady().get();
    var body = JsonNodeFactory.instance.objectNode().put("status", why == null ? "ok" : "down");
    if (why != null) body.put("reason", why);
    ctx.response().setStatusCode(why == null ? 200 : 503).putHeader("Cache-Control", "no-store");
    Answers.json(ctx, body);
  }

  private static final class Listener extends VerticleBase {

    private final Settings settings;
    private final Site site;
    private final Router router;
    private final AtomicInteger port;
    private @Nullable HttpServer server;

    Listener(Settings settings, Site site, Router router, AtomicInteger port) {
      this.settings = settings;
      this.site = site;
      this.router = router;
      this.port = port;
    }

    @Override
    public Future<?> start() {
      var quick = site.quick();
      // Whoever ends TLS for us says this itself (RFC 6797).
      var strict = settings.tlsCert() != null && settings.scheme().equals("https");
      server =
          vertx
              .createHttpServer(options())
              .requestHandler(
                  request -> {
                    request.response().putHeader(HttpHeaders.DATE, Clock.now());
                    if (strict) request.response().putHeader(STRICT, "max-age=31536000");
                    // An upgrade must find the request unread, however long it is thought over.
                    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                        && request.method() == HttpMethod.GET) request.pause();
                    if (!quick.answer(request)) router.handle(request);
                  });
      // A negative port is any free one, the same for every instance.
      return server
          .listen(
              settings.listen().port() == 0 ? -1 : settings.listen().port(),
              settings.listen().host())
          .onSuccess(listening -> port.set(listening.actualPort()));
    }

    @Override
    public Future<?> stop() {
      return server == null ? Future.succeededFuture() : server.close();
    }

    private HttpServerOptions options() {
      var options =
          new HttpServerOptions()
              .setMaxInitialLineLength(8 * 1024)
              .setMaxHeaderSize(16 * 1024)
              .setIdleTimeout(75)
              .setMaxFormAttributeSize(64 * 1024)
              .setCompressionSupported(true)
              .setCompressionLevel(1)
              .setCompressionContentSizeThreshold(1400)
              // Apps send their token as the protocol: whatever is offered is given back.
              .setWebSocketSubProtocols(List.of("*"))
              .setMaxWebSocketFrameSize(16 * 1024)
              .setMaxWebSocketMessageSize(16 * 1024)
              .setReuseAddress(true);
      if (settings.tlsCert() != null && settings.tlsKey() != null) {
        options
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(settings.tlsCert().toString())
                    .setKeyPath(settings.tlsKey().toString()));
      }
      return options;
    }
  }
}
