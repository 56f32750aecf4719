//! Listening, and stopping without cutting anybody off.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, Result, bail};
use tokio::net::TcpListener;

/// How long running requests may take once the server has been told to stop.
const DEADLINE: Duration = Duration::from_secs(10);

/// Binds the address or says what to do about it.
pub async fn bind(address: SocketAddr) -> Result<TcpListener> {
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
pub async fn serve<S>(listener: TcpListener, site: S) -> Result<()>
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
    let server =
        axum::serve(listener, tower::make::Shared::new(site)).with_graceful_shutdown(async move {
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
