//! Who asks, and under which address: from the connection, and from what a proxy
//! says where that proxy is trusted. Of anyone else such headers are passed over,
//! since whoever asks can write them.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use clap::ValueEnum;
use ipnet::IpNet;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Bytes of a host, with its port: names have 253 at the most (RFC 1035, 2.3.4).
const LONGEST_HOST: usize = 259;

/// Which headers a trusted proxy writes. Of the others it passes on what its clients
/// wrote, so that they say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProxyHeader {
    /// `X-Forwarded-For`, `-Proto` and `-Host`.
    XForwarded,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

/// The connection that a request came by.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// The other end.
    pub address: SocketAddr,
    /// Whether it is encrypted.
    pub is_tls: bool,
    /// Whether it came where whoever runs the service asks.
    pub is_operator: bool,
}

impl Peer {
    /// The other end as a client.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::at(self.address.ip())
    }

    /// Whether it is in one of some networks.
    #[must_use]
    pub fn is_among(&self, networks: &[IpNet]) -> bool {
        is_trusted(self.address.ip().to_canonical(), networks)
    }
}

/// Which proxies are believed, and about what.
#[derive(Clone, Copy)]
pub struct Trust<'a> {
    /// Where they are.
    pub networks: &'a [IpNet],
    /// What they write.
    pub header: ProxyHeader,
}

/// One client, as far as it can be told from others: an address, or the network of
/// 64 bits that an IPv6 address is in, since that is what one household gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Client(IpAddr);

impl Client {
    /// Everyone who is not told apart.
    pub const ANYONE: Self = Self(IpAddr::V6(Ipv6Addr::UNSPECIFIED));

    pub(super) fn at(address: IpAddr) -> Self {
        let address = address.to_canonical();
        Self(match address {
            IpAddr::V4(_) => address,
            IpAddr::V6(whole) => Ipv6Addr::from_bits(whole.to_bits() >> 64 << 64).into(),
        })
    }
}

/// Who sent a request: the peer; where that is a trusted proxy, whoever it says,
/// back to the first that is none.
#[must_use]
pub fn client(peer: Peer, headers: &HeaderMap, trust: Trust<'_>) -> Client {
    if !peer.is_among(trust.networks) {
        return peer.client();
    }
    let mut client = peer.address.ip().to_canonical();
    let hops: Vec<Option<IpAddr>> = match trust.header {
        ProxyHeader::XForwarded => listed(headers, &FORWARDED_FOR).map(node).collect(),
        ProxyHeader::Forwarded => listed(headers, &header::FORWARDED)
            .map(|element| member(element, "for").and_then(node))
            .collect(),
    };
    for hop in hops.into_iter().rev() {
        // What a proxy did not write as an address it did not vouch for.
        let Some(address) = hop else { break };
        client = address.to_canonical();
        if !is_trusted(client, trust.networks) {
            break;
        }
    }
    Client::at(client)
}

/// The elements of a list that may be parted into several headers. One that is no text is
/// empty: what a visitor wrote must not take away what a proxy put after it.
fn listed<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> impl DoubleEndedIterator<Item = &'a str> {
    let values = headers.get_all(name).iter().map(HeaderValue::as_bytes);
    let elements = values.flat_map(|value| value.split(|byte| *byte == b','));
    elements.map(|element| str::from_utf8(element).unwrap_or_default().trim())
}

/// A member of an element of `Forwarded` (RFC 7239, 4), without its quotes.
fn member<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    element.split(';').find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim_matches('"'))
    })
}

/// The address of a node, with or without a port.
fn node(text: &str) -> Option<IpAddr> {
    let address = || text.trim_start_matches('[').trim_end_matches(']').parse().ok();
    text.parse().map(|node: SocketAddr| node.ip()).ok().or_else(address)
}

/// The one `Host` that a request names, with or without a port.
#[must_use]
pub fn host(headers: &HeaderMap) -> Option<&str> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok().filter(|host| is_host(host));
    host.filter(|_| hosts.next().is_none())
}

/// The address that links start with, without a path: where the request says it
/// was sent to, which is `host` where no proxy says otherwise. Empty when it does not say,
/// or says more than a name and a port.
#[must_use]
pub fn origin(peer: Peer, host: Option<&str>, headers: &HeaderMap, trust: Trust<'_>) -> String {
    let told = peer.is_among(trust.networks);
    // What stands before the last value may be written by anyone.
    let last =
        |name: &HeaderName| listed(headers, name).next_back().filter(|text| !text.is_empty());
    let forwarded = |name: &HeaderName, own: &str| match trust.header {
        _ if !told => None,
        ProxyHeader::XForwarded => last(name),
        ProxyHeader::Forwarded => member(last(&header::FORWARDED)?, own),
    };
    let host = match forwarded(&FORWARDED_HOST, "host") {
        Some(forwarded) => Some(forwarded).filter(|host| is_host(host)),
        None => host,
    };
    // It stands in every link.
    let Some(host) = host.filter(|host| host.len() <= LONGEST_HOST) else { return String::new() };
    let is_tls = forwarded(&FORWARDED_PROTO, "proto")
        .map_or(peer.is_tls, |scheme| scheme.eq_ignore_ascii_case("https"));
    let scheme = if is_tls { "https" } else { "http" };
    [scheme, "://", host].concat()
}

