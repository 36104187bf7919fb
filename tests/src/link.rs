//! A bad line between clients and a server: it delays, throttles, cuts, falls silent, and sends what a client sent twice.
//!
//! The way up is read frame by frame, because a repeated half of a frame would be another protocol's fault. Frames of one
//! connection stay in their order, as TCP keeps them; with jitter those of different connections do not.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::random::Random;

/// How the line is.
#[derive(Debug, Clone, Default)]
pub struct Weather {
    /// How long everything takes, each way.
    pub delay: Duration,
    /// And how much longer at most, for each piece anew.
    pub jitter: Duration,
    /// What fits through in a second, each way.
    pub bytes_each_second: Option<u32>,
    /// One in so many frames of clients arrives twice.
    pub twice_in: Option<u64>,
    /// Nothing arrives any more, and nobody is told. Connections that were there when it fell silent stay silent.
    pub is_silent: bool,
}

/// How connections end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Both ends are told that it is over.
    Finish,
    /// Both ends are told that something went wrong, and what was on its way is lost.
    Reset,
}

/// A line to a server. Dropped, it is cut.
pub struct Link {
    /// Where clients connect to.
    pub address: SocketAddr,
    weather: watch::Sender<Weather>,
    cuts: watch::Sender<Cut>,
    _lines: JoinSet<()>,
}

impl Link {
    /// A good line.
    ///
    /// # Panics
    ///
    /// If the machine has no free port.
    pub async fn to(server: SocketAddr, mut random: Random) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("the machine has a free port");
        let address = listener.local_addr().expect("it listens");
        let (weather, _) = watch::channel(Weather::default());
        let (cuts, _) = watch::channel(Cut::Finish);
        let mut lines = JoinSet::new();
        let (weathers, cut) = (weather.clone(), cuts.clone());
        lines.spawn(async move {
            let mut lines = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                let random = Random::from_seed(random.below(u64::MAX));
                let line = carry(
                    client,
                    server,
                    weathers.subscribe(),
                    cut.subscribe(),
                    random,
                );
                lines.spawn(line);
            }
        });
        Self {
            address,
            weather,
            cuts,
            _lines: lines,
        }
    }

    /// Changes the weather.
    pub fn turn(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }

    /// Cuts every connection. New ones may be made at once.
    pub fn cut(&self, cut: Cut) {
        self.cuts.send_replace(cut);
    }
}

async fn carry(
    mut client: TcpStream,
    server: SocketAddr,
    weather: watch::Receiver<Weather>,
    mut cuts: watch::Receiver<Cut>,
    mut random: Random,
) {
    let Ok(mut server) = TcpStream::connect(server).await else {
        return;
    };
    for stream in [&client, &server] {
        stream
            .set_nodelay(true)
            .expect("a new socket takes options");
    }
    let cut = {
        let (from_client, to_client) = client.split();
        let (from_server, to_server) = server.split();
        let downwards = Random::from_seed(random.below(u64::MAX));
        let up = pass(
            from_client,
            to_server,
            Pieces::handshake(),
            &weather,
            random,
        );
        let down = pass(from_server, to_client, Pieces::Any, &weather, downwards);
        tokio::select! {
            () = async { tokio::join!(up, down); } => Cut::Finish,
            _ = cuts.changed() => *cuts.borrow(),
        }
    };
    if cut == Cut::Reset {
        for stream in [&client, &server] {
            // What is dropped with something unread is reset; to be sure that there is, nothing is waited for.
            let _gone_already = stream.set_zero_linger();
        }
    }
}

/// Carries one way until its end, which is passed on.
async fn pass(
    from: impl AsyncRead + Unpin,
    to: impl AsyncWrite + Unpin,
    pieces: Pieces,
    weather: &watch::Receiver<Weather>,
    random: Random,
) {
    let (sender, pieces_on_the_way) = mpsc::unbounded_channel();
    tokio::join!(
        take_in(from, sender, pieces, weather.clone(), random),
        give_out(to, pieces_on_the_way, weather.clone()),
    );
}

type OnTheWay = (Instant, Vec<u8>);

