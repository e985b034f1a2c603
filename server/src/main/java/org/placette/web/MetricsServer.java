package org.placette.web;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.config.ListenAddress;

/**
 * Counters as Prometheus text at {@code /metrics}, on an address of its own that is not for the
 * public. Tells numbers only, never who or what.
 */
public final class MetricsServer implements AutoCloseable {

  private final Vertx vertx;
  private final String deployment;

  private MetricsServer(Vertx vertx, String deployment) {
    this.vertx = vertx;
    this.deployment = deployment;
  }

  /**
   * Starts listening.
   *
   * @param text what the features count, in the Prometheus text format; may wait for the database
   */
  public static MetricsServer start(Vertx vertx, ListenAddress listen, Supplier<String> text) {
    var options = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    var deployment =
        vertx
            .deployVerticle(() -> new Door(listen, text), options)
            .recover(e -> Future.failedFuture(listen.refused("PLACETTE_METRICS_LISTEN", e)))
            .await();
    return new MetricsServer(vertx, deployment);
  }

  @Override
  public void close() {
    if (vertx.deploymentIDs().contains(deployment)) {
      var unused = vertx.undeploy(deployment).await();
    }
  }

  private static String java() {
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return """
    # TYPE placette_heap_used_bytes gauge
    placette_heap_used_bytes %d
    # TYPE placette_uptime_seconds gauge
    placette_uptime_seconds %d
    """
        .formatted(heap.getUsed(), ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
  }

  private static final class Door extends VerticleBase {

    private final ListenAddress listen;
    private final Supplier<String> text;
    private @Nullable HttpServer server;

    Door(ListenAddress listen, Supplier<String> text) {
      this.listen = listen;
      this.text = text;
    }

    @Override
    public Future<?> start() {
      server =
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> {
                    var response = request.response();
                    if (!Objects.equals(request.path(), "/metrics")) {
                      var unused = response.setStatusCode(404).end();
                      return;
                    }
                    response.putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                    var unused = response.end(text.get() + java());
                  });
      return server.listen(listen.port(), listen.host());
    }
  }
}
