package org.placette.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;

/**
 * Where pictures and other files are. Files of people here are under {@code PLACETTE_MEDIA_URL};
 * pictures of other servers are shown through this one, at an address that carries a signature:
 * only what this server itself wrote down can be asked for, so it is no open proxy. Making an
 * address costs one HMAC and asks nobody.
 */
public final class MediaUrls {

  /** Before the signature and the encoded address of a picture of another server. */
  public static final String PROXY = "/proxy/";

  private static final int SIGNATURE_BYTES = 16;
  private static final int LONGEST = 4000;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String files;
  private final String origin;
  private final boolean proxies;
  private final SecretKeySpec secret;
  private volatile Withheld withheld = Withheld.NOTHING;

  private MediaUrls(String files, String origin, boolean proxies, byte[] secret) {
    this.files = files;
    this.origin = origin;
    this.proxies = proxies;
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** For these settings; the secret is made in the data folder when it is not there yet. */
  public static MediaUrls open(Settings settings) {
    try {
      var secret = secret(settings.data().resolve("keys"));
      return new MediaUrls(
          settings.mediaUrl(), settings.origin(), settings.remoteMediaMb() > 0, secret);
    } catch (IOException e) {
      throw new UncheckedIOException("The data folder does not take a key: " + e, e);
    }
  }

  private static byte[] secret(Path folder) throws IOException {
    var file = folder.resolve("proxy.key");
    if (!Files.exists(file)) {
      var fresh = new byte[32];
      new SecureRandom().nextBytes(fresh);
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode("rwx------")));
      var draft =
          Files.createTempFile(
              folder, "proxy", ".new", PosixFilePermissions.asFileAttribute(mode("rw-------")));
      try {
        Files.write(draft, fresh);
        Files.createLink(file, draft);
      } catch (FileAlreadyExistsException e) {
        // Another process was first; its key counts.
      } finally {
        Files.deleteIfExists(draft);
      }
    }
    return Files.readAllBytes(file);
  }

  private static java.util.Set<java.nio.file.attribute.PosixFilePermission> mode(String text) {
    return PosixFilePermissions.fromString(text);
  }

  /** Says of which servers nothing is shown. */
  public void withholding(Withheld given) {
    withheld = given;
  }

  /** Whether nothing of that address is shown here. */
  public boolean withholds(String url) {
    return withheld.withholds(url);
  }

  /** The address of a file of this server, by its name under the media folder's address. */
  public String file(String name) {
    return files + "/" + name;
  }

  /** The origin of files, for the policy of pages; null when it is the pages' own. */
  public @Nullable String otherOrigin() {
    var uri = URI.create(files);
    var at = uri.getScheme() + "://" + uri.getRawAuthority();
    return at.equals(origin) ? null : at;
  }

  /** True for an address on this server or of its files: a page may show it. */
  public boolean own(@Nullable String url) {
    return url != null
        && (url.startsWith(origin + "/")
            || url.startsWith(files + "/")
            || (url.startsWith("/") && !url.startsWith("//")));
  }

  /**
   * The address at which this server shows a picture of another one; what is here already, and
   * everything when no remote pictures are kept, stays as it is. Null for null.
   */
  public @Nullable String proxy(@Nullable String url) {
    if (url == null || own(url) || !proxies || url.length() > LONGEST) return url;
    if (!url.startsWith("https://") && !url.startsWith("http://")) return url;
    var encoded = BASE64.encodeToString(url.getBytes(StandardCharsets.UTF_8));
    return origin + PROXY + BASE64.encodeToString(sign(encoded)) + "/" + encoded;
  }

  /** The picture that a path asks for; null when this server did not sign it. */
  public @Nullable String proxied(String path) {
    if (!proxies || !path.startsWith(PROXY)) return null;
    var parts = path.substring(PROXY.length()).split("/", -1);
    if (parts.length != 2) return null;
    try {
      var signature = Base64.getUrlDecoder().decode(parts[0]);
      if (!MessageDigest.isEqual(signature, sign(parts[1]))) return null;
      return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private byte[] sign(String encoded) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return Arrays.copyOf(mac.doFinal(encoded.getBytes(StandardCharsets.UTF_8)), SIGNATURE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
