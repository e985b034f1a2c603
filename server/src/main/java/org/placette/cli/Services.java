package org.placette.cli;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the commands ask of the features. Every method may wait for the database or the network, and
 * refuses with a {@link org.placette.config.StartFailure} that says what to do.
 */
public interface Services {

  /**
   * Serves until the platform is closed; returns once requests are answered.
   *
   * @param demo whether to fill an empty database with a believable village first
   */
  Serving serve(boolean demo);

  /**
   * What to tell whoever started the server.
   *
   * @param address where people find it
   * @param setUpLink the one-time link that makes the first owner; null once there is one
   */
  record Serving(String address, @Nullable String setUpLink) {}

  /** Creates an account that can sign in at once. */
  void createAccount(String username, String email, String role, String password);

  /** Ends an account and removes everything of it; gives what happened, in one sentence. */
  String deleteAccount(String username);

  /** Makes one access token for an account and gives it; it is shown this once. */
  String createToken(String username, Set<String> scopes);

  /** Follows a host's relay; gives what happened, in one sentence. */
  String addNeighbour(String host);

  /** Every neighbour with its state. */
  List<Neighbour> neighbours();

  /**
   * A neighbouring server.
   *
   * @param weFollow none, pending or accepted
   * @param theyFollow none, pending or accepted
   */
  record Neighbour(String host, String software, String weFollow, String theyFollow) {}

  /** Stops following a host and being followed by it; gives what happened, in one sentence. */
  String removeNeighbour(String host);
}
