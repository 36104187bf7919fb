//! R11: a connection that is open at both ends and carries nothing any more is found out by both within two heartbeats.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use human_please::socket::Patience;
use human_please_tests::agent::Agent;
use human_please_tests::server::{Server, Setup};
use human_please_tests::socket::{Door, soon};
use protocol::Answering;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

const HEARTBEAT: Duration = Duration::from_millis(750);
const LEASE: Duration = Duration::from_millis(100);

/// A line to a server that can be made to swallow everything, with both its ends left open.
struct Line {
    address: SocketAddr,
    swallows: watch::Sender<bool>,
}

impl Line {
    async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (swallows, watching) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(server).await.unwrap();
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = server.into_split();
                tokio::spawn(carry(from_client, to_server, watching.clone()));
                tokio::spawn(carry(from_server, to_client, watching.clone()));
            }
        });
        Self { address, swallows }
    }
}

async fn carry(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut swallows: watch::Receiver<bool>,
) {
    let mut bytes = vec![0; 4 * 1024];
    loop {
        match from.read(&mut bytes).await {
            Ok(0) | Err(_) if *swallows.borrow() => break,
            Ok(0) | Err(_) => return,
            Ok(_) if *swallows.borrow() => {}
            Ok(read) => {
                if to.write_all(&bytes[..read]).await.is_err() {
                    return;
                }
            }
        }
    }
    // Not even the end of one side is told to the other.
    let _for_ever = swallows.wait_for(|swallows| !swallows).await;
}

/// G4, R12: nobody waits for an agent behind such a line for longer than two heartbeats and the lease.
#[tokio::test]
async fn a_half_open_connection_is_found_within_two_heartbeats_on_a_socket_and_on_a_stream() {
    let patience = Patience {
        heartbeat: HEARTBEAT,
        write: Duration::from_secs(60),
        // Nobody at the other end could answer: it must not be waited for.
        farewell: Duration::from_secs(60),
        ..Patience::default()
    };
    let server = Server::start(Setup {
        patience,
        lease: LEASE,
        ..Setup::default()
    })
    .await;
    let socket = Door::agent(server.address, &server.session("Ana").await);
    for mut door in [socket.clone(), socket.over_stream()] {
        let line = Line::to(server.address).await;
        door.address = line.address;
        let mut ana = Agent::come(&door).await;
        ana.go_on_duty().await;
        let mut visitor = server.visitor().await;
        visitor.human().await;
        visitor
            .until_answering("somebody on duty", |answering| {
                matches!(answering, Answering::Queue { on_duty: 1, .. })
            })
            .await;
        ana.settle().await;
        let since = Instant::now();
        line.swallows.send_replace(true);
        let alone = async {
            while matches!(visitor.state.answering, Answering::Queue { on_duty: 1, .. }) {
                // Time is the subject; and who says nothing would be found silent as well.
                tokio::time::sleep(Duration::from_millis(100)).await;
                visitor.settle().await;
            }
        };
        soon("nobody to be on duty", alone).await;
        let took = since.elapsed();
        println!(
            "half-open: found after {took:?} of 2 x {HEARTBEAT:?} + {LEASE:?}, {}",
            door.path
        );
        // Leases are looked at once a second, and the machine may be busy.
        let most = 2 * HEARTBEAT + LEASE + Duration::from_millis(1_750);
        assert!(
            (2 * HEARTBEAT - Duration::from_millis(100)..most).contains(&took),
            "{took:?}"
        );
        visitor.leave().await;
    }
}
