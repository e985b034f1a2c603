package org.placette;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.placette.cli.Placette;
import org.placette.cli.Platform;
import org.placette.cli.Services;
import org.placette.config.StartFailure;

/** Wires the features together by hand; the only file that sees everything. */
public final class Main implements Services {

  private final Platform platform;

  private Main(Platform platform) {
    this.platform = platform;
  }

  public static void main(String[] args) {
    System.exit(Placette.execute(Main::new, args));
  }

  @Override
  public Serving serve(boolean demo) {
    var listen = platform.settings().listen();
    var unused =
        platform
            .vertx()
            .deployVerticle(
                () ->
                    new VerticleBase() {
                      @Override
                      public Future<?> start() {
                        var router = Router.router(vertx);
                        router
                            .get("/health")
                            .handler(context -> context.json(Map.of("status", "ok")));
                        return vertx
                            .createHttpServer()
                            .requestHandler(router)
                            .listen(listen.port(), listen.host());
                      }
                    },
                new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
            .await();
    return new Serving(platform.settings().origin(), null);
  }

  @Override
  public void createAccount(String username, String email, String role, String password) {
    throw new StartFailure("Accounts are not there yet.");
  }

  @Override
  public String createToken(String username, Set<String> scopes) {
    throw new StartFailure("Tokens are not there yet.");
  }

  @Override
  public String addNeighbour(String host) {
    throw new StartFailure("Neighbours are not there yet.");
  }

  @Override
  public List<Neighbour> neighbours() {
    return List.of();
  }

  @Override
  public String removeNeighbour(String host) {
    throw new StartFailure("Neighbours are not there yet.");
  }
}
