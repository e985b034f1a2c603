package org.placette.user;

/**
 * A person's account.
 *
 * @param actorId the person's actor, which is the account's number too
 * @param passwordHash Argon2id in its text form
 * @param role the word of the most powerful role for the whole place
 * @param locale fr or en
 */
public record Account(
    long actorId, String username, String email, String passwordHash, String role, String locale) {

  @Override
  public String toString() {
    return "Account[" + username + "]";
  }
}
