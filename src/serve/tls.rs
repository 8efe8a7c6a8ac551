//! Encryption, by a certificate that may be renewed while it is in use.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

use crate::http::App;

/// How often it is looked whether the certificate was renewed.
const LOOK: Duration = Duration::from_secs(5);

/// Where the certificate and its key are.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The chain, in PEM.
    pub certificate: PathBuf,
    /// The private key, in PEM.
    pub key: PathBuf,
}

/// The certificate that is shown.
#[derive(Debug)]
struct Shown(ArcSwap<CertifiedKey>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.load_full())
    }
}

/// What accepts encrypted connections; from now on it follows the files, as long as
/// the runtime lasts.
///
/// # Errors
/// When they are no certificate with its key, in a sentence.
pub(super) fn acceptor(files: TlsFiles, app: Arc<App>) -> Result<TlsAcceptor, String> {
    let stamp = files.stamp();
    let shown = Arc::new(Shown(ArcSwap::from_pointee(files.read()?)));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_no_client_auth();
    let mut config = config.with_cert_resolver(Arc::clone(&shown) as Arc<dyn ResolvesServerCert>);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    tokio::spawn(follow(files, stamp, shown, app));
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// What tells that one of the files is another.
type Stamp = [Option<(u64, SystemTime)>; 2];

async fn follow(files: TlsFiles, mut stamp: Stamp, shown: Arc<Shown>, app: Arc<App>) {
    loop {
        tokio::time::sleep(LOOK).await;
        let now = files.stamp();
        let failed = app.certificate_fault();
        // What could not be read may be readable by now, and no other file.
        if now == stamp && failed.is_none() {
            continue;
        }
        let read = files.read();
        if now == stamp && read.as_ref().err() == failed.as_deref() {
            continue;
        }
        stamp = now;
        app.certificate_read(read.as_ref().err().cloned());
        match read {
            Ok(renewed) => {
                shown.0.store(Arc::new(renewed));
                tracing::info!("another certificate is shown");
            }
            // As where one file is written already and the other is not.
            Err(error) => tracing::error!(error, "the certificate before is shown"),
        }
    }
}

impl TlsFiles {
    fn stamp(&self) -> Stamp {
        [&self.certificate, &self.key].map(|file| {
            let data = std::fs::metadata(file).ok()?;
            Some((data.len(), data.modified().ok()?))
        })
    }

    fn read(&self) -> Result<CertifiedKey, String> {
        let chain = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| cannot("--tls-cert", &self.certificate, &error))?;
        if chain.is_empty() {
            let error = io::Error::other("it holds no certificate in PEM");
            return Err(cannot("--tls-cert", &self.certificate, &error));
        }
        let key = PrivateKeyDer::from_pem_file(&self.key)
            .map_err(|error| cannot("--tls-key", &self.key, &error))?;
        // Refuses a key that is another certificate's.
        CertifiedKey::from_der(chain, key, &default_provider())
            .map_err(|error| cannot("--tls-key", &self.key, &error))
    }
}

fn cannot(flag: &str, file: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{flag} {}: {error}", file.display())
}
