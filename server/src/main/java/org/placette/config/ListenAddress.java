package org.placette.config;

/**
 * An address to listen on.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {

  /**
   * Why nothing can listen here, as one line for whoever starts the server.
   *
   * @param setting the name of the setting that this address comes from
   * @param cause what the system said: the port is taken, or not allowed, or the address is not
   *     this machine's
   */
  public StartFailure refused(String setting, Throwable cause) {
    return new StartFailure(
        "%s is wrong: %s cannot be listened on (%s). Choose another, or stop what listens there."
            .formatted(setting, this, cause.getMessage()),
        cause);
  }

  /** As in a URL: brackets around IPv6. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
