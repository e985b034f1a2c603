package org.placette.inbox;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.KeyLookup;
import org.placette.actor.KeyRing;
import org.placette.actor.Urls;
import org.placette.db.Db;
import org.placette.db.Presence;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.SignedHttp;
import org.placette.federation.fetch.WebFinger;
import org.placette.testing.FakeInstance;
import org.placette.testing.Ports;

/** A server that is all inbox, on a loopback port: what a peer sees of it, and what is behind. */
public final class InboxServer implements AutoCloseable {

  public final Vertx vertx = Vertx.vertx();
  public final Db db;
  public final Actors actors;
  public final Inbox inbox;
  public final Dispatch dispatch = new Dispatch();
  public final Set<String> blocked = ConcurrentHashMap.newKeySet();
  public final Presence presence;
  public final int port = Ports.free();

  public InboxServer(Db db, Path data, Duration lease) {
    this.db = db;
    var http = new GuardedHttp(vertx, FakeInstance.rules());
    var documents = new Dereferencer(new SignedHttp(http));
    actors =
        new Actors(
            vertx,
            db,
            new Urls("http", "127.0.0.1:" + port),
            KeyRing.open(data),
            documents,
            new WebFinger(http));
    actors.found("Fleurs");
    presence = Presence.start(db, List.of("inbox", "delivery"), lease);
    inbox =
        new Inbox(
            new Inbox.Parts(
                db,
                presence,
                actors,
                new KeyLookup(db, actors),
                documents,
                blocked::contains,
                dispatch,
                Clock.systemUTC()));
  }

  /** Listens with so many verticles, and processes with {@code handlers}. */
  public void start(int instances, ActivityHandler... handlers) {
    dispatch.handlers(List.of(handlers));
    inbox.start();
    listen(instances);
  }

  /** Listens without processing. */
  void listen(int instances) {
    List<Future<?>> deployments = new ArrayList<>();
    deployments.add(
        vertx.deployVerticle(
            Listener::new,
            new DeploymentOptions()
                .setInstances(instances)
                .setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
    for (var deployment : deployments) {
      var unused = deployment.await();
    }
  }

  private final class Listener extends VerticleBase {
    @Override
    public Future<?> start() {
      var router = Router.router(vertx);
      inbox.mount(router);
      return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
    }
  }

  /** A local Person. */
  Actor person(String name) {
    return db.inTransaction(tx -> actors.createLocal(tx, "Person", name, name, null));
  }

  String at(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  @Override
  public void close() {
    inbox.close();
    presence.close();
    vertx.close().await();
  }
}
