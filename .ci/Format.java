import com.google.googlejavaformat.java.Formatter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks or fixes the layout of every Java file below folders: {@code Format.java --check|--fix FOLDER...}. */
public final class Format {
  public static void main(String[] args) throws Exception {
    var fix = args[0].equals("--fix");
    var formatter = new Formatter();
    List<Path> wrong = new ArrayList<>();
    for (var folder : List.of(args).subList(1, args.length)) {
      try (var files = Files.walk(Path.of(folder))) {
        for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          var source = Files.readString(file);
          var formatted = formatter.formatSourceAndFixImports(source);
          if (formatted.equals(source)) continue;
          wrong.add(file);
          if (fix) Files.writeString(file, formatted);
        }
      }
    }
    wrong.forEach(file -> System.out.println((fix ? "formatted " : "not formatted: ") + file));
    if (!fix && !wrong.isEmpty()) {
      System.out.println("Run ./mvnw -N -Pformat process-sources and commit the result.");
      System.exit(1);
    }
  }
}
