//! Listening, and stopping without cutting anybody off.

use std::{convert::Infallible, net::SocketAddr, pin::Pin, sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use axum::{
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
};
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{HttpService, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_io_timeout::TimeoutStream;
use tower::Service;

use super::{
    live::Live,
    metrics::METRICS,
    places::{Place, Places},
};

/// How long running requests may take once the server has been told to stop.
const DEADLINE: Duration = Duration::from_secs(10);
/// What is read ahead and written ahead for one connection, in bytes. Headers must fit in.
const BUFFER: usize = 64 * 1024;
/// How many at once are told to wait; others are hung up on.
const WAITING: usize = 16;
/// How long that may take.
const FAREWELL: Duration = Duration::from_secs(1);
/// After a connection that could not be taken for want of something.
const PAUSE: Duration = Duration::from_millis(50);

/// The whole answer where there is no place.
const WAIT: &str = "HTTP/1.1 503 Service Unavailable\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\
    Content-Length: 69\r\n\
    Retry-After: 15\r\n\
    Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Connection: close\r\n\
    \r\n\
    There are many visitors at the moment. Please try again in a minute.\n";

/// How long a connection may do nothing.
#[derive(Clone, Copy, Debug)]
struct Patience {
    /// For the header of a request, and for the pause before it.
    idle: Duration,
    /// The same for a trusted proxy: it keeps connections ready, and counts on them.
    idle_proxy: Duration,
    /// For a client that takes nothing of its answer.
    taking: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(15),
            idle_proxy: Duration::from_secs(75),
            taking: Duration::from_secs(30),
        }
    }
}

/// Binds the address or says what to do about it.
pub async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "the address {address} is taken by another program: choose another with --address \
             (or RARESHARE_ADDRESS), for example --address 127.0.0.1:{}",
            address.port().wrapping_add(1).max(1024)
        ),
        Err(error) => Err(error).with_context(|| {
            format!(
                "cannot listen on {address}: choose another with --address (or RARESHARE_ADDRESS)"
            )
        }),
    }
}

/// Serves until the process is told to stop, then ends the streams and finishes what is running.
pub async fn serve<S>(
    listener: TcpListener,
    site: S,
    places: Places,
    live: Arc<Live>,
) -> anyhow::Result<()>
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    let stop = async move {
        told_to_stop().await;
        live.stop();
    };
    serve_until(listener, site, places, Patience::default(), stop).await;
    Ok(())
}

async fn serve_until<S>(
    listener: TcpListener,
    site: S,
    places: Places,
    patience: Patience,
    stop: impl Future<Output = ()>,
) where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    let places = Arc::new(places);
    let waiting = Arc::new(Semaphore::new(WAITING));
    let running = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            // The client was gone before we were there.
            Err(error) if is_of_the_client(&error) => continue,
            Err(error) => {
                tracing::warn!(%error, "could not take a connection");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let Some(place) = places.take(address.ip()) else {
            METRICS.told_to_wait.increment(1);
            if let Ok(permit) = Arc::clone(&waiting).try_acquire_owned() {
                tokio::spawn(async move {
                    let _ = tokio::time::timeout(FAREWELL, tell_to_wait(stream)).await;
                    drop(permit);
                });
            }
            continue;
        };
        let place = Arc::new(place);
        let connection = running.watch(connection(stream, address, site.clone(), &place, patience));
        tokio::spawn(async move {
            // Whatever ended it, the other side knows, or is gone.
            tokio::select! {
                _ = connection => {}
                () = place.has_to_leave() => METRICS.pushed_out.increment(1),
            }
        });
    }
    drop(listener);
    tracing::info!("stopping: finishing what is running");
    let _ = tokio::time::timeout(DEADLINE, running.shutdown()).await;
}

type Stream = TokioIo<Pin<Box<TimeoutStream<TcpStream>>>>;

/// One connection. Every request carries the address that it comes from.
fn connection<S>(
    stream: TcpStream,
    address: SocketAddr,
    site: S,
    place: &Arc<Place>,
    patience: Patience,
) -> http1::Connection<
    Stream,
    impl HttpService<Incoming, ResBody = Body, Error = Infallible, Future: Send> + use<S>,
>
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(patience.taking));
    let idle = if place.is_proxys() {
        patience.idle_proxy
    } else {
        patience.idle
    };
    let place = Arc::clone(place);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let answering = place.answering();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(address));
        let answer = site.clone().call(request);
        async move {
            let answer = answer.await;
            drop(answering);
            answer
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(idle)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(Box::pin(stream)), service)
}

