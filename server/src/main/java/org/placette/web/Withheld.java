package org.placette.web;

/** The servers whose pictures, films and sounds are not shown here. */
public interface Withheld {

  /** None. */
  Withheld NOTHING =
      new Withheld() {
        @Override
        public boolean withholds(String url) {
          return false;
        }

        @Override
        public int edition() {
          return 0;
        }
      };

  /** Whether a file of that address is of such a server. */
  boolean withholds(String url);

  /** Changes with the list: what was written while it said something else is written anew. */
  int edition();
}
