package org.placette.federation.fetch;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificate authorities that outgoing connections accept: the JDK's, and an extra file's. */
final class TrustedAuthorities {

  private TrustedAuthorities() {}

  /**
   * The JDK's authorities together with those of a PEM file.
   *
   * @throws IllegalArgumentException when the file cannot be read or holds no certificate
   */
  static TrustOptions with(Path pem) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (var manager : factory(null).getTrustManagers()) {
        if (!(manager instanceof X509TrustManager usual)) continue;
        for (var authority : usual.getAcceptedIssuers())
          store.setCertificateEntry("usual-" + number++, authority);
      }
      try (var in = Files.newInputStream(pem)) {
        var extra = CertificateFactory.getInstance("X.509").generateCertificates(in);
        if (extra.isEmpty()) throw new IllegalArgumentException("no certificate in " + pem);
        for (var authority : extra) store.setCertificateEntry("extra-" + number++, authority);
      }
      return TrustOptions.wrap(factory(store));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cannot read certificates from " + pem, e);
    }
  }

  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
