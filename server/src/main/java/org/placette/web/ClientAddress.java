package org.placette.web;

import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import org.placette.federation.fetch.Cidr;

/**
 * The network address that a request comes from. {@code X-Forwarded-For} counts only as far as
 * trusted proxies wrote it: a stranger may put anything before.
 */
public final class ClientAddress {

  private static final int MAX_HOPS = 20;

  private ClientAddress() {}

  /** The address in its usual text form; IPv4 within IPv6 as IPv4. */
  public static String of(RoutingContext ctx, Settings settings) {
    var remote = ctx.request().remoteAddress();
    var peer = remote == null ? null : literal(remote.hostAddress());
    if (peer == null) return "unknown";
    return of(peer, ctx.request().headers().getAll("X-Forwarded-For"), settings.trustedProxies())
        .getHostAddress();
  }

  /** What a limit counts by: an IPv4 address as it is, an IPv6 address by its /64. */
  public static String network(String address) {
    if (address.indexOf(':') < 0) return address;
    try {
      var bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == 4 ? address : HexFormat.of().formatHex(bytes, 0, 8);
    } catch (IllegalArgumentException e) {
      return address;
    }
  }

  /** The last address, seen from us, that no trusted proxy has. */
  static InetAddress of(InetAddress peer, List<String> forwarded, List<Cidr> trusted) {
    if (trusted.isEmpty() || forwarded.isEmpty()) return peer;
    var hops = String.join(",", forwarded).split(",", -1);
    var address = peer;
    for (int i = hops.length - 1; i >= Math.max(0, hops.length - MAX_HOPS); i--) {
      if (!isTrusted(address, trusted)) return address;
      var before = literal(hops[i]);
      if (before == null) return address;
      address = before;
    }
    return address;
  }

  private static boolean isTrusted(InetAddress address, List<Cidr> trusted) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Reads {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1}, {@code [2001:db8::1]:80}.
   */
  private static @Nullable InetAddress literal(@Nullable String text) {
    if (text == null) return null;
    var bare = text.strip();
    if (bare.startsWith("[")) {
      var end = bare.indexOf(']');
      bare = end < 0 ? bare : bare.substring(1, end);
    } else if (bare.indexOf(':') == bare.lastIndexOf(':') && bare.indexOf('.') > 0) {
      var port = bare.indexOf(':');
      bare = port < 0 ? bare : bare.substring(0, port);
    }
    try {
      return InetAddress.ofLiteral(bare);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
