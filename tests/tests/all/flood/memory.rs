//! S6, S7, R11: one connection takes less than 1 MiB of memory however it behaves, and one that never says what it wants is
//! not waited for.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use human_please::accept::HEADERS_WITHIN;
use human_please_tests::answers::{frame, new_id};
use human_please_tests::figures;
use human_please_tests::program::Program;
use human_please_tests::server::{Place, SHOP};
use human_please_tests::socket::{Door, soon};
use human_please_tests::visitor::Visitor;
use protocol::{MAX_FRAME_BYTES, VERSION, VisitorCommand};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::crash::memory_kib;

/// Hostile connections of each kind.
const PEERS: u64 = 200;

/// Those who read nothing: few, for what is written to them must pass the limits of one address.
const DEAF_PEERS: u64 = 24;

/// What one of them may take, in KiB (S7).
const AT_MOST_KIB: u64 = 1_024;

/// What a client begins a WebSocket with, but for the end of its headers.
const HANDSHAKE: &str = "GET /ws/visitor?site=shop HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\n\
    upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

#[tokio::test]
async fn a_hostile_connection_takes_less_than_a_mebibyte() {
    let place = Place::furnished().await;
    let deaf = of_deaf(&place, begin_socket).await;
    let deaf_stream = of_deaf(&place, begin_stream).await;
    let posting = of_each(&place, |address| async move {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let post = post("/sse/send", MAX_FRAME_BYTES);
        stream.write_all(post.as_bytes()).await.unwrap();
        let most = vec![b'x'; MAX_FRAME_BYTES - 1];
        stream.write_all(&most).await.unwrap();
        stream
    })
    .await;
    let endless_frame = of_each(&place, |address| async move {
        let mut stream = upgraded(address).await;
        // All of a frame but its last byte.
        let length = MAX_FRAME_BYTES as u64;
        stream.write_all(&frame_head(length)).await.unwrap();
        let most = vec![0; MAX_FRAME_BYTES - 1];
        stream.write_all(&most).await.unwrap();
        stream
    })
    .await;
    let huge = of_each(&place, |address| async move {
        let mut stream = upgraded(address).await;
        stream.write_all(&frame_head(1 << 40)).await.unwrap();
        // It is closed at the head already, so what follows may find nobody.
        let _closed = stream.write_all(&vec![0; 1 << 20]).await;
        stream
    })
    .await;
    let endless = of_each(&place, |address| async move {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(HANDSHAKE.as_bytes()).await.unwrap();
        let header = format!("x-more: {}\r\n", "x".repeat(1_000));
        let _closed = stream.write_all(header.repeat(200).as_bytes()).await;
        stream
    })
    .await;
    let kinds = [
        ("reads nothing", deaf),
        ("reads nothing of its stream", deaf_stream),
        ("never ends its post", posting),
        ("never ends a frame", endless_frame),
        ("announces a huge frame", huge),
        ("never ends its headers", endless),
    ];
    let found: Vec<_> = kinds
        .iter()
        .map(|(kind, kib)| (*kind, format!("{kib} KiB")))
        .collect();
    figures::print("memory of one hostile connection", &found);
    for (kind, kib) in kinds {
        assert!(kib < AT_MOST_KIB, "{kind}: {kib} KiB");
    }
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_given_up() {
    let place = Place::furnished().await;
    let server = Program::serve(&place.database(), &[]);
    let address = server.address().await;
    let began = Instant::now();
    let mut silent = TcpStream::connect(address).await.unwrap();
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(HANDSHAKE.as_bytes()).await.unwrap();
    let mut answer = vec![];
    for stream in [&mut silent, &mut slow] {
        let end = stream.read_to_end(&mut answer);
        let _closed_or_reset = soon("the end of a connection that says nothing", end).await;
    }
    let given_up = began.elapsed();
    assert!(given_up < 2 * HEADERS_WITHIN, "{given_up:?}");
    let mut visitor = Visitor::come(&Door::visitor(address, SHOP)).await;
    visitor.human().await;
}

/// What each of many connections of one kind takes, in KiB.
async fn of_each<F>(place: &Place, hostile: impl Fn(SocketAddr) -> F) -> u64
where
    F: Future<Output = TcpStream>,
{
    let server = Program::serve(&place.database(), &[]);
    let address = server.address().await;
    let before = warm(&server, address).await;
    let mut peers = vec![];
    for _ in 0..PEERS {
        peers.push(hostile(address).await);
    }
    let after = at_rest(&server).await;
    let mut visitor = Visitor::come(&Door::visitor(address, SHOP)).await;
    visitor.human().await;
    server.kill().await;
    after.saturating_sub(before) / PEERS
}

/// The same for those who begin like this, are sent a long history and as much news as may wait, and read nothing. Each
/// has a conversation of their own: what waits for one waits for nobody else.
async fn of_deaf<F>(place: &Place, begin: impl Fn(SocketAddr, Vec<u8>) -> F) -> u64
where
    F: Future<Output = TcpStream>,
{
    let mut peaks = [0; 2];
    // What the store keeps of so many messages is no connection's.
    for (peak, is_hostile) in peaks.iter_mut().zip([false, true]) {
        let server = Program::serve(&place.database(), &[]);
        let address = server.address().await;
        warm(&server, address).await;
        let mut peers = vec![];
        for _ in 0..DEAF_PEERS {
            let mut writer = Visitor::come(&Door::visitor(address, SHOP)).await;
            // Each character takes six bytes on the wire.
            let long = "\u{1}".repeat(8_000);
            for _ in 0..2 {
                writer.say(&long).await;
            }
            let hello = VisitorCommand::Hello {
                version: VERSION,
                token: Some(writer.token.clone()),
                after: protocol::Seq(0),
            };
            let hello = frame(new_id(), hello);
            if is_hostile {
                peers.push(begin(address, hello.into()).await);
            }
            for _ in 0..8 {
                writer.say(&long).await;
            }
        }
        *peak = at_rest(&server).await;
        let mut visitor = Visitor::come(&Door::visitor(address, SHOP)).await;
        visitor.human().await;
        server.kill().await;
    }
    let [without, with] = peaks;
    with.saturating_sub(without) / DEAF_PEERS
}

async fn begin_socket(address: SocketAddr, hello: Vec<u8>) -> TcpStream {
    let mut stream = upgraded(address).await;
    let head = frame_head(hello.len() as u64);
    // The mask is nothing.
    stream.write_all(&[head, hello].concat()).await.unwrap();
    stream
}

async fn begin_stream(address: SocketAddr, hello: Vec<u8>) -> TcpStream {
    let mut stream = slow(address).await;
    let head = post("/sse/visitor?site=shop", hello.len());
    let post = [head.into_bytes(), hello].concat();
    stream.write_all(&post).await.unwrap();
    let mut status = [0; 12];
    soon("the stream", stream.read_exact(&mut status))
        .await
        .unwrap();
    assert_eq!(&status, b"HTTP/1.1 200");
    stream
}

/// The head of a post.
fn post(path: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\ncontent-length: {length}\r\n\r\n"
    )
}

