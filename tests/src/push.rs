//! A push service on this machine, and browsers that take notices from it and can read them.

mod browser;
mod certificate;

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::{BodyExt, Full};
use human_please::push::reach::{Reach, Stage};
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderMap;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::CertificateDer;

use crate::socket::soon;
pub use browser::{Browser, Statement};
use certificate::Certified;

/// Its name.
pub const NAME: &str = "push.example";

/// A push service, reached by TLS as any other. Dropped, it is gone.
pub struct PushService {
    /// Where it listens.
    pub address: SocketAddr,
    certificate: CertificateDer<'static>,
    heard: mpsc::UnboundedReceiver<Heard>,
    shared: Arc<Shared>,
    _serving: JoinSet<()>,
}

struct Shared {
    /// What the next requests are answered with, before it takes them all.
    answers: Mutex<VecDeque<Said>>,
    tell: mpsc::UnboundedSender<Heard>,
    connections: AtomicUsize,
    holds: watch::Sender<bool>,
}

/// What a push service answers.
struct Said {
    status: u16,
    header: Option<(&'static str, String)>,
}

/// What a push service hears.
#[derive(Debug)]
pub enum Heard {
    /// Something to pass on.
    Letter(Letter),
    /// Somebody connected, and did not take it for who they looked for.
    Distrust,
}

/// Something to pass on to a browser.
#[derive(Debug)]
pub struct Letter {
    /// To which: path and query.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// What only the browser can read.
    pub body: Vec<u8>,
}

impl Letter {
    /// A header's value.
    ///
    /// # Panics
    ///
    /// If it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        let value = value.unwrap_or_else(|| panic!("it has the header {name}"));
        value.to_str().expect("headers are text")
    }
}

impl PushService {
    /// Opens one.
    ///
    /// # Panics
    ///
    /// If the machine has no free port.
    pub async fn open() -> Self {
        let Certified {
            certificate,
            config,
        } = certificate::of(NAME);
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("the machine has a free port");
        let address = listener.local_addr().expect("the listener has an address");
        let (tell, heard) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            answers: Mutex::default(),
            tell,
            connections: AtomicUsize::new(0),
            holds: watch::channel(false).0,
        });
        let mut serving = JoinSet::new();
        serving.spawn(serve(
            listener,
            TlsAcceptor::from(Arc::new(config)),
            Arc::clone(&shared),
        ));
        Self {
            address,
            certificate,
            heard,
            shared,
            _serving: serving,
        }
    }

    /// What a server has in place of the internet: this service alone.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.reach_by(&[(NAME, &[self.address])], true)
    }

    /// The same, where these names lead to these addresses.
    #[must_use]
    pub fn reach_by(&self, names: &[(&str, &[SocketAddr])], loopback: bool) -> Reach {
        let names = names
            .iter()
            .map(|(name, addresses)| ((*name).to_owned(), addresses.to_vec()));
        Reach::Staged(Arc::new(Stage {
            names: names.collect::<HashMap<_, _>>(),
            loopback,
            root: Some(self.certificate.clone()),
        }))
    }

    /// Has it answer one more request with this status and header, before it takes those after.
    pub fn answer(&self, status: u16, header: Option<(&'static str, &str)>) {
        let header = header.map(|(name, value)| (name, value.to_owned()));
        let answers = self.shared.answers.lock();
        answers
            .unwrap_or_else(PoisonError::into_inner)
            .push_back(Said { status, header });
    }

    /// Has it keep its answers back, or give them.
    pub fn hold(&self, holds: bool) {
        self.shared.holds.send_replace(holds);
    }

    /// How many connections it has had.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// What it hears next.
    ///
    /// # Panics
    ///
    /// If it hears nothing.
    pub async fn hears(&mut self) -> Heard {
        let heard = soon("the push service to hear something", self.heard.recv());
        heard.await.expect("the service is open")
    }

    /// The next letter.
    ///
    /// # Panics
    ///
    /// If none comes.
    pub async fn letter(&mut self) -> Letter {
        match self.hears().await {
            Heard::Letter(letter) => letter,
            Heard::Distrust => panic!("the service is taken for another"),
        }
    }

    /// Whether it heard nothing more until now.
    pub fn heard_nothing(&mut self) -> bool {
        self.heard.try_recv().is_err()
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        shared.connections.fetch_add(1, Ordering::SeqCst);
        connections.spawn(talk(stream, acceptor.clone(), Arc::clone(&shared)));
    }
}

async fn talk(stream: TcpStream, acceptor: TlsAcceptor, shared: Arc<Shared>) {
    let Ok(stream) = acceptor.accept(stream).await else {
        let _story_over = shared.tell.send(Heard::Distrust);
        return;
    };
    let answering = service_fn(|request| answer(request, &shared));
    // Who has its answer closes without a goodbye.
    let _closed = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), answering)
        .await;
}

async fn answer(
    request: Request<Incoming>,
    shared: &Shared,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (head, body) = request.into_parts();
    let letter = Letter {
        target: head
            .uri
            .path_and_query()
            .map_or_else(String::new, ToString::to_string),
        headers: head.headers,
        body: body.collect().await?.to_bytes().to_vec(),
    };
    let _story_over = shared.tell.send(Heard::Letter(letter));
    let mut holds = shared.holds.subscribe();
    let _story_over = holds.wait_for(|holds| !holds).await;
    let next = shared
        .answers
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .pop_front();
    let taken = Said {
        status: 201,
        header: None,
    };
    let Said { status, header } = next.unwrap_or(taken);
    let mut response = Response::builder().status(status);
    if let Some((name, value)) = header {
        response = response.header(name, value);
    }
    let response = response.body(Full::default());
    Ok(response.expect("stories give plain headers"))
}
