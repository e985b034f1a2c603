package org.placette.federation.fetch;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of addresses such as {@code 10.0.0.0/8} or {@code fc00::/7} (RFC 4632, RFC 4291).
 *
 * @param network the first address
 * @param bits how many leading bits count
 */
public record Cidr(InetAddress network, int bits) {

  /** Refuses a number of bits that the address family does not have. */
  public Cidr {
    if (bits < 0 || bits > network.getAddress().length * 8)
      throw new IllegalArgumentException("no such prefix length: /" + bits);
  }

  /**
   * Reads one range; a bare address means that address alone.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Cidr parse(String text) {
    var slash = text.indexOf('/');
    var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    var all = address.getAddress().length * 8;
    return new Cidr(address, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
  }

  /**
   * Reads a comma-separated list; empty text gives none.
   *
   * @throws IllegalArgumentException when one is no range
   */
  public static List<Cidr> parseList(String text) {
    List<Cidr> ranges = new ArrayList<>();
    for (var part : text.split(",")) if (!part.isBlank()) ranges.add(parse(part.strip()));
    return List.copyOf(ranges);
  }

  /** True when {@code address} lies in this range; never across address families. */
  public boolean contains(InetAddress address) {
    var own = network.getAddress();
    var other = address.getAddress();
    if (own.length != other.length) return false;
    for (int bit = 0; bit < bits; bit += 8) {
      var mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
      if (((own[bit / 8] ^ other[bit / 8]) & mask) != 0) return false;
    }
    return true;
  }
}
