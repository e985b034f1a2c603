package org.placette;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.benmanes.caffeine.cache.Cache;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The walls between the rooms, and the size of the rooms. */
class ArchitectureTest {

  private static final int LINES_PER_FILE = 400;
  private static final int LINES_PER_METHOD = 60;

  private static final String[] PLATFORM = {
    "org.placette.db..", "org.placette.web..", "org.placette.text..", "org.placette.config.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.placette");

  @Test
  void classes_were_found_at_all() {
    assertTrue(CLASSES.size() > 50, "only " + CLASSES.size() + " classes were imported");
  }

  @Test
  void features_do_not_depend_on_one_another_in_circles() {
    slices().matching("org.placette.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void the_protocol_knows_neither_sql_nor_routes_nor_the_server() {
    noClasses()
        .that()
        .resideInAPackage("org.placette.federation..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "SQL, vertx-web or the server",
                (JavaClass c) ->
                    c.getPackageName().startsWith("io.vertx.sqlclient")
                        || c.getPackageName().startsWith("io.vertx.ext.web.handler")
                        || (c.getPackageName().startsWith("org.placette")
                            && !c.getPackageName().startsWith("org.placette.federation"))))
        .check(CLASSES);
  }

  @Test
  void the_platform_imports_no_feature() {
    noClasses()
        .that()
        .resideInAnyPackage(PLATFORM)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "features",
                (JavaClass c) ->
                    c.getPackageName().startsWith("org.placette.")
                        && !c.getPackageName()
                            .matches(
                                "org\\.placette\\.(db|web|text|config|pages|federation)(\\..*)?")))
        .check(CLASSES);
  }

  @Test
  void sql_is_spoken_only_in_db_and_in_stores() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.placette.db..")
        .and()
        .haveNameNotMatching(".*Store(\\$.*)?")
        .and()
        .haveNameNotMatching("org\\.placette\\.Main")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..")
        .check(CLASSES);
  }

  @Test
  void the_read_side_is_imported_by_main_alone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.placette.timeline..", "org.placette.pages..", "org.placette")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.placette.timeline..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /**
   * A loading cache holds a lock while it loads. On a virtual-thread verticle the loader lets the
   * next handler run while it waits for the database; if that one wants the lock, both wait for
   * ever.
   */
  @Test
  void no_cache_loads_under_its_own_lock() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("com\\.github\\.benmanes\\.caffeine\\.cache\\.LoadingCache")
        .check(CLASSES);
  }

  /** The same lock: a loader given with the key may only make something new in memory. */
  @Test
  void what_a_cache_makes_by_itself_asks_nobody() {
    noClasses()
        .that()
        .haveNameNotMatching(COUNTING)
        .should()
        .callMethod(Cache.class, "get", Object.class, Function.class)
        .orShould()
        .callMethod(Cache.class, "getAll", Iterable.class, Function.class)
        .check(CLASSES);
  }

  /** Those that keep a counter per key. */
  private static final String COUNTING =
      "org\\.placette\\.(oauth\\.Apps|user\\.Attempts|mastodon\\.RateLimit|actor\\.KeyLookup"
          + "|inbox\\.HostBuckets|federation\\.fetch\\.Dereferencer)";

  @Test
  void names_say_what_a_class_is() {
    noClasses()
        .that()
        .resideInAPackage("org.placette..")
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("DTO")
        .check(CLASSES);
  }

  @Test
  void files_and_methods_stay_short() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (var root :
        List.of(
            "src/main/java",
            "src/test/java",
            "../federation/src/main/java",
            "../federation/src/test/java")) {
      try (var files = Files.walk(Path.of(root))) {
        for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          var lines = Files.readAllLines(file);
          if (lines.size() > LINES_PER_FILE) tooLong.add(file + ": " + lines.size() + " lines");
          if (root.contains("main")) tooLong.addAll(longMethods(file, lines));
        }
      }
    }
    assertEquals(List.of(), tooLong);
  }

  /** Modifiers and a type, a name, a parenthesis: a call such as {@code sql.run(} is none. */
  private static final Pattern METHOD =
      Pattern.compile(
          "^(  |    )(?!return|throw|new |else|if |for |while |switch |try |case |assert )"
              + "[A-Za-z@][^=;()]* \\w+\\(.*");

  private static final Pattern TYPE = Pattern.compile(".*\\b(class|record|enum|interface) .*");

  /** A method starts at a line of two or four spaces with a parenthesis; its brace closes there. */
  private static List<String> longMethods(Path file, List<String> lines) {
    List<String> found = new ArrayList<>();
    for (var start = 0; start < lines.size(); start++) {
      var line = lines.get(start);
      if (!METHOD.matcher(line).matches() || TYPE.matcher(line).matches()) continue;
      if (line.endsWith(";")) continue;
      var indent = line.startsWith("    ") ? "    " : "  ";
      var end = start + 1;
      while (end < lines.size() && !lines.get(end).equals(indent + "}")) end++;
      if (end < lines.size() && end - start > LINES_PER_METHOD) {
        found.add(file + ":" + (start + 1) + ": a method of " + (end - start) + " lines");
      }
    }
    return found;
  }
}
