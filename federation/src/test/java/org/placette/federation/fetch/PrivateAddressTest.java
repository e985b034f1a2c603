package org.placette.federation.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.placette.federation.fetch.FetchProblem.Reason;

/** No request reaches an address that is not public, however it is written or named. */
class PrivateAddressTest {

  private static final List<String> ADDRESSES =
      List.of(
          "0.0.0.0",
          "0.1.2.3",
          "10.0.0.1",
          "10.255.255.255",
          "100.64.0.1",
          "100.127.255.255",
          "127.0.0.1",
          "127.8.8.8",
          "169.254.169.254",
          "172.16.0.1",
          "172.31.255.255",
          "192.0.0.1",
          "192.0.2.1",
          "192.88.99.1",
          "192.168.1.1",
          "198.18.0.1",
          "198.19.255.255",
          "198.51.100.1",
          "203.0.113.1",
          "224.0.0.1",
          "239.255.255.255",
          "240.0.0.1",
          "255.255.255.255",
          "::",
          "::1",
          "::ffff:127.0.0.1",
          "::ffff:10.0.0.1",
          "::ffff:7f00:1",
          "::127.0.0.1",
          "::7f00:1",
          "64:ff9b::7f00:1",
          "64:ff9b:1::1",
          "100::1",
          "2001::1",
          "2001:1ff::1",
          "2001:db8::1",
          "2002:7f00:1::1",
          "3fff::1",
          "fc00::1",
          "fd12:3456::1",
          "fe80::1",
          "fec0::1",
          "ff02::1",
          "4000::1");

  // What inet_aton and URL parsers elsewhere take for 127.0.0.1, and other ways to hide a host.
  private static final List<String> ODD_HOSTS =
      List.of(
          "2130706433",
          "017700000001",
          "0x7f000001",
          "0x7f.0.0.1",
          "0177.0.0.1",
          "127.1",
          "127.0.1",
          "127.0.0.1.",
          "127.0.0.01",
          "00127.0.0.1",
          "127.0.0.256",
          "127.0.0.0x1",
          "１２７.0.0.1",
          "①②⑦.0.0.1",
          "127。0。0。1",
          "user@127.0.0.1",
          "good.example@127.0.0.1",
          "127.0.0.1%00.example",
          "[::1%25lo]",
          "[::ffff:127.0.0.1]",
          "[0:0:0:0:0:0:0:1]",
          "");

  private static final List<String> PUBLIC =
      List.of("9.9.9.9", "100.63.255.255", "172.32.0.1", "192.0.3.1", "2001:4860::1", "2a01::1");

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger canary = new AtomicInteger();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void addressesOfTheListAreRefusedAndPublicOnesArePermitted() {
    var guard = new AddressGuard(List.of());
    for (var text : ADDRESSES)
      assertFalse(guard.permits(InetAddress.ofLiteral(text)), text + " is not public");
    for (var text : PUBLIC)
      assertTrue(guard.permits(InetAddress.ofLiteral(text)), text + " is public");
  }

  @Test
  void onlyTheListedRangesAreOpened() {
    var guard = new AddressGuard(Cidr.parseList("127.0.0.0/8, ::1/128"));
    assertTrue(guard.permits(InetAddress.ofLiteral("127.9.9.9")));
    assertTrue(guard.permits(InetAddress.ofLiteral("::1")));
    assertFalse(guard.permits(InetAddress.ofLiteral("10.0.0.1")));
    assertFalse(guard.permits(InetAddress.ofLiteral("::2")));
    assertThrows(IllegalArgumentException.class, () -> Cidr.parse("10.0.0.0/33"));
    assertThrows(IllegalArgumentException.class, () -> Cidr.parse("localhost"));
  }

  @Test
  void noEntryConnectsToAnyOfThem() {
    var port =
        vertx
            .createNetServer()
            .connectHandler(socket -> canary.incrementAndGet())
            .listen(0, "::")
            .recover(
                noIpv6 ->
                    vertx
                        .createNetServer()
                        .connectHandler(s -> canary.incrementAndGet())
                        .listen(0, "127.0.0.1"))
            .await()
            .actualPort();
    var rules = FetchRules.strict("Placette test").withPlainHttp(true);
    try (var http =
        new GuardedHttp(
            vertx, rules, name -> List.of(InetAddress.ofLiteral(ADDRESSES.get(number(name)))))) {
      List<String> hosts = new ArrayList<>(ODD_HOSTS);
      for (int i = 0; i < ADDRESSES.size(); i++) {
        var literal = ADDRESSES.get(i);
        hosts.add(literal.contains(":") ? "[" + literal + "]" : literal);
        hosts.add("name" + i + ".example");
      }
      for (var host : hosts) assertUnreachable(http, host + ":" + port);
    }
    assertEquals(0, canary.get(), "connections that the canary saw");
  }

  private static void assertUnreachable(GuardedHttp http, String host) {
    var signed = new Dereferencer(new SignedHttp(http));
    assertGuarded(host, () -> http.get(WebUrl.parse("http://" + host + "/"), Map.of()));
    assertGuarded(
        host, () -> http.post(WebUrl.parse("https://" + host + "/"), new byte[0], Map.of()));
    assertGuarded(host, () -> signed.fetch("http://" + host + "/users/a", null));
    assertGuarded(
        host,
        () ->
            new CollectionReader(signed)
                .items("http://" + host + "/outbox", null, 10, Budget.perActivity()));
    assertGuarded(host, () -> new WebFinger(http).resolve("acct:a@" + host));
    assertGuarded(host, () -> new WebFinger(http).resolve("http://" + host + "/users/a"));
    assertGuarded(host, () -> new NodeInfo(http).lookup(host));
  }

  private static void assertGuarded(String host, Runnable call) {
    var problem = assertThrows(FetchProblem.class, call::run, host);
    assertTrue(
        problem.reason() == Reason.PRIVATE_ADDRESS || problem.reason() == Reason.BAD_URL,
        host + ": " + problem.getMessage());
  }

  private static int number(String name) {
    return Integer.parseInt(name.replaceAll("[^0-9]", ""));
  }
}
