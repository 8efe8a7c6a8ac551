//! `demarc serve`: the map and the HTTP interface.

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::http::Uri;
use clap::Args;

use super::{Failure, Source};
use crate::http::Limits;
use crate::load::Folder;
use crate::serve::{self, Form, Level, Options, TlsFiles};

#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    source: Source,
    /// Address and port; port 0 takes a free one
    #[arg(long, env = "DEMARC_LISTEN", value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where /health and /metrics are answered beside it, for whoever runs the service alone
    #[arg(long, env = "DEMARC_HEALTH_LISTEN", value_name = "ADDR:PORT")]
    health_listen: Option<SocketAddr>,
    /// The address that links start with [default: the request's host]
    #[arg(long, env = "DEMARC_BASE_URL", value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Follow changes in the geodata folder; SIGHUP has it read again in any case
    #[arg(long, env = "DEMARC_WATCH")]
    watch: bool,
    /// SHA-256 hashes of the tokens that open restricted layers, one a line; a folder that has
    /// some wants the file, if an empty one
    #[arg(long, env = "DEMARC_TOKENS", value_name = "FILE")]
    tokens: Option<PathBuf>,
    /// The chain of a certificate, in PEM, to serve over https; it may be renewed meanwhile
    #[arg(long, env = "DEMARC_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Its private key, in PEM
    #[arg(long, env = "DEMARC_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// How much is written to stderr
    #[arg(long, env = "DEMARC_LOG", value_enum, value_name = "LEVEL", default_value = "info")]
    log: Level,
    /// In which form
    #[arg(
        long,
        env = "DEMARC_LOG_FORMAT",
        value_enum,
        value_name = "FORM",
        default_value = "text"
    )]
    log_format: Form,
    #[command(flatten)]
    limits: Limits,
}

/// An address that a path can follow.
fn base_url(text: &str) -> Result<String, String> {
    let address: Uri = text.parse().map_err(|error| format!("it is no address: {error}"))?;
    if !["http", "https"].contains(&address.scheme_str().unwrap_or_default()) {
        return Err("start it with http:// or https://".to_owned());
    }
    if text.contains(['?', '#', '<', '>', '"'])
        || address.authority().is_none_or(|at| at.as_str().contains('@'))
    {
        return Err("end it with a host, or with a path, after which paths can stand".to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

impl Serve {
    pub fn run(self) -> Result<(), Failure> {
        let folder = self.source.folder();
        if self.watch && matches!(folder, Folder::Embedded) {
            let says = "--watch: the atlas built in does not change; name a folder with --geodata";
            return Err(Failure::Usage(says.to_owned()));
        }
        let options = Options {
            listen: self.listen,
            health_listen: self.health_listen,
            base_url: self.base_url,
            watch: self.watch,
            tokens: self.tokens,
            tls: self
                .tls_cert
                .zip(self.tls_key)
                .map(|(certificate, key)| TlsFiles { certificate, key }),
            limits: self.limits,
            level: self.log,
            form: self.log_format,
        };
        serve::serve(&folder, || self.source.load(), options)
    }
}

#[cfg(test)]
mod tests {
    use super::base_url;

    #[test]
    fn links_start_with_an_address_that_a_path_can_follow() {
        for (text, is) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://example.org/atlas/", "https://example.org/atlas"),
            ("https://[::1]/a/b//", "https://[::1]/a/b"),
        ] {
            assert_eq!(base_url(text).as_deref(), Ok(is));
        }
        for text in [
            "example.org",
            "ftp://example.org",
            "https://",
            "https://example.org/?a=1",
            "https://example.org/#map",
            "https://example.org/<b>",
            "https://example.org/\u{7f}",
            "https://example.org/a b",
            "https://someone@example.org",
        ] {
            assert!(base_url(text).is_err(), "{text}");
        }
    }
}
