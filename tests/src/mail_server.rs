//! A mail server in this process: the protocol is that of the crate `mailin`, and a story says what it answers.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use mail_parser::{Message, MessageParser};
use mailin::response::{AUTH_OK, INVALID_CREDENTIALS, OK};
use mailin::{Action, AuthMechanism, Handler, Response, SessionBuilder};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, crypto};

use crate::socket::soon;

/// The user that a mail server with TLS lets in.
pub const USER: &str = "shop@mail.example";

/// The user's password.
pub const MAIL_PASSWORD: &str = "p:w/d@canary-8412";

/// A letter that has arrived.
#[derive(Debug, Clone, Default)]
pub struct Arrived {
    /// Whom the server was told that it is from.
    pub from: String,
    /// To whom it was told to bring it.
    pub to: Vec<String>,
    /// The letter.
    pub bytes: Vec<u8>,
    /// Who had signed in.
    pub user: Option<String>,
}

impl Arrived {
    /// The letter, read.
    ///
    /// # Panics
    ///
    /// If it is none.
    #[must_use]
    pub fn message(&self) -> Message<'_> {
        MessageParser::default()
            .parse(&self.bytes)
            .expect("it is a letter")
    }

    /// Its plain text.
    ///
    /// # Panics
    ///
    /// If it has none.
    #[must_use]
    pub fn text(&self) -> String {
        let message = self.message();
        let text = message.body_text(0).expect("it has a plain text");
        text.replace("\r\n", "\n")
    }

    /// Its text for programs that show HTML.
    ///
    /// # Panics
    ///
    /// If it has none.
    #[must_use]
    pub fn html(&self) -> String {
        let message = self.message();
        let html = message.body_html(0).expect("it has an HTML text");
        html.into_owned()
    }

    /// A header's value; none if it is not there.
    #[must_use]
    pub fn header(&self, name: &'static str) -> Option<String> {
        let message = self.message();
        let value = message.header_raw(name)?;
        Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// What stands behind the `#` of the first link to this path.
    ///
    /// # Panics
    ///
    /// If it has no such link.
    #[must_use]
    pub fn code(&self, path: &str) -> String {
        let (start, text) = (format!("{path}#"), self.text());
        let code = text.lines().find_map(|line| line.split_once(&start));
        let (_, code) = code.unwrap_or_else(|| panic!("no link to {path} in {text}"));
        code.to_owned()
    }
}

/// How a mail server keeps others from listening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all, and it lets in whoever comes.
    None,
    /// TLS from the first byte.
    Tls,
    /// TLS after STARTTLS.
    StartTls,
}

/// What a story knows of a mail server and does to it.
#[derive(Default)]
struct Desk {
    arrived: Mutex<Vec<Arrived>>,
    verdict: Mutex<Verdict>,
}

/// What a mail server does with letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verdict {
    /// Takes them.
    #[default]
    Take,
    /// Answers their addresses with this code.
    Refuse(u16),
    /// Breaks off when it has them, without a word.
    BreakOff,
}

/// A code that no server answers: says that the connection ends.
const BREAK_OFF: u16 = 599;

/// A running mail server, on a thread of its own: it answers while a story waits for its server to end. Dropped, it is
/// gone, with its connections.
pub struct MailServer {
    /// Where it listens.
    pub address: SocketAddr,
    /// The certificate that it shows, as PEM.
    pub certificate: String,
    desk: Arc<Desk>,
    /// How many letters it was asked to take.
    asked: watch::Sender<usize>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(JoinHandle::join);
        assert!(
            ended.is_none_or(|ended| ended.is_ok()) || std::thread::panicking(),
            "the mail server failed; its own panic is above"
        );
    }
}

impl MailServer {
    /// One that takes every letter.
    #[must_use]
    pub fn start() -> Self {
        Self::start_at("127.0.0.1:0", Security::None)
    }

