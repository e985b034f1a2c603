package org.placette.user;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What kind of place is opened: what it begins with, all of it to be changed at will. */
public enum Preset {
  VILLAGE("entraide", "patrimoine", "ecole", "fetes", "mairie"),
  QUARTIER("entraide", "cadre", "ecole", "fetes", "velo"),
  CLUB("seances", "sorties", "materiel"),
  MAIRIE("mairie", "travaux", "ecole", "associations");

  private final List<String> themes;

  Preset(String... themes) {
    this.themes = List.of(themes);
  }

  /**
   * Themes that suit it, by the name that becomes their handle; {@code preset.theme.} and the name
   * is what people read.
   */
  public List<String> themes() {
    return themes;
  }

  /** As it stands in links and messages. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The preset of that word; VILLAGE for any other. */
  public static Preset of(String word) {
    return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst().orElse(VILLAGE);
  }
}