/// Lets the program do what it does for the first time, and gives its memory.
async fn warm(server: &Program, address: SocketAddr) -> u64 {
    for _ in 0..10 {
        let mut visitor = Visitor::come(&Door::visitor(address, SHOP)).await;
        visitor.say("Hello").await;
    }
    memory_kib(server.pid(), "VmRSS:").expect("Linux counts memory")
}

/// The most memory that it ever took, once it takes no more. Time is the subject: nothing says that it has read all.
async fn at_rest(server: &Program) -> u64 {
    let peak = || memory_kib(server.pid(), "VmHWM:").expect("Linux counts memory");
    let mut last = 0;
    while peak() > last {
        last = peak();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    last
}

/// A connection of somebody who takes in little at once.
async fn slow(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 * 1024).unwrap();
    socket.connect(address).await.unwrap()
}

/// A WebSocket of such a one.
async fn upgraded(address: SocketAddr) -> TcpStream {
    let mut stream = slow(address).await;
    stream.write_all(HANDSHAKE.as_bytes()).await.unwrap();
    stream.write_all(b"\r\n").await.unwrap();
    let mut answer = vec![];
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(soon("the upgrade", stream.read_u8()).await.unwrap());
    }
    assert!(answer.starts_with(b"HTTP/1.1 101"));
    stream
}

/// The head of a text frame whose mask is nothing.
fn frame_head(length: u64) -> Vec<u8> {
    let mut head = vec![0x81, 0x80 | 127];
    head.extend(length.to_be_bytes());
    head.extend([0; 4]);
    head
}
