//! How connections come in: one task for each, bounded in number, in what they may buffer, and in the time that they may take
//! to say what they want. (axum's own way of serving sets no timer, and then hyper waits for headers for ever.)

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use crate::socket::MAX_CONNECTIONS;

/// How long a client may take to send the headers of a request, and may stay without asking for anything.
pub const HEADERS_WITHIN: Duration = Duration::from_secs(10);

/// Connections beside those that live: pages that are being loaded, and posts.
const PASSING: usize = 10_000;

/// What one connection may buffer of a request's headers, or of an answer, in bytes. Ours are a few hundred.
const BUFFER_BYTES: usize = 64 * 1024;

/// How long to wait when the machine has no room for a connection.
const FULL: Duration = Duration::from_secs(1);

/// Serves what comes in until `stopping`, and returns when the last one has gone.
pub async fn serve(router: Router, listener: TcpListener, stopping: CancellationToken) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_buf_size(BUFFER_BYTES);
    let connections = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = stopping.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            // The client finds the connection closed and tries again later.
            Ok(_) if connections.len() >= MAX_CONNECTIONS + PASSING => {}
            Ok((stream, peer)) => {
                let (http, router) = (http.clone(), router.clone());
                connections.spawn(connection(http, router, stream, peer, stopping.clone()));
            }
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                tracing::error!(%error, "a connection could not be accepted");
                tokio::time::sleep(FULL).await;
            }
        }
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

async fn connection(
    http: http1::Builder,
    router: Router,
    stream: TcpStream,
    peer: SocketAddr,
    stopping: CancellationToken,
) {
    // Small frames leave when they are written. Otherwise the second of two would wait until the client has acknowledged
    // the first one, which it may put off for 40 ms.
    if let Err(error) = stream.set_nodelay(true) {
        // Slower, and that is all.
        tracing::debug!(%error, "a connection without TCP_NODELAY");
    }
    let service = service_fn(|request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let serving = http
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut serving = std::pin::pin!(serving);
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = stopping.cancelled() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::trace!(%error, "a connection broke");
    }
}

/// It was gone before it was accepted; the next one is no worse for it.
fn is_of_the_client(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}
