package org.placette.oauth;

import org.placette.db.Db;

/** What the routes of this package work with. */
public final class OauthParts {

  private final Apps apps;
  private final Codes codes;
  private final Tokens tokens;

  public OauthParts(Db db, Tokens tokens) {
    this.apps = new Apps(db);
    this.codes = new Codes(db, tokens);
    this.tokens = tokens;
  }

  Apps apps() {
    return apps;
  }

  Codes codes() {
    return codes;
  }

  Tokens tokens() {
    return tokens;
  }
}
