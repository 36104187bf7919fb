//! R7, R8, R11: thousands of real connections are cut in the same moment, because the server is killed. It comes back, and
//! every client's own rules bring it back, soon and not all at once.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use human_please_tests::answers::{frame, new_id};
use human_please_tests::program::Program;
use human_please_tests::server::{Place, SHOP};
use human_please_tests::socket::{Door, Heard, Socket};
use protocol::{Seq, VERSION, VisitorCommand};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use session::{Link, LinkStep, Moment, Random, Transport};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

const CLIENTS: usize = 5_000;

/// Connections that are being made at once before the storm, so that it begins with everybody inside.
const AT_ONCE: usize = 64;

/// Files that a process has open beside its connections.
const OTHER_FILES: u64 = 500;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_clients_of_a_killed_server_are_all_back_within_a_minute() {
    let_open_many_files();
    let place = Place::furnished().await;
    let database = format!("sqlite:{}", place.database().display());
    let serve =
        |listen: &str| Program::start(&["serve", "--listen", listen, "--database", &database]);
    let server = serve("127.0.0.1:0");
    let address = server.address().await;

    let began = Instant::now();
    let turns = std::sync::Arc::new(Semaphore::new(AT_ONCE));
    let mut clients = JoinSet::new();
    for number in 0..CLIENTS {
        let turns = std::sync::Arc::clone(&turns);
        clients.spawn(async move {
            let _turn = turns.acquire_owned().await.unwrap();
            Client::come(address, number as u64, began).await
        });
    }
    let clients = clients.join_all().await;
    let came = began.elapsed();
    println!("{CLIENTS} connected in {came:?}");

    let cut = Instant::now();
    server.kill().await;
    let server = serve(&address.to_string());
    server.address().await;
    let away = cut.elapsed();
    let mut storm = JoinSet::new();
    for client in clients {
        storm.spawn(client.come_back());
    }
    let inside = storm.join_all().await;
    let mut back: Vec<Duration> = inside.iter().map(|(at, _)| *at - cut).collect();
    back.sort_unstable();
    let peak = (0..CLIENTS)
        .map(|first| back[first..].partition_point(|&at| at < back[first] + Duration::from_secs(1)))
        .max()
        .unwrap();
    let last = back[CLIENTS - 1];
    println!(
        "{CLIENTS} connected in {came:?}; killed, and listening again after {away:?}: half of them back after {:?}, \
         all after {last:?}, at most {peak} greeted in a second",
        back[CLIENTS / 2]
    );
    assert!(last < Duration::from_secs(60), "{last:?}");
}

/// A client that knows no streams, with the rules of our pages.
struct Client {
    address: SocketAddr,
    link: Link,
    random: Random,
    began: Instant,
    socket: Socket,
}

impl Client {
    async fn come(address: SocketAddr, number: u64, began: Instant) -> Self {
        let mut random = Random::new(number);
        let now = moment(began);
        let mut link = Link::new(now);
        assert_eq!(link.wake(now, &mut random), Some(LinkStep::Connect));
        link.connected(now);
        let socket = loop {
            if let Some(socket) = greet(address).await {
                break socket;
            }
        };
        link.greeted(15_000, moment(began));
        Self {
            address,
            link,
            random,
            began,
            socket,
        }
    }

    /// Comes back as the link says, and tells when it was greeted; it stays.
    async fn come_back(mut self) -> (Instant, Socket) {
        let code = match self.socket.hear("the cut").await {
            Heard::Closed(code) => code,
            Heard::Text(text) => panic!("nobody said anything: {text}"),
        };
        // They all had lived for a while: a page that has only just come waits a little longer, and no storm is of those.
        let settled = Moment(moment(self.began).0 + session::SETTLED_MS);
        let skipped_ms = settled.since_ms(moment(self.began));
        let now = |began: Instant| moment(began).after_ms(skipped_ms);
        self.link.closed(code, now(self.began), &mut self.random);
        loop {
            let at = self.link.wake_at().expect("it is tried again");
            let wait_ms = at.since_ms(now(self.began));
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
            match self.link.wake(now(self.began), &mut self.random) {
                Some(LinkStep::Connect) if self.link.transport() == Transport::Socket => {
                    self.link.connected(now(self.began));
                    if let Some(socket) = greet(self.address).await {
                        return (Instant::now(), socket);
                    }
                    self.link.closed(None, now(self.began), &mut self.random);
                }
                Some(LinkStep::Connect) => {
                    self.link.closed(None, now(self.began), &mut self.random);
                }
                _ => {}
            }
        }
    }
}

/// Connects and says hello; none if it comes to nothing.
async fn greet(address: SocketAddr) -> Option<Socket> {
    let mut socket = Socket::try_open(&Door::visitor(address, SHOP)).await?;
    let hello = VisitorCommand::Hello {
        version: VERSION,
        token: None,
        after: Seq(0),
    };
    socket.send(frame(new_id(), hello)).await;
    match socket.hear("welcome").await {
        Heard::Text(text) if text.starts_with(r#"{"welcome""#) => Some(socket),
        Heard::Text(text) => panic!("hello was answered by {text}"),
        Heard::Closed(_) => None,
    }
}

fn moment(began: Instant) -> Moment {
    Moment(u64::try_from(began.elapsed().as_millis()).expect("a story is short"))
}

/// Both processes hold one end of each connection; the server inherits the limit.
fn let_open_many_files() {
    let needed = CLIENTS as u64 + OTHER_FILES;
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_some_and(|current| current < needed) {
        let raised = Rlimit {
            current: Some(needed),
            ..limit
        };
        setrlimit(Resource::Nofile, raised).unwrap_or_else(|error| {
            panic!("this story needs {needed} open files; raise the hard limit with `ulimit -Hn`: {error}")
        });
    }
}