async fn take_in(
    mut from: impl AsyncRead + Unpin,
    to: mpsc::UnboundedSender<OnTheWay>,
    mut pieces: Pieces,
    weather: watch::Receiver<Weather>,
    mut random: Random,
) {
    let mut due = Instant::now();
    let mut is_silent = false;
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        let weather = weather.borrow().clone();
        is_silent |= weather.is_silent;
        for (piece, is_frame) in pieces.of(&buffer[..count]) {
            let jitter = u64::try_from(weather.jitter.as_millis()).unwrap_or(u64::MAX);
            let late = Duration::from_millis(random.below(jitter + 1));
            // What comes later arrives later.
            due = due.max(Instant::now() + weather.delay + late);
            let twice = weather.twice_in.is_some_and(|times| random.once_in(times));
            if is_silent {
                continue;
            }
            if is_frame && twice {
                let _cut_meanwhile = to.send((due, piece.clone()));
            }
            let _cut_meanwhile = to.send((due, piece));
        }
    }
    if is_silent {
        // Nobody is told of the end either.
        std::future::pending::<()>().await;
    }
}

async fn give_out(
    mut to: impl AsyncWrite + Unpin,
    mut pieces: mpsc::UnboundedReceiver<OnTheWay>,
    weather: watch::Receiver<Weather>,
) {
    while let Some((due, piece)) = pieces.recv().await {
        tokio::time::sleep_until(due).await;
        // A slow line is slow for a long frame from its first byte to its last.
        for part in piece.chunks(100) {
            let bytes_each_second = weather.borrow().bytes_each_second;
            if let Some(bytes) = bytes_each_second {
                let seconds = part.len() as f32 / bytes as f32;
                tokio::time::sleep(Duration::from_secs_f32(seconds)).await;
            }
            if to.write_all(part).await.is_err() {
                return;
            }
        }
    }
    let _ended_already = to.shutdown().await;
}

/// What is carried as one.
enum Pieces {
    /// Bytes as they come.
    Any,
    /// A handshake as it comes, and then whole frames.
    Handshake(Vec<u8>),
    /// Whole frames, with what has come of the next one.
    Frames(Vec<u8>),
}

impl Pieces {
    fn handshake() -> Self {
        Self::Handshake(vec![])
    }

    /// The pieces that are complete, and whether they are text frames.
    fn of(&mut self, bytes: &[u8]) -> Vec<(Vec<u8>, bool)> {
        match self {
            Self::Any => vec![(bytes.to_vec(), false)],
            Self::Handshake(seen) => {
                seen.extend(bytes);
                let end = seen.windows(4).position(|window| window == b"\r\n\r\n");
                let Some(end) = end else { return vec![] };
                let frames = seen.split_off(end + 4);
                let handshake = std::mem::take(seen);
                *self = Self::Frames(vec![]);
                let mut pieces = vec![(handshake, false)];
                pieces.extend(self.of(&frames));
                pieces
            }
            Self::Frames(seen) => {
                seen.extend(bytes);
                let mut frames = vec![];
                while let Some(length) = frame_length(seen).filter(|&length| length <= seen.len()) {
                    let rest = seen.split_off(length);
                    let frame = std::mem::replace(seen, rest);
                    let is_text = frame[0] == 0x81;
                    frames.push((frame, is_text));
                }
                frames
            }
        }
    }
}

/// How long a client's frame is with its head and mask, once that can be told.
fn frame_length(bytes: &[u8]) -> Option<usize> {
    let (head, length) = match *bytes.get(1)? & 0x7f {
        126 => (
            4,
            u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?).into(),
        ),
        127 => (10, u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)),
        short => (2, short.into()),
    };
    Some(head + 4 + usize::try_from(length).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(length: usize) -> Vec<u8> {
        let mut frame = vec![0x81];
        match length {
            0..126 => frame.push(0x80 | length as u8),
            126..65_536 => {
                frame.push(0x80 | 126);
                frame.extend((length as u16).to_be_bytes());
            }
            _ => {
                frame.push(0x80 | 127);
                frame.extend((length as u64).to_be_bytes());
            }
        }
        frame.extend([7; 4]);
        frame.extend(vec![1; length]);
        frame
    }

    #[test]
    fn frames_are_found_however_they_are_cut_up() {
        let handshake = b"GET / HTTP/1.1\r\na: b\r\n\r\n".to_vec();
        let whole = [
            handshake.clone(),
            frame(0),
            frame(125),
            frame(200),
            frame(70_000),
        ];
        let bytes = whole.concat();
        for size in [1, 3, 4_096, bytes.len()] {
            let mut pieces = Pieces::handshake();
            let found: Vec<_> = bytes
                .chunks(size)
                .flat_map(|part| pieces.of(part))
                .collect();
            let found: Vec<_> = found.into_iter().map(|(piece, _)| piece).collect();
            assert_eq!(found, whole, "in parts of {size}");
        }
    }
}
