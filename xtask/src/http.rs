//! One request at a time, for sizes, readiness and soaks. Load comes from `wrk`.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use socket2::{Domain, Socket, Type};

/// Nobody waits longer for a connection.
const CONNECTING: Duration = Duration::from_secs(5);

pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    /// As it came over the wire: compressed if the server said so.
    pub(crate) body: Vec<u8>,
    /// From connecting to the last byte, without what writing the request out took here.
    pub(crate) took: Duration,
}

impl Response {
    /// The value of a cookie that the answer sets.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case("set-cookie"))
            .filter_map(|(_, value)| value.split(';').next()?.split_once('='))
            .find(|(cookie, _)| *cookie == name)
            .map(|(_, value)| value.to_owned())
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// `encoding` is what we accept, such as `br`; without it the body comes as it is.
pub(crate) fn get(address: SocketAddr, path: &str, encoding: Option<&str>) -> Result<Response> {
    let accept = encoding.map_or_else(String::new, |e| format!("Accept-Encoding: {e}\r\n"));
    ask(address, &format!("GET {path}"), &accept, "")
        .with_context(|| format!("GET http://{address}{path} failed"))
}

/// As somebody else on this machine, with an address of their own: Linux has all of 127.0.0.0/8.
pub(crate) fn get_from(
    source: Ipv4Addr,
    address: SocketAddr,
    path: &str,
    encoding: &str,
) -> Result<Response> {
    let connect = || {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.bind(&SocketAddr::from((source, 0)).into())?;
        socket.connect_timeout(&address.into(), CONNECTING)?;
        let head = format!("Accept-Encoding: {encoding}\r\n");
        let begun = Instant::now();
        let stream = write_request(socket.into(), address, &format!("GET {path}"), &head, "")?;
        answer(stream, begun)
    };
    connect().with_context(|| format!("GET http://{address}{path} from {source} failed"))
}

/// As a browser that holds this cookie.
pub(crate) fn get_with_cookie(address: SocketAddr, path: &str, cookie: &str) -> Result<Response> {
    let head = format!("Cookie: {cookie}\r\n");
    ask(address, &format!("GET {path}"), &head, "")
        .with_context(|| format!("GET http://{address}{path} failed"))
}

/// Sends a form as a page of the site would.
pub(crate) fn post(
    address: SocketAddr,
    path: &str,
    headers: &[(&str, &str)],
    fields: &[(&str, &str)],
) -> Result<Response> {
    let (head, body) = written(address, headers, fields);
    ask(address, &format!("POST {path}"), &head, &body)
        .with_context(|| format!("POST http://{address}{path} failed"))
}

/// Sends a form and is gone after a while, as a phone in a tunnel is: whatever came of it.
pub(crate) fn post_and_leave(
    address: SocketAddr,
    path: &str,
    headers: &[(&str, &str)],
    fields: &[(&str, &str)],
    after: Duration,
) -> Result<()> {
    let (head, body) = written(address, headers, fields);
    let stream = send(address, &format!("POST {path}"), &head, &body)?;
    std::thread::sleep(after);
    drop(stream);
    Ok(())
}

/// Head and body of a form.
fn written(
    address: SocketAddr,
    headers: &[(&str, &str)],
    fields: &[(&str, &str)],
) -> (String, String) {
    let body = form(fields);
    let mut head = format!(
        "Origin: http://{address}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        head.push_str(name);
        head.push_str(": ");
        head.push_str(value);
        head.push_str("\r\n");
    }
    (head, body)
}

/// The body of a form.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", percent(value)))
        .collect();
    pairs.join("&")
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn ask(address: SocketAddr, line: &str, head: &str, body: &str) -> Result<Response> {
    let begun = Instant::now();
    answer(send(address, line, head, body)?, begun)
}

/// What comes back, to the end.
fn answer(mut stream: TcpStream, begun: Instant) -> Result<Response> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let took = begun.elapsed();
    Ok(Response {
        took,
        ..parse(&bytes)?
    })
}

fn send(address: SocketAddr, line: &str, head: &str, body: &str) -> Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, CONNECTING)?;
    write_request(stream, address, line, head, body)
}

fn write_request(
    mut stream: TcpStream,
    address: SocketAddr,
    line: &str,
    head: &str,
    body: &str,
) -> Result<TcpStream> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        stream,
        "{line} HTTP/1.1\r\nHost: {address}\r\n{head}Connection: close\r\n\r\n{body}"
    )?;
    Ok(stream)
}

fn parse(bytes: &[u8]) -> Result<Response> {
    let end = find(bytes, b"\r\n\r\n").context("the answer has no end of its head")?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .context("the answer has no status")?;
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect();
    let mut response = Response {
        status,
        headers,
        body: Vec::new(),
        took: Duration::ZERO,
    };
    let body = &bytes[end + 4..];
    response.body = if response
        .header("transfer-encoding")
        .is_some_and(|value| value.eq_ignore_ascii_case("chunked"))
    {
        unchunked(body)?
    } else {
        body.to_vec()
    };
    if let Some(length) = response.header("content-length")
        && length.parse() != Ok(response.body.len())
    {
        bail!("the answer ended early");
    }
    Ok(response)
}

fn unchunked(mut rest: &[u8]) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = find(rest, b"\r\n").context("a chunk has no length")?;
        let line = String::from_utf8_lossy(&rest[..end]);
        let digits = line.split(';').next().unwrap_or_default().trim();
        let length = usize::from_str_radix(digits, 16).context("a chunk has no length")?;
        rest = &rest[end + 2..];
        if length == 0 {
            return Ok(body);
        }
        body.extend(rest.get(..length).context("a chunk ended early")?);
        rest = rest.get(length + 2..).context("a chunk ended early")?;
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_bodies_of_both_kinds() {
        let plain = parse(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\n\r\nhi").unwrap();
        assert_eq!((plain.status, plain.body.as_slice()), (200, &b"hi"[..]));
        assert_eq!(plain.header("x-a"), Some("b"));

        let chunks =
            b"HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n1;x\r\n!\r\n0\r\n\r\n";
        let chunked = parse(chunks).unwrap();
        assert_eq!(
            (chunked.status, chunked.body.as_slice()),
            (404, &b"hi!"[..])
        );
    }

    #[test]
    fn a_cut_answer_is_an_error() {
        assert!(parse(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi").is_err());
        assert!(parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhi").is_err());
        assert!(parse(b"").is_err());
    }
}