/// Says so and hangs up. What the client has sent is read: closing on it would take back the answer.
async fn tell_to_wait(mut stream: TcpStream) -> std::io::Result<()> {
    stream.write_all(WAIT.as_bytes()).await?;
    stream.shutdown().await?;
    let mut sent = [0; 1024];
    while stream.read(&mut sent).await? > 0 {}
    Ok(())
}

fn is_of_the_client(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminated) = terminated {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;
    use crate::http::Proxies;

    const SHORT: Patience = Patience {
        idle: Duration::from_millis(300),
        idle_proxy: Duration::from_millis(300),
        taking: Duration::from_millis(300),
    };

    /// A site of one word.
    async fn site(patience: Patience) -> SocketAddr {
        let site = axum::Router::new().fallback(|| async { "hello" });
        listening(site, patience).await
    }

    /// Serves with four places for a network, as long as the runtime lasts.
    async fn listening(site: axum::Router, patience: Patience) -> SocketAddr {
        let listener = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
            .await
            .unwrap();
        let address = listener.local_addr().unwrap();
        let places = Places::new(16, 4, Proxies::default());
        let never = std::future::pending();
        tokio::spawn(serve_until(listener, site, places, patience, never));
        address
    }

    async fn connected(address: SocketAddr) -> TcpStream {
        TcpStream::connect(address).await.unwrap()
    }

    async fn asked(mut stream: TcpStream) -> String {
        let request = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        // Whoever is told to wait may be told before they have asked.
        let _ = stream.write_all(request).await;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[test]
    fn who_has_to_wait_gets_a_whole_answer() {
        let (head, body) = WAIT.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())));
        assert!(head.starts_with("HTTP/1.1 503 "));
    }

    #[tokio::test]
    async fn where_no_place_is_left_others_are_told_to_wait() {
        let asking = Arc::new(Semaphore::new(0));
        let noticed = Arc::clone(&asking);
        let site = axum::Router::new().fallback(move || {
            noticed.add_permits(1);
            std::future::pending::<()>()
        });
        let address = listening(site, Patience::default()).await;
        let mut held = Vec::new();
        for _ in 0..4 {
            let mut stream = connected(address).await;
            let request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
            stream.write_all(request).await.unwrap();
            held.push(stream);
        }
        let _all = asking.acquire_many(4).await.unwrap();
        let refused = asked(connected(address).await).await;
        assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
        assert!(refused.contains("Retry-After: "), "{refused}");
    }

    #[tokio::test]
    async fn half_open_connections_make_room_for_who_asks() {
        let address = site(Patience::default()).await;
        let mut held = Vec::new();
        for _ in 0..300 {
            let mut stream = connected(address).await;
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost:").await;
            held.push(stream);
        }
        for _ in 0..10 {
            let answer = asked(connected(address).await).await;
            assert!(answer.ends_with("hello"), "{answer}");
        }
    }

    /// Reads until the server ends the connection, which it does long before nobody waits any more.
    async fn until_the_end(mut stream: TcpStream) -> String {
        let mut read = Vec::new();
        tokio::time::timeout(Duration::from_mins(1), stream.read_to_end(&mut read))
            .await
            .expect("it is ended")
            .unwrap();
        String::from_utf8(read).unwrap()
    }

    #[tokio::test]
    async fn a_header_that_never_ends_is_not_waited_for() {
        let address = site(SHORT).await;
        for begun in [&b""[..], b"GET / HTTP/1.1\r\nHost: a\r\nX-A: "] {
            let mut stream = connected(address).await;
            stream.write_all(begun).await.unwrap();
            assert_eq!(until_the_end(stream).await, "", "{begun:?}");
        }
    }

    #[tokio::test]
    async fn a_connection_does_not_stay_open_for_nothing() {
        let address = site(SHORT).await;
        let mut stream = connected(address).await;
        let request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        stream.write_all(request).await.unwrap();
        let answer = until_the_end(stream).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }

    #[tokio::test]
    async fn who_takes_nothing_of_an_answer_is_cut_off() {
        let answer = axum::body::Bytes::from(vec![b'a'; 64 * 1024 * 1024]);
        let site = axum::Router::new().fallback(move || std::future::ready(answer.clone()));
        let address = listening(site, SHORT).await;
        let mut stream = connected(address).await;
        let request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        stream.write_all(request).await.unwrap();
        tokio::time::sleep(SHORT.taking * 10).await;
        let mut read = Vec::new();
        let _ = stream.read_to_end(&mut read).await;
        assert!(
            read.len() < 64 * 1024 * 1024,
            "all of it was kept for later"
        );
    }
}
