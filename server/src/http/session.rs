//! Who asks: reads the session's cookie, and writes the cookies that a form has left.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use app::{
    community::paths::is_unsubscribe,
    context::{RequestContext, SessionChange, SessionSlot},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use domain::{
    Result,
    account::{Accounts, Actor, Authenticated, Client, SESSION_LONGEST, Token},
};
use uuid::Uuid;

use super::AppState;

/// Longer ones are cut: only browser and system are read of it.
const AGENT_LONGEST: usize = 300;
/// A browser stays known for a year.
const DEVICE_SECONDS: u64 = 365 * 86_400;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// The names of our two cookies. Behind TLS they carry the prefix with which browsers accept them
/// from this host alone (RFC 6265bis, 4.1.3.2); a development server on plain HTTP cannot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cookies {
    secure: bool,
}

impl Cookies {
    pub(super) fn new(public_url: &str) -> Self {
        Self {
            secure: public_url.starts_with("https://"),
        }
    }

    fn session(self) -> &'static str {
        if self.secure {
            "__Host-session"
        } else {
            "session"
        }
    }

    fn device(self) -> &'static str {
        if self.secure {
            "__Host-device"
        } else {
            "device"
        }
    }

    /// The token of the session that the request names. A cookie that cannot be one names none.
    pub(super) fn session_token(self, headers: &HeaderMap) -> Option<Token> {
        read(headers, self.session()).and_then(Token::parse)
    }

    /// Takes the session's cookie away.
    pub(super) fn end_session(self) -> Option<HeaderValue> {
        self.set(self.session(), "", 0)
    }

    fn set(self, name: &str, value: &str, seconds: u64) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        HeaderValue::from_str(&format!(
            "{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
        ))
        .ok()
    }
}

/// The value of a cookie.
fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(cookie, _)| *cookie == name)
        .map(|(_, value)| value)
}

/// Who the session's cookie of a request stands for, where the front has looked already. It takes
/// away a cookie that stands for nobody.
#[derive(Clone)]
pub(super) struct Asking(pub(super) Result<Option<Authenticated>>);

/// Puts a [`RequestContext`] into the request and writes the cookies of the answer.
pub(super) async fn session(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let cookies = Cookies::new(&state.site.identity().public_url);
    let looked = request.extensions_mut().remove::<Asking>();
    let headers = request.headers();
    let nobody = is_unsubscribe(request.uri().path());
    let (viewer, ended) = match (looked, cookies.session_token(headers)) {
        // Whoever has the letter, signed in as anybody or not.
        _ if nobody => (Ok(None), false),
        (Some(Asking(viewer)), _) => (viewer, false),
        // Where the database cannot answer, the page says so itself; nobody is signed out by it.
        (None, Some(token)) => {
            let viewer = state.storage.accounts().authenticate(&token).await;
            let ended = viewer == Ok(None);
            (viewer, ended)
        }
        (None, None) => (Ok(None), false),
    };
    let viewer = viewer.unwrap_or_default();
    let slot = SessionSlot::default();
    let actor = viewer
        .as_ref()
        .map_or(Actor::Visitor, |viewer| viewer.actor);
    let request_context = RequestContext {
        actor,
        suspension: viewer.as_ref().and_then(|viewer| viewer.suspension.clone()),
        name: viewer.map(|viewer| viewer.name),
        unread: 0,
        client: Client {
            network: state.proxies.client(&request),
            device: read(headers, cookies.device()).and_then(Token::parse),
            agent: headers
                .get(header::USER_AGENT)
                .and_then(|agent| agent.to_str().ok())
                .map(|agent| agent.chars().take(AGENT_LONGEST).collect())
                .unwrap_or_default(),
        },
        kept: None,
        key: Uuid::new_v4().simple().to_string(),
        session: slot.clone(),
    };
    request.extensions_mut().insert(request_context);
    let mut response = next.run(request).await;
    let change = slot.take();
    let headers = response.headers_mut();
    let mut put = |name: &str, value: &str, seconds: u64| {
        if let Some(cookie) = cookies.set(name, value, seconds) {
            headers.append(header::SET_COOKIE, cookie);
        }
    };
    match change {
        Some(SessionChange::Opened(signed_in)) => {
            let longest = SESSION_LONGEST.as_secs();
            put(cookies.session(), signed_in.session.expose(), longest);
            put(cookies.device(), signed_in.device.expose(), DEVICE_SECONDS);
        }
        Some(SessionChange::Closed) => {
            put(cookies.session(), "", 0);
            // Not the cookies: the browser stays a known device.
            headers.insert(
                CLEAR_SITE_DATA,
                HeaderValue::from_static("\"cache\", \"storage\""),
            );
        }
        None if ended => headers.extend(cookies.end_session().map(|c| (header::SET_COOKIE, c))),
        None => {}
    }
    response
}

/// Proxies whose word about the client's address counts.
#[derive(Clone, Debug, Default)]
pub struct Proxies(pub Vec<ipnet::IpNet>);

