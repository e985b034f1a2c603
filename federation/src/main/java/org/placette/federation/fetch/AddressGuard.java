package org.placette.federation.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.placette.federation.fetch.FetchProblem.Reason;

/**
 * Decides which addresses may be dialled. Everything that is not plainly public is refused, whether
 * written as a literal or found behind a name; one refused answer refuses the whole name, so that a
 * peer cannot mix a public with a private one and wait for its luck.
 */
public final class AddressGuard {

  /** Where a URL is to be dialled; the one place where a test may answer instead of the DNS. */
  @FunctionalInterface
  public interface Resolver {
    /** The addresses of {@code host}, best first; blocks. */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * The port to dial for a canonical URL: the URL's own, except where a test plays many hosts on
     * ports that it was free to choose. Host, SNI and certificate stay those of the URL.
     */
    default int port(URI url) {
      return WebUrl.port(url);
    }

    /** The system's resolver; the JDK keeps its answers for 30 seconds. */
    static Resolver system() {
      return host -> Arrays.asList(InetAddress.getAllByName(host));
    }
  }

  // IANA special-purpose registries (RFC 6890 and successors), multicast and reserved space.
  private static final List<Cidr> REFUSED_IPV4 =
      Cidr.parseList(
          "0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,169.254.0.0/16,172.16.0.0/12,"
              + "192.0.0.0/24,192.0.2.0/24,192.88.99.0/24,192.168.0.0/16,198.18.0.0/15,"
              + "198.51.100.0/24,203.0.113.0/24,224.0.0.0/4,240.0.0.0/4");
  // Of IPv6 only global unicast is routed: this alone refuses ::1, mapped, NAT64, ULA, link-local.
  private static final Cidr GLOBAL_IPV6 = Cidr.parse("2000::/3");
  private static final List<Cidr> REFUSED_IPV6 =
      Cidr.parseList("2001::/23,2001:db8::/32,2002::/16,3fff::/20");

  private final List<Cidr> allowed;

  /**
   * @param allowed ranges to permit although they are not public
   */
  public AddressGuard(List<Cidr> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** True when {@code address} may be dialled. */
  public boolean permits(InetAddress address) {
    if (allowed.stream().anyMatch(range -> range.contains(address))) return true;
    if (address instanceof Inet4Address)
      return REFUSED_IPV4.stream().noneMatch(range -> range.contains(address));
    return GLOBAL_IPV6.contains(address)
        && REFUSED_IPV6.stream().noneMatch(range -> range.contains(address));
  }

  /**
   * The addresses behind {@code host}, all of them checked.
   *
   * @param host a name or a literal in the canonical form of {@link WebUrl}
   * @throws FetchProblem DNS when there is none, PRIVATE_ADDRESS when one may not be dialled
   */
  public List<InetAddress> resolve(String host, Resolver resolver) {
    List<InetAddress> answers;
    try {
      answers =
          WebUrl.isLiteral(host)
              ? List.of(InetAddress.ofLiteral(WebUrl.bare(host)))
              : resolver.resolve(host);
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw new FetchProblem(Reason.DNS, host + " does not resolve");
    }
    if (answers.isEmpty()) throw new FetchProblem(Reason.DNS, host + " has no address");
    for (var address : answers) {
      if (!permits(address))
        throw new FetchProblem(Reason.PRIVATE_ADDRESS, host + " is at " + address.getHostAddress());
    }
    return answers;
  }
}
