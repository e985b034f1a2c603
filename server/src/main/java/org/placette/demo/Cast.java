package org.placette.demo;

import java.util.List;

/** Who lives in the demo village. Tests use the same people. */
public final class Cast {

  /** The village's name and motto. */
  public static final String VILLAGE = "Saint-Just-le-Lavoir";

  public static final String MOTTO = "La place du village, en ligne et dehors";

  /** What people who live there have agreed on. */
  public static final List<String> CHARTER =
      List.of(
          "On se parle comme au marché : poliment, et en se disant bonjour.",
          "On demande avant de publier la photo de quelqu’un.",
          "Les annonces d’ici sont les bienvenues ; la publicité, non.");

  /** Everybody's password on a machine's own demo, which nobody else reaches. */
  public static final String PASSWORD = "saint-just-le-lavoir";

  /** Who proposes, asks and answers most. */
  public static final String NOUR = "nour";

  /** The town hall's account, and the festival committee's. */
  public static final String TOWN_HALL = "mairie";

  public static final String COMMITTEE = "comite";

  private Cast() {}

  /**
   * A resident with an account.
   *
   * @param role what the person may do here
   * @param bio one line, plain text
   */
  public record Resident(String username, String name, String role, String bio) {}

  /**
   * An association, the town hall (Service) or a theme (Group).
   *
   * @param type the ActivityStreams type of its actor
   */
  public record Body(String type, String username, String name, String bio) {}

  /** The residents, the owner first. */
  public static final List<Resident> RESIDENTS =
      List.of(
          new Resident(
              NOUR, "Nour Benali", "owner", "Bibliothécaire, du thé et des vélos. Rue du Moulin."),
          new Resident("jean", "Jean Maurel", "admin", "Retraité de la Poste, répare les radios."),
          new Resident("lucie", "Lucie Ferrand", "moderator", "Institutrice à l’école du Lavoir."),
          new Resident("marc", "Marc Delorme", "animator", "Boulanger. Le four à pain, c’est lui."),
          new Resident("aicha", "Aïcha Sow", "resident", "Infirmière de nuit, jardine le matin."),
          new Resident(
              "paul", "Paul Girard", "resident", "Apiculteur à la ferme des Trois Chênes."),
          new Resident("emma", "Emma Roux", "resident", "Au lycée à Varennes, guitare et rando."),
          new Resident("odette", "Odette Vial", "resident", "Née ici en 1941, n’a pas fini."));

  /** Bodies and themes. */
  public static final List<Body> BODIES =
      List.of(
          new Body(
              "Service", TOWN_HALL, "Mairie de Saint-Just", "Avis, travaux, conseil municipal."),
          new Body("Service", COMMITTEE, "Comité des fêtes", "On s’occupe des lampions."),
          new Body("Group", "entraide", "Entraide", "Prêter, aider, garder, transporter."),
          new Body("Group", "patrimoine", "Patrimoine", "Le lavoir, le four, les chemins."),
          new Body("Group", "ecole", "École", "Parents, enfants, cantine et bus."));
}
