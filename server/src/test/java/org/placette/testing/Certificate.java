package org.placette.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A certificate made for one test run, good for all given names and trusted by nobody else.
 *
 * @param store a PKCS#12 file with its key
 * @param authority a PEM file with the certificate, for whoever is to trust it
 */
record Certificate(Path store, Path authority) {

  static final String PASSWORD = "changeit";

  /** Lets the JDK's own keytool make it. */
  static Certificate make(Collection<String> hosts, Path folder) {
    var made = new Certificate(folder.resolve("fake.p12"), folder.resolve("fake-ca.pem"));
    var names = hosts.stream().sorted().map(host -> "dns:" + host).collect(Collectors.joining(","));
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        Stream.concat(
                Stream.of(tool),
                Stream.of(
                    ("-genkeypair -keyalg EC -alias fake -dname CN=fake -ext bc:c -ext san=%s"
                            + " -storetype PKCS12 -storepass %s -keystore")
                        .formatted(names, PASSWORD)
                        .split(" ")))
            .toList();
    try {
      Files.deleteIfExists(made.store);
      run(Stream.concat(command.stream(), Stream.of(made.store.toString())).toList(), folder);
      var keys = KeyStore.getInstance(made.store.toFile(), PASSWORD.toCharArray());
      var pem = Base64.getMimeEncoder(64, new byte[] {'\n'});
      Files.writeString(
          made.authority,
          "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
              .formatted(pem.encodeToString(keys.getCertificate("fake").getEncoded())));
      return made;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("no certificate", e);
    }
  }

  private static void run(List<String> command, Path folder) throws IOException {
    var log = folder.resolve("keytool.log").toFile();
    var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    try {
      if (process.waitFor() != 0) throw new IllegalStateException("keytool failed, see " + log);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
