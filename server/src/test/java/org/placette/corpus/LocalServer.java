package org.placette.corpus;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import org.placette.Village;
import org.placette.actor.Actors;
import org.placette.actor.KeyLookup;
import org.placette.actor.Urls;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.federation.fetch.CollectionReader;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.FetchRules;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.NodeInfo;
import org.placette.federation.fetch.SignedHttp;
import org.placette.federation.fetch.WebFinger;
import org.placette.inbox.Inbox;
import org.placette.post.RemotePosts;
import org.placette.testing.FakeHosts;

/**
 * The whole server as the command runs it, at http://fleurs.example, beside the parts of fetching
 * that it keeps to itself. Only names resolve to where a test wants them. It is plain http, because
 * a fifth of the payloads come from such hosts, which a server with https would not visit.
 */
final class LocalServer implements AutoCloseable {

  static final Urls URLS = new Urls("http", "fleurs.example");

  final Actors actors;
  final KeyLookup keys;
  final WebFinger webFinger;
  final NodeInfo nodeInfo;
  final CollectionReader collections;
  final RemotePosts posts;
  final Inbox inbox;
  private final Village running;
  private final GuardedHttp http;

  LocalServer(Vertx vertx, Db db, Path data, FakeHosts others) {
    var settings =
        Settings.load(
            Map.of(
                "PLACETTE_DOMAIN", "fleurs.example",
                "PLACETTE_SCHEME", "http",
                "PLACETTE_LISTEN", "127.0.0.1:0",
                "PLACETTE_DATA", data.toString(),
                "PLACETTE_TRUSTED_CA", others.authority().toString(),
                "PLACETTE_ALLOW_PRIVATE", "127.0.0.1/32"),
            null);
    running = Village.start(vertx, db, settings, others.resolver());
    actors = running.actors();
    posts = running.remotePosts();
    inbox = running.inbox();
    keys = new KeyLookup(db, actors);
    var rules =
        FetchRules.strict("Placette test")
            .allowing(settings.allowPrivate())
            .withPlainHttp(true)
            .trusting(settings.trustedCa());
    http = new GuardedHttp(vertx, rules, others.resolver());
    webFinger = new WebFinger(http);
    nodeInfo = new NodeInfo(http);
    collections = new CollectionReader(new Dereferencer(new SignedHttp(http)));
  }

  int port() {
    return running.port();
  }

  @Override
  public void close() {
    running.close();
    http.close();
  }
}
