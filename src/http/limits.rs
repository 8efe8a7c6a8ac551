//! How much one server lets itself be asked: what `demarc serve` takes as flags,
//! what `/health/ready` shows.

use std::net::IpAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use clap::Args;
use ipnet::IpNet;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::client::ProxyHeader;
use super::weigh::Weight;
use super::{page, params};
use crate::query::{SortKey, filter};

/// The limits of a server.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Time for the head of a request to arrive; also how long a connection may lie idle
    #[arg(long, env = "DEMARC_HEAD_TIMEOUT", value_name = "TIME", value_parser = duration, default_value = "15s")]
    pub head_timeout: Duration,
    /// Time for a reader to take the next 64 kB of an answer
    #[arg(long, env = "DEMARC_STALL_TIMEOUT", value_name = "TIME", value_parser = duration, default_value = "30s")]
    pub stall_timeout: Duration,
    /// Time to work out one answer; what takes longer is broken off
    #[arg(long, env = "DEMARC_ANSWER_TIMEOUT", value_name = "TIME", value_parser = duration, default_value = "10s")]
    pub answer_timeout: Duration,
    /// Time for one download, from its first byte to its last
    #[arg(long, env = "DEMARC_DOWNLOAD_TIMEOUT", value_name = "TIME", value_parser = duration, default_value = "15m")]
    pub download_timeout: Duration,
    /// Longest head of a request, bytes
    #[arg(long, env = "DEMARC_HEAD_BYTES", value_name = "BYTES", value_parser = clap::value_parser!(u32).range(8192..), default_value_t = 32_768)]
    pub head_bytes: u32,
    /// Longest address, bytes
    #[arg(long, env = "DEMARC_ADDRESS_BYTES", value_name = "BYTES", value_parser = clap::value_parser!(u32).range(256..65_534), default_value_t = 8192)]
    pub address_bytes: u32,
    /// Most features of one page
    #[arg(long, env = "DEMARC_PAGE_FEATURES", value_name = "N", default_value = "10000")]
    pub page_features: NonZeroUsize,
    /// Connections open at once; further ones wait to be accepted
    #[arg(long, env = "DEMARC_CONNECTIONS", value_name = "N", default_value = "4096")]
    pub connections: NonZeroUsize,
    /// Of them those of one client; a trusted proxy has as many as it opens [default: half]
    #[arg(long, env = "DEMARC_CLIENT_CONNECTIONS", value_name = "N")]
    pub client_connections: Option<NonZeroUsize>,
    /// Bytes of answers that lie in memory until they are read
    #[arg(long, env = "DEMARC_UNREAD_BYTES", value_name = "BYTES", default_value = "268435456")]
    pub unread_bytes: NonZeroUsize,
    /// Of them those of one client
    #[arg(
        long,
        env = "DEMARC_CLIENT_UNREAD_BYTES",
        value_name = "BYTES",
        default_value = "134217728"
    )]
    pub client_unread_bytes: NonZeroUsize,
    /// Filters and questions about places worked out at once; one client has all but one of
    /// them, as of the next two [default: the cores and one]
    #[arg(long, env = "DEMARC_QUESTIONS", value_name = "N")]
    pub questions: Option<NonZeroUsize>,
    /// Pages for people and long documents made at once [default: the cores and one]
    #[arg(long, env = "DEMARC_DOCUMENTS", value_name = "N")]
    pub documents: Option<NonZeroUsize>,
    /// Tiles drawn at once [default: the cores and one]
    #[arg(long, env = "DEMARC_TILES", value_name = "N")]
    pub tiles: Option<NonZeroUsize>,
    /// Megabytes of tiles that are kept to be sent again; 0 keeps none
    #[arg(long, env = "DEMARC_TILE_CACHE_MB", value_name = "MB", default_value_t = 128)]
    pub tile_cache_mb: u32,
    /// Files and large pages under way at once
    #[arg(long, env = "DEMARC_DOWNLOADS", value_name = "N", default_value = "64")]
    pub downloads: NonZeroUsize,
    /// Of them those of one client
    #[arg(long, env = "DEMARC_CLIENT_DOWNLOADS", value_name = "N", default_value = "16")]
    pub client_downloads: NonZeroUsize,
    /// Bytes of packages (gpkg) in the making, in the folder for temporary files; one client has
    /// half of them
    #[arg(long, env = "DEMARC_PACKAGE_BYTES", value_name = "BYTES", default_value = "4294967296")]
    pub package_bytes: NonZeroUsize,
    /// Requests of each kind that may wait for one under way to end, clients by turns
    #[arg(long, env = "DEMARC_QUEUE", value_name = "N", default_value_t = 256)]
    pub queue: usize,
    /// Time that they wait at most
    #[arg(long, env = "DEMARC_QUEUE_TIMEOUT", value_name = "TIME", value_parser = duration, default_value = "5s")]
    pub queue_timeout: Duration,
    /// Requests a second that one client may send in the long run [default: no limit]
    #[arg(long, env = "DEMARC_RATE", value_name = "N")]
    pub rate: Option<NonZeroU32>,
    /// Requests that it may send at once after a pause
    #[arg(long, env = "DEMARC_BURST", value_name = "N", default_value = "200")]
    pub burst: NonZeroU32,
    /// Address or network of a proxy that is believed about whom it passes on
    #[arg(long, env = "DEMARC_TRUSTED_PROXY", value_name = "NET", value_parser = net, value_delimiter = ',')]
    pub trusted_proxy: Vec<IpNet>,
    /// Where it says so: X-Forwarded-For, -Proto and -Host, or Forwarded
    #[arg(
        long,
        env = "DEMARC_PROXY_HEADER",
        value_enum,
        value_name = "HEADER",
        default_value = "x-forwarded"
    )]
    pub proxy_header: ProxyHeader,
}

