//! Who asks, and under which address: from the connection, and from what a proxy
//! says where that proxy is trusted. Of anyone else such headers are passed over,
//! since whoever asks can write them.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The connection that a request came by.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// The other end.
    pub address: SocketAddr,
    /// Whether it is encrypted.
    pub is_tls: bool,
}

/// One client, as far as it can be told from others: an address, or the network of
/// 64 bits that an IPv6 address is in, since that is what one household gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Client(IpAddr);

impl Client {
    /// Everyone who is not told apart.
    pub const ANYONE: Self = Self(IpAddr::V6(Ipv6Addr::UNSPECIFIED));

    fn at(address: IpAddr) -> Self {
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
pub fn client(peer: Peer, headers: &HeaderMap, trusted: &[IpNet]) -> Client {
    let mut client = peer.address.ip().to_canonical();
    if !is_trusted(client, trusted) {
        return Client::at(client);
    }
    let hops: Vec<Option<IpAddr>> = if headers.contains_key(FORWARDED_FOR) {
        listed(headers, &FORWARDED_FOR).map(node).collect()
    } else {
        let elements = listed(headers, &header::FORWARDED);
        elements.map(|element| member(element, "for").and_then(node)).collect()
    };
    for hop in hops.into_iter().rev() {
        // What a proxy did not write as an address it did not vouch for.
        let Some(address) = hop else { break };
        client = address.to_canonical();
        if !is_trusted(client, trusted) {
            break;
        }
    }
    Client::at(client)
}

/// The elements of a list that may be parted into several headers.
fn listed<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
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

/// The address that links start with, without a path: where the request says it
/// was sent to. Empty when it does not say.
#[must_use]
pub fn origin(peer: Peer, headers: &HeaderMap, trusted: &[IpNet]) -> String {
    let told = is_trusted(peer.address.ip().to_canonical(), trusted);
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // Where proxies stand one behind the other the first wrote the first value.
    let forwarded = |name: &HeaderName, own: &str| {
        let first = |name| listed(headers, name).next().filter(|first| !first.is_empty());
        let standard = || member(first(&header::FORWARDED)?, own);
        if told { first(name).or_else(standard) } else { None }
    };
    let host = forwarded(&FORWARDED_HOST, "host").or_else(|| text(header::HOST));
    let Some(host) = host else { return String::new() };
    let is_tls = forwarded(&FORWARDED_PROTO, "proto")
        .map_or(peer.is_tls, |scheme| scheme.eq_ignore_ascii_case("https"));
    let scheme = if is_tls { "https" } else { "http" };
    format!("{scheme}://{host}")
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
        Peer { address: SocketAddr::new(address.parse().unwrap(), 4000), is_tls: false }
    }

    fn asked(address: &str, given: &[(HeaderName, &'static str)]) -> String {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        client(peer(address), &headers(given), &trusted).0.to_string()
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
    fn the_standard_header_does_where_the_others_are_not() {
        let given = [(
            header::FORWARDED,
            r#"for=1.1.1.1, for="192.0.2.7:4711";host=atlas.example;proto=https, For=10.2.2.2"#,
        )];
        assert_eq!(asked("10.1.1.1", &given), "192.0.2.7");
        assert_eq!(asked("198.51.100.1", &given), "198.51.100.1");
        let given =
            [(header::FORWARDED, r#"for="[2001:db8:1:2::3]:80";host=a.example;proto=https"#)];
        assert_eq!(asked("10.1.1.1", &given), "2001:db8:1:2::");
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        assert_eq!(origin(peer("10.1.1.1"), &headers(&given), &trusted), "https://a.example");
        let hidden = [(header::FORWARDED, "for=_hidden, for=unknown")];
        assert_eq!(asked("10.1.1.1", &hidden), "10.1.1.1");
    }

    #[test]
    fn a_household_is_one_client() {
        assert_eq!(asked("2001:db8:1:2:3::4", &[]), "2001:db8:1:2::");
        assert_eq!(asked("2001:db8:1:2:ffff::1", &[]), "2001:db8:1:2::");
        assert_ne!(asked("2001:db8:1:3::1", &[]), "2001:db8:1:2::");
    }

    #[test]
    fn links_start_where_the_request_was_sent_to() {
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let given = headers(&[
            (header::HOST, "inside:8080"),
            (FORWARDED_HOST, "atlas.example"),
            (FORWARDED_PROTO, "https"),
        ]);
        assert_eq!(origin(peer("10.1.1.1"), &given, &trusted), "https://atlas.example");
        assert_eq!(origin(peer("192.0.2.7"), &given, &trusted), "http://inside:8080");
        let encrypted = Peer { is_tls: true, ..peer("192.0.2.7") };
        assert_eq!(origin(encrypted, &given, &trusted), "https://inside:8080");
        assert_eq!(origin(peer("192.0.2.7"), &HeaderMap::new(), &trusted), "");
    }
}