/// Whether a text is a name or an address, with or without a port.
fn is_host(text: &str) -> bool {
    let Ok(authority) = text.parse::<Authority>() else { return false };
    let host = authority.host();
    let is_named = !matches!(host, "" | "[]") && !text.contains([',', ';', '@']);
    let is_port =
        |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let port = text.strip_prefix(host);
    is_named
        && port.is_some_and(|port| port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|net| net.contains(&address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(given: &[(HeaderName, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.append(name, value.parse().unwrap());
        }
        headers
    }

    fn peer(address: &str) -> Peer {
        let address = SocketAddr::new(address.parse().unwrap(), 4000);
        Peer { address, is_tls: false, is_operator: false }
    }

    fn asked_in(
        header: ProxyHeader,
        address: &str,
        given: &[(HeaderName, &'static str)],
    ) -> String {
        let networks = ["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        let trust = Trust { networks: &networks, header };
        client(peer(address), &headers(given), trust).0.to_string()
    }

    fn asked(address: &str, given: &[(HeaderName, &'static str)]) -> String {
        asked_in(ProxyHeader::XForwarded, address, given)
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let spoofed = [(FORWARDED_FOR, "192.0.2.7")];
        assert_eq!(asked("198.51.100.1", &spoofed), "198.51.100.1");
        assert_eq!(asked("10.1.1.1", &spoofed), "192.0.2.7");
        assert_eq!(asked("::ffff:10.1.1.1", &spoofed), "192.0.2.7");
        assert_eq!(asked("10.1.1.1", &[]), "10.1.1.1");
    }

    #[test]
    fn what_a_client_wrote_before_the_proxies_is_passed_over() {
        let through = [(FORWARDED_FOR, "1.1.1.1, 192.0.2.7"), (FORWARDED_FOR, "10.2.2.2")];
        assert_eq!(asked("10.1.1.1", &through), "192.0.2.7");
        assert_eq!(asked("10.1.1.1", &[(FORWARDED_FOR, "192.0.2.7, unknown")]), "10.1.1.1");
        assert_eq!(asked("10.1.1.1", &[(FORWARDED_FOR, "10.3.3.3")]), "10.3.3.3");
    }

    #[test]
    fn what_is_no_text_takes_nothing_away_that_a_proxy_wrote() {
        let networks = ["10.0.0.0/8".parse().unwrap()];
        let trust = Trust { networks: &networks, header: ProxyHeader::XForwarded };
        let mut headers = HeaderMap::new();
        for (name, value) in [
            (FORWARDED_FOR, &b"\xe9, 192.0.2.7"[..]),
            (FORWARDED_HOST, &b"\xe9, atlas.example"[..]),
        ] {
            headers.insert(name, HeaderValue::from_bytes(value).unwrap());
        }
        assert_eq!(client(peer("10.1.1.1"), &headers, trust).0.to_string(), "192.0.2.7");
        assert_eq!(origin(peer("10.1.1.1"), None, &headers, trust), "http://atlas.example");
    }

    #[test]
    fn a_proxy_is_believed_in_what_it_writes_alone() {
        let standard = |address, given: &[_]| asked_in(ProxyHeader::Forwarded, address, given);
        let given = [(
            header::FORWARDED,
            r#"for=1.1.1.1;host=evil.example, for="192.0.2.7:4711";host=atlas.example;proto=https"#,
        )];
        assert_eq!(standard("10.1.1.1", &given), "192.0.2.7");
        assert_eq!(standard("198.51.100.1", &given), "198.51.100.1");
        let spoofed = [given[0].clone(), (FORWARDED_FOR, "203.0.113.1")];
        assert_eq!(standard("10.1.1.1", &spoofed), "192.0.2.7");
        assert_eq!(asked("10.1.1.1", &spoofed), "203.0.113.1");
        let networks = ["10.0.0.0/8".parse().unwrap()];
        let trust = Trust { networks: &networks, header: ProxyHeader::Forwarded };
        let with_host = [given[0].clone(), (FORWARDED_HOST, "evil.example")];
        let origin = origin(peer("10.1.1.1"), None, &headers(&with_host), trust);
        assert_eq!(origin, "https://atlas.example", "the last value");
        let given =
            [(header::FORWARDED, r#"for="[2001:db8:1:2::3]:80";host=a.example;proto=https"#)];
        assert_eq!(standard("10.1.1.1", &given), "2001:db8:1:2::");
        let hidden = [(header::FORWARDED, "for=_hidden, for=unknown")];
        assert_eq!(standard("10.1.1.1", &hidden), "10.1.1.1");
    }

    #[test]
    fn a_household_is_one_client() {
        assert_eq!(asked("2001:db8:1:2:3::4", &[]), "2001:db8:1:2::");
        assert_eq!(asked("2001:db8:1:2:ffff::1", &[]), "2001:db8:1:2::");
        assert_ne!(asked("2001:db8:1:3::1", &[]), "2001:db8:1:2::");
    }

    #[test]
    fn links_start_where_the_request_was_sent_to() {
        let networks = ["10.0.0.0/8".parse().unwrap()];
        let trusted = Trust { networks: &networks, header: ProxyHeader::XForwarded };
        let given = headers(&[
            (header::HOST, "inside:8080"),
            // What a visitor wrote, and the proxy added to.
            (FORWARDED_HOST, "evil.example, atlas.example"),
            (FORWARDED_PROTO, "https"),
        ]);
        let origin = |peer, given| origin(peer, host(given), given, trusted);
        assert_eq!(origin(peer("10.1.1.1"), &given), "https://atlas.example");
        assert_eq!(origin(peer("192.0.2.7"), &given), "http://inside:8080");
        let encrypted = Peer { is_tls: true, ..peer("192.0.2.7") };
        assert_eq!(origin(encrypted, &given), "https://inside:8080");
        assert_eq!(origin(peer("192.0.2.7"), &HeaderMap::new()), "");
    }
}
