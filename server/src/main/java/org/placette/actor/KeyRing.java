package org.placette.actor;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.placette.config.StartFailure;

/**
 * Seals what the database must not hold in the clear, with a keyset that lives only in the data
 * folder ({@code keys/keyset.json}, readable by its owner alone). Whoever takes the database
 * without that file has no private key; whoever loses that file loses every key of the actors.
 */
public final class KeyRing {

  private final Aead aead;

  private KeyRing(Aead aead) {
    this.aead = aead;
  }

  /**
   * Reads the keyset of the data folder, or makes it on the first start. Several processes may open
   * it at once: the first file stays.
   *
   * @throws UncheckedIOException when the file cannot be read or written
   * @throws IllegalStateException when it is no keyset
   */
  public static KeyRing open(Path dataFolder) {
    var file = dataFolder.resolve("keys").resolve("keyset.json");
    try {
      AeadConfig.register();
      if (!Files.exists(file)) create(file);
      var handle =
          TinkJsonProtoKeysetFormat.parseKeyset(
              Files.readString(file), InsecureSecretKeyAccess.get());
      return new KeyRing(handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (IOException e) {
      throw new UncheckedIOException("The keyset " + file + " cannot be used: " + e, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The keyset " + file + " is damaged.", e);
    }
  }

  private static void create(Path file) throws IOException, GeneralSecurityException {
    var handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
    var json = TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
    var folder = file.getParent();
    if (folder == null) throw new IOException("no folder");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode("rwx------")));
    var draft =
        Files.createTempFile(
            folder, "keyset", ".new", PosixFilePermissions.asFileAttribute(mode("rw-------")));
    try {
      Files.writeString(draft, json);
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its keyset counts.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static java.util.Set<java.nio.file.attribute.PosixFilePermission> mode(String text) {
    return PosixFilePermissions.fromString(text);
  }

  /**
   * Encrypts {@code secret}.
   *
   * @param purpose what it belongs to, such as a key's id; the same text opens it again, so a
   *     sealed value moved to another row is worthless
   */
  public byte[] seal(byte[] secret, String purpose) {
    try {
      return aead.encrypt(secret, purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A secret could not be sealed.", e);
    }
  }

  /**
   * Decrypts what {@link #seal} gave.
   *
   * @throws StartFailure when it was sealed with another keyset or for another purpose; the first
   *     is asked for at each start
   */
  public byte[] unseal(byte[] sealed, String purpose) {
    try {
      return aead.decrypt(sealed, purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new StartFailure(
          "The keys in the data folder are not those that this database was sealed with (%s does not open). Use the folder that belongs to this database, or restore a backup into a new one."
              .formatted(purpose),
          e);
    }
  }
}