    /// One at an address.
    ///
    /// # Panics
    ///
    /// If it cannot listen there.
    #[must_use]
    pub fn start_at(address: &str, security: Security) -> Self {
        let listener = std::net::TcpListener::bind(address).expect("nobody else listens there");
        listener
            .set_nonblocking(true)
            .expect("a new socket takes options");
        let address = listener.local_addr().expect("it listens");
        let (certificate, acceptor) = tls();
        let desk = Arc::<Desk>::default();
        let (asked, _) = watch::channel(0);
        let (stop, stopped) = oneshot::channel::<()>();
        let inbox = Inbox {
            desk: Arc::clone(&desk),
            asked: asked.clone(),
            begun: Arrived::default(),
        };
        let thread = std::thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("the machine has room for a runtime");
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).expect("it is a listener");
                tokio::select! {
                    () = accept(listener, security, &acceptor, &inbox) => {}
                    _dropped = stopped => {}
                }
            });
        });
        Self {
            address,
            certificate,
            desk,
            asked,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// What it does with letters from now on.
    pub fn treat(&self, verdict: Verdict) {
        *lock(&self.desk.verdict) = verdict;
    }

    /// The letters that have arrived.
    #[must_use]
    pub fn arrived(&self) -> Vec<Arrived> {
        lock(&self.desk.arrived).clone()
    }

    /// Waits until it was asked to take so many letters, whatever it answered.
    ///
    /// # Panics
    ///
    /// If it is not.
    pub async fn until_asked(&self, count: usize) {
        let mut asked = self.asked.subscribe();
        let waiting = asked.wait_for(|asked| *asked >= count);
        soon(&format!("letter {count}"), waiting)
            .await
            .expect("the sender is part of self");
    }

    /// Waits until so many letters have arrived, and gives them.
    pub async fn letters(&self, count: usize) -> Vec<Arrived> {
        loop {
            let asked = *self.asked.borrow();
            let arrived = self.arrived();
            if arrived.len() >= count {
                return arrived;
            }
            self.until_asked(asked + 1).await;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A certificate for this machine, new for each server, and what shows it.
fn tls() -> (String, TlsAcceptor) {
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(names).expect("a certificate can be made");
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).expect("it is a key");
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider knows them")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("the key is the certificate's");
    (cert.pem(), TlsAcceptor::from(Arc::new(config)))
}

trait Line: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

async fn accept(listener: TcpListener, security: Security, acceptor: &TlsAcceptor, inbox: &Inbox) {
    let mut sessions = JoinSet::new();
    while let Ok((stream, from)) = listener.accept().await {
        let (acceptor, inbox) = (acceptor.clone(), inbox.clone());
        sessions.spawn(async move {
            // Whoever breaks off has told us nothing.
            let _broken = serve(stream, from.ip(), security, acceptor, inbox).await;
        });
    }
}

async fn serve(
    stream: TcpStream,
    from: IpAddr,
    security: Security,
    acceptor: TlsAcceptor,
    inbox: Inbox,
) -> io::Result<()> {
    let mut builder = SessionBuilder::new("mail.example");
    if security != Security::None {
        builder.enable_auth(AuthMechanism::Plain);
    }
    if security == Security::StartTls {
        builder.enable_start_tls();
    }
    let mut session = builder.build(from, inbox);
    let mut line: BufReader<Box<dyn Line>> = BufReader::new(if security == Security::Tls {
        session.tls_active();
        Box::new(acceptor.accept(stream).await?)
    } else {
        Box::new(stream)
    });
    let mut response = session.greeting();
    loop {
        let mut answer = vec![];
        response.write_to(&mut answer)?;
        line.write_all(&answer).await?;
        line.flush().await?;
        match response.action {
            Action::Close => return line.shutdown().await,
            Action::UpgradeTls => {
                line = BufReader::new(Box::new(acceptor.accept(line.into_inner()).await?));
                session.tls_active();
            }
            Action::Reply | Action::NoReply => {}
        }
        let mut asked = vec![];
        if line.read_until(b'\n', &mut asked).await? == 0 {
            return Ok(());
        }
        response = session.process(&asked);
        if response.code == BREAK_OFF {
            return Ok(());
        }
    }
}

/// What one connection brings.
#[derive(Clone)]
struct Inbox {
    desk: Arc<Desk>,
    asked: watch::Sender<usize>,
    begun: Arrived,
}

impl Handler for Inbox {
    fn mail(&mut self, _ip: IpAddr, _domain: &str, from: &str) -> Response {
        from.clone_into(&mut self.begun.from);
        OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        self.begun.to.push(to.to_owned());
        let verdict = *lock(&self.desk.verdict);
        if let Verdict::Refuse(code) = verdict {
            self.asked.send_modify(|asked| *asked += 1);
            // Real ones repeat whom they refuse.
            return Response::custom(code, format!("not for {to}"));
        }
        OK
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.begun.bytes.extend(bytes);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let verdict = *lock(&self.desk.verdict);
        let response = match verdict {
            Verdict::BreakOff => Response::custom(BREAK_OFF, String::new()),
            Verdict::Take | Verdict::Refuse(_) => {
                let arrived = Arrived {
                    user: self.begun.user.clone(),
                    ..std::mem::take(&mut self.begun)
                };
                lock(&self.desk.arrived).push(arrived);
                OK
            }
        };
        self.asked.send_modify(|asked| *asked += 1);
        response
    }

    fn auth_plain(&mut self, _as: &str, user: &str, password: &str) -> Response {
        if (user, password) != (USER, MAIL_PASSWORD) {
            return INVALID_CREDENTIALS;
        }
        self.begun.user = Some(user.to_owned());
        AUTH_OK
    }
}
