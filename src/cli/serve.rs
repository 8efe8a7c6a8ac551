//! `demarc serve`: the map and the HTTP interface.

use std::net::SocketAddr;

use clap::Args;

use super::{Failure, Source};
use crate::http::Limits;
use crate::serve::{self, Form, Level, Options};

#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    source: Source,
    /// Address and port; port 0 takes a free one
    #[arg(long, env = "DEMARC_LISTEN", value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address that links start with [default: the request's host]
    #[arg(long, env = "DEMARC_BASE_URL", value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Follow changes in the geodata folder; SIGHUP has it read again in any case
    #[arg(long, env = "DEMARC_WATCH")]
    watch: bool,
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
        let atlas = self.source.load()?;
        let options = Options {
            listen: self.listen,
            base_url: self.base_url,
            watch: self.watch,
            limits: self.limits,
            level: self.log,
            form: self.log_format,
        };
        serve::serve(atlas, &folder, options).map_err(Failure::Io)
    }
}
