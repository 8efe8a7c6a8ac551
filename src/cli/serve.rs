//! `demarc serve`: the map and the HTTP interface.

use std::net::SocketAddr;
use std::path::PathBuf;

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

fn base_url(text: &str) -> Result<String, String> {
    let is_web = text.starts_with("http://") || text.starts_with("https://");
    is_web
        .then(|| text.trim_end_matches('/').to_owned())
        .ok_or_else(|| "start it with http:// or https://".to_owned())
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