impl Proxies {
    /// Whether it is one of them.
    pub(super) fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The client's address: the connection's, or behind trusted proxies the last one that they
    /// name and do not trust themselves. What stands before it a client can make up.
    fn client(&self, request: &Request) -> IpAddr {
        let mut address = request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
        // By bytes: what a client has put before it must not make the proxy's own word unreadable.
        let forwarded: Vec<&[u8]> = request
            .headers()
            .get_all("x-forwarded-for")
            .iter()
            .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
            .collect();
        let mut named = forwarded.into_iter().rev();
        while self.trusts(address) {
            match named.next().and_then(forwarded_for) {
                Some(before) => address = before,
                None => break,
            }
        }
        address
    }
}

/// One entry of `X-Forwarded-For`: an address, some proxies write its port as well. The same client has
/// one spelling.
fn forwarded_for(entry: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(entry.trim_ascii()).ok()?;
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let address = match text.parse::<IpAddr>() {
        Ok(address) => Some(address),
        Err(_) => text
            .parse::<SocketAddr>()
            .ok()
            .map(|with_port| with_port.ip()),
    };
    address
        .or_else(|| bare?.parse::<Ipv6Addr>().ok().map(IpAddr::V6))
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let headers = HeaderMap::from_iter([(
            header::COOKIE,
            HeaderValue::from_static("my-session=1; device=2;session=3; x"),
        )]);
        assert_eq!(read(&headers, "session"), Some("3"));
        assert_eq!(read(&headers, "device"), Some("2"));
        assert_eq!(read(&headers, "x"), None);
    }

    #[test]
    fn cookies_behind_tls_belong_to_this_host() {
        let cookies = Cookies::new("https://example.org");
        let cookie = cookies.set(cookies.session(), "t", 9).unwrap();
        assert_eq!(
            cookie,
            "__Host-session=t; Path=/; Max-Age=9; HttpOnly; SameSite=Lax; Secure"
        );
        let cookies = Cookies::new("http://127.0.0.1:3000");
        let cookie = cookies.set(cookies.session(), "t", 9).unwrap();
        assert!(!cookie.to_str().unwrap().contains("Secure"));
    }

    fn client(proxies: &[&str], connection: &str, forwarded: impl AsRef<[u8]>) -> String {
        let proxies = Proxies(proxies.iter().map(|text| text.parse().unwrap()).collect());
        let mut request = Request::builder()
            .header("x-forwarded-for", forwarded.as_ref())
            .body(Body::empty())
            .unwrap();
        let connection = SocketAddr::new(connection.parse().unwrap(), 1);
        request.extensions_mut().insert(ConnectInfo(connection));
        proxies.client(&request).to_string()
    }

    #[test]
    fn a_forwarded_address_is_read_as_proxies_write_it() {
        let trusted = &["10.0.0.0/8"];
        for (forwarded, expected) in [
            (&b"203.0.113.7:4711"[..], "203.0.113.7"),
            (b"[2001:db8::1]:443", "2001:db8::1"),
            (b"[2001:db8::1]", "2001:db8::1"),
            (b"::ffff:203.0.113.7", "203.0.113.7"),
            // What the client has made up before the proxy's word changes nothing.
            (b"\xff\xfe, 203.0.113.7", "203.0.113.7"),
            (b",,, 203.0.113.7", "203.0.113.7"),
            (b"127.0.0.1, 203.0.113.7", "203.0.113.7"),
            // None of these is an address: the client is whoever connected.
            (b"203.0.113.7, unknown", "10.0.0.1"),
            (b"203.0.113", "10.0.0.1"),
            (b"0203.0.113.7", "10.0.0.1"),
            (b"[203.0.113.7]", "10.0.0.1"),
            (b"2001:db8::1%eth0", "10.0.0.1"),
            (b"for=203.0.113.7", "10.0.0.1"),
            (b"", "10.0.0.1"),
        ] {
            let shown = String::from_utf8_lossy(forwarded);
            assert_eq!(client(trusted, "10.0.0.1", forwarded), expected, "{shown}");
        }
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(client(&[], "192.0.2.9", "198.51.100.1"), "192.0.2.9");
        let trusted = &["10.0.0.0/8"];
        assert_eq!(
            client(trusted, "10.0.0.1", "203.0.113.7, 198.51.100.1"),
            "198.51.100.1"
        );
        assert_eq!(
            client(trusted, "10.0.0.1", "203.0.113.7, 10.1.1.1"),
            "203.0.113.7"
        );
        assert_eq!(client(trusted, "10.0.0.1", "rubbish"), "10.0.0.1");
        assert_eq!(client(trusted, "192.0.2.9", "203.0.113.7"), "192.0.2.9");
        assert_eq!(
            client(trusted, "::ffff:10.0.0.1", "2001:db8::1"),
            "2001:db8::1"
        );
    }
}
