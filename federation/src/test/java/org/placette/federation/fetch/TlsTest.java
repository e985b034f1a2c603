package org.placette.federation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.placette.federation.fetch.Problems.assertRefused;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.placette.federation.fetch.FetchProblem.Reason;

/** The certificate is checked against the name in the URL although an address is dialled. */
class TlsTest {

  @TempDir static Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static Peers peers;

  @BeforeAll
  static void startPeer() throws Exception {
    var store = folder.resolve("peer.p12");
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-alias",
        "ca",
        "-dname",
        "CN=Village CA",
        "-ext",
        "bc:c",
        "-keystore",
        store);
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-alias",
        "peer",
        "-dname",
        "CN=peer",
        "-signer",
        "ca",
        "-ext",
        "san=dns:good.test,ip:127.0.0.1",
        "-keystore",
        store);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "ca",
        "-file",
        folder.resolve("ca.pem"),
        "-keystore",
        store);
    var certificate =
        new PfxOptions().setPath(store.toString()).setPassword("changeit").setAlias("peer");
    peers = new Peers(new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate));
    peers
        .document("good.test/a", "{}")
        .document("evil.test/a", "{}")
        .redirect("good.test/down", "http://good.test:PORT/a");
    peers.document("127.0.0.1/a", "{}");
    peers.jrd(
        "good.test/.well-known/webfinger",
        "{'subject':'acct:lou@good.test:PORT','links':[{'rel':'self','type':'application/activity+json','href':'https://good.test:PORT/lou'}]}");
  }

  @AfterAll
  static void stopPeer() {
    peers.close();
  }

  @Test
  void theNameOfTheCertificatePassesAndAnyOtherFails() {
    try (var http = trusting(folder.resolve("ca.pem"))) {
      assertEquals(200, http.get(https("good.test/a"), Map.of()).status());
      assertEquals("good.test:" + peers.port(), peers.seen.getLast().headers().get("host"));
      assertEquals(200, http.get(https("127.0.0.1/a"), Map.of()).status());
      var before = peers.seen.size();
      assertRefused(Reason.TLS, () -> http.get(https("evil.test/a"), Map.of()));
      assertEquals(before, peers.seen.size());
    }
  }

  @Test
  void anUnknownAuthorityIsNotTrusted() {
    try (var http = trusting(null)) {
      assertRefused(Reason.TLS, () -> http.get(https("good.test/a"), Map.of()));
    }
  }

  @Test
  void aRedirectFromHttpsToHttpIsRefusedEvenWherePlainHttpIsAllowed() {
    try (var http = trusting(folder.resolve("ca.pem"))) {
      assertTrue(http.rules().allowPlainHttp());
      assertRefused(Reason.INSECURE_REDIRECT, () -> http.get(https("good.test/down"), Map.of()));
    }
  }

  @Test
  void handlesAreLookedUpOverHttps() {
    try (var http = trusting(folder.resolve("ca.pem"))) {
      var found = new WebFinger(http).resolve("lou@good.test:" + peers.port());
      assertEquals("https://good.test:" + peers.port() + "/lou", found.actorId());
    }
  }

  @Test
  void aFileWithoutCertificatesStopsTheStart() throws IOException {
    var empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
    assertThrows(IllegalArgumentException.class, () -> trusting(empty));
  }

  private static GuardedHttp trusting(@Nullable Path ca) {
    return new GuardedHttp(
        peers.vertx,
        peers.rules().trusting(ca),
        name -> List.of(InetAddress.ofLiteral("127.0.0.1")));
  }

  private static URI https(String place) {
    return WebUrl.parse(peers.url(place).replace("http:", "https:"));
  }

  private static void keytool(Object... arguments) throws Exception {
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var store = Stream.of("-storepass", "changeit", "-storetype", "PKCS12");
    var given = Stream.of(arguments).map(Object::toString);
    var command = Stream.concat(Stream.of(tool), Stream.concat(given, store)).toList();
    var log = folder.resolve("keytool.log").toFile();
    var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    assertEquals(0, process.waitFor(), () -> "see " + log);
  }
}
