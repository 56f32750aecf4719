//! Listening, and stopping without cutting anybody off.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    net::SocketAddr,
    task::{Context, Poll},
    time::Duration,
};

use anyhow::{Context as _, bail};
use axum::{
    extract::{ConnectInfo, Request},
    serve::IncomingStream,
};
use tokio::net::TcpListener;
use tower::Service;

/// How long running requests may take once the server has been told to stop.
const DEADLINE: Duration = Duration::from_secs(10);

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

/// Serves until the process is told to stop, then finishes what is running.
pub async fn serve<S>(listener: TcpListener, site: S) -> anyhow::Result<()>
where
    S: tower::Service<
            axum::extract::Request,
            Response = axum::response::Response,
            Error = std::convert::Infallible,
        > + Clone
        + Send
        + Sync
        + 'static,
    S::Future: Send,
{
    let (stopping, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, Connections(site)).with_graceful_shutdown(async move {
        told_to_stop().await;
        tracing::info!("stopping: finishing what is running");
        let _ = stopping.send(());
    });
    let deadline = async move {
        if stopped.await.is_ok() {
            tokio::time::sleep(DEADLINE).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        result = std::future::IntoFuture::into_future(server) => result.context("the server broke off"),
        () = deadline => Ok(()),
    }
}

/// Makes the service of each connection.
#[derive(Clone)]
struct Connections<S>(S);

impl<S: Clone> Service<IncomingStream<'_, TcpListener>> for Connections<S> {
    type Response = Connection<S>;
    type Error = Infallible;
    type Future = Ready<Result<Connection<S>, Infallible>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, stream: IncomingStream<'_, TcpListener>) -> Self::Future {
        ready(Ok(Connection {
            site: self.0.clone(),
            address: *stream.remote_addr(),
        }))
    }
}

/// The site, for one connection: every request carries the address that it comes from.
#[derive(Clone)]
struct Connection<S> {
    site: S,
    address: SocketAddr,
}

impl<S: Service<Request>> Service<Request> for Connection<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.site.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> S::Future {
        request.extensions_mut().insert(ConnectInfo(self.address));
        self.site.call(request)
    }
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