impl Limits {
    /// How many of a weight are under way at once.
    #[must_use]
    pub fn room(&self, weight: Weight) -> usize {
        let given = match weight {
            Weight::Question => self.questions,
            Weight::Document => self.documents,
            Weight::Tile => self.tiles,
            Weight::Download => Some(self.downloads),
        };
        given.map_or_else(|| cores() + 1, NonZeroUsize::get)
    }

    /// How many of a weight one client has under way at once: where there is room for
    /// several it leaves one to others.
    #[must_use]
    pub fn room_of_one(&self, weight: Weight) -> usize {
        match weight {
            Weight::Download => self.client_downloads.get(),
            _ => self.room(weight).saturating_sub(1).max(1),
        }
    }

    /// Connections of one client, where so many may be open in all.
    #[must_use]
    pub fn client_connections(&self, of_all: usize) -> usize {
        self.client_connections.map_or(of_all.div_ceil(2), NonZeroUsize::get)
    }

    /// Bytes of packages in the making of one client.
    #[must_use]
    pub fn client_package_bytes(&self) -> usize {
        self.package_bytes.get().div_ceil(2)
    }

    /// Threads that work: what is told to stop may have one still when the next begins.
    /// Downloads have their own.
    #[must_use]
    pub fn threads(&self) -> usize {
        let working = Weight::ALL.iter().filter(|weight| **weight != Weight::Download);
        let room: usize = working.map(|weight| self.room(*weight)).sum();
        room.saturating_mul(2).saturating_add(16)
    }

    /// The limits as `/health/ready` shows them. Whom the server trusts is nobody
    /// else's business.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "head_timeout_s": self.head_timeout.as_secs_f64(),
            "stall_timeout_s": self.stall_timeout.as_secs_f64(),
            "answer_timeout_s": self.answer_timeout.as_secs_f64(),
            "download_timeout_s": self.download_timeout.as_secs_f64(),
            "head_bytes": self.head_bytes,
            "address_bytes": self.address_bytes,
            "page_features": self.page_features,
            "connections": self.connections,
            "client_connections": self.client_connections(self.connections.get()),
            "unread_bytes": self.unread_bytes,
            "client_unread_bytes": self.client_unread_bytes,
            "questions": self.room(Weight::Question),
            "documents": self.room(Weight::Document),
            "tiles": self.room(Weight::Tile),
            "tile_cache_mb": self.tile_cache_mb,
            "downloads": self.downloads,
            "client_downloads": self.client_downloads,
            "package_bytes": self.package_bytes,
            "queue": self.queue,
            "queue_timeout_s": self.queue_timeout.as_secs_f64(),
            "rate": self.rate,
            "burst": self.rate.map(|_| self.burst),
            "of_one_client": {
                "questions": self.room_of_one(Weight::Question),
                "documents": self.room_of_one(Weight::Document),
                "tiles": self.room_of_one(Weight::Tile),
                "package_bytes": self.client_package_bytes(),
            },
            // No flag moves these.
            "fixed": {
                "parameters": params::MOST,
                "filter_bytes": filter::LONGEST,
                "filter_depth": filter::DEEPEST,
                "filter_operators": filter::MOST_OPERATORS,
                "filter_geometries": filter::MOST_SPATIAL,
                "sort_keys": SortKey::MOST,
                "html_features": page::MOST_FEATURES,
                "html_bytes_of_json": page::LONGEST,
            },
        })
    }
}

#[cfg(test)]
impl Limits {
    /// Those of a server that is told none.
    pub(crate) fn untold() -> Self {
        #[derive(clap::Parser)]
        struct Flags {
            #[command(flatten)]
            limits: Limits,
        }
        let Flags { limits } = clap::Parser::parse_from([""]);
        limits
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, NonZeroUsize::get)
}

fn duration(text: &str) -> Result<Duration, String> {
    let read = text.parse::<SignedDuration>().ok().and_then(|read| Duration::try_from(read).ok());
    read.filter(|read| !read.is_zero())
        .ok_or_else(|| "write a time, as 500ms, 10s or 5m".to_owned())
}

fn net(text: &str) -> Result<IpNet, String> {
    let address: Option<IpAddr> = text.parse().ok();
    address
        .map(IpNet::from)
        .or_else(|| text.parse().ok())
        .ok_or_else(|| "write an address or a network, as 10.0.0.1 or 10.0.0.0/8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_networks_are_read() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("5m"), Ok(Duration::from_mins(5)));
        for wrong in ["", "5", "-5s", "0s", "soon", "1e400s"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
        assert_eq!(net("10.0.0.1").map(|net| net.to_string()), Ok("10.0.0.1/32".to_owned()));
        assert_eq!(net("fd00::/8").map(|net| net.to_string()), Ok("fd00::/8".to_owned()));
        for wrong in ["", "10.0.0", "10.0.0.0/33", "proxy.example"] {
            assert!(net(wrong).is_err(), "{wrong}");
        }
    }
}
