//! The load: pairs of connections that write to each other, and what they see of it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use hdrhistogram::Histogram;
use tokio::net::TcpStream;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

/// A client's end of a connection.
pub type Connection = WebSocketStream<TcpStream>;

/// Bytes of one message's text.
const TEXT_BYTES: usize = 120;

/// How long the last messages may take after a measurement.
const STRAGGLERS: Duration = Duration::from_secs(15);

/// How a side says and hears messages: the only difference between the relays.
pub trait Dialect: Send + Sync + 'static {
    /// The frame that says a text.
    fn say(&self, text: &str) -> String;

    /// What a frame is.
    fn hear<'a>(&self, frame: &'a str) -> Heard<'a>;
}

/// What a frame is.
pub enum Heard<'a> {
    /// One's own message is taken.
    Ack,
    /// The other side's text.
    Text(&'a str),
    /// Something that is not counted.
    Other,
    /// The relay refused: the measurement is void.
    Refused(String),
}

/// One end of a pair.
pub struct End {
    /// The connection.
    pub connection: Connection,
    /// How it speaks.
    pub dialect: Box<dyn Dialect>,
}

/// Two ends that write to each other.
pub type Pair = [End; 2];

/// How fast to write.
#[derive(Debug, Clone, Copy)]
pub enum Pace {
    /// Open loop: at fixed moments, whatever comes back. Latencies count from the moment a message was due.
    Fixed {
        /// Messages a second, of all connections together.
        each_second: u32,
    },
    /// Closed loop: each connection keeps so many messages on their way.
    Window {
        /// How many.
        messages: usize,
    },
}

/// What was seen.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Messages that arrived at the other side.
    pub delivered: u64,
    /// Messages that did not.
    pub lost: u64,
    /// Messages that arrived twice.
    pub doubled: u64,
    /// Messages that arrived before an earlier one.
    pub reordered: u64,
    /// From the first message to the last arrival.
    pub took: Duration,
    /// Microseconds from due to acked.
    pub to_ack: Histogram<u64>,
    /// Microseconds from due to delivered.
    pub to_delivery: Histogram<u64>,
}

impl Default for Outcome {
    fn default() -> Self {
        let micros = || Histogram::new_with_max(120_000_000, 3).expect("the bounds are in order");
        Self {
            delivered: 0,
            lost: 0,
            doubled: 0,
            reordered: 0,
            took: Duration::ZERO,
            to_ack: micros(),
            to_delivery: micros(),
        }
    }
}

impl Outcome {
    /// Messages that arrived in each second.
    pub fn delivered_each_second(&self) -> f64 {
        self.delivered as f64 / self.took.as_secs_f64()
    }
}

/// Connected pairs, ready to write.
pub struct Load {
    orders: watch::Sender<Option<Order>>,
    results: mpsc::UnboundedReceiver<Result<()>>,
    sides: usize,
    turns: Arc<[Arc<Notify>]>,
    tasks: Vec<JoinHandle<()>>,
    runs: u64,
}

#[derive(Clone)]
struct Order {
    run: u64,
    pace: Pace,
    begin: Instant,
    end: Instant,
    /// What each direction of each pair has said in this run.
    said: Arc<Vec<AtomicU64>>,
    /// What all sides saw. A histogram for each of them would be a gigabyte.
    seen: Arc<Mutex<Seen>>,
}

struct Seen {
    outcome: Outcome,
    last_at: Instant,
}

impl Load {
    /// Takes the pairs.
    pub fn start(pairs: Vec<Pair>) -> Self {
        let sides = pairs.len() * 2;
        let (orders, order) = watch::channel(None);
        let (send_result, results) = mpsc::unbounded_channel();
        let turns: Vec<Arc<Notify>> = (0..sides).map(|_| Arc::default()).collect();
        let tasks = pairs
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(number, end)| {
                let turn = Arc::clone(&turns[number]);
                let mut order = order.clone();
                let results = send_result.clone();
                tokio::spawn(async move {
                    let mut writer = Writer::new(number, sides, turn, end);
                    while order.changed().await.is_ok() {
                        let Some(current) = order.borrow_and_update().clone() else {
                            continue;
                        };
                        let result = writer.run(current).await;
                        if results.send(result).is_err() {
                            return;
                        }
                    }
                })
            })
            .collect();
        Self {
            orders,
            results,
            sides,
            turns: turns.into(),
            tasks,
            runs: 0,
        }
    }

    /// Writes for a while, and waits for what is on its way.
    pub async fn run(&mut self, pace: Pace, lasts: Duration) -> Result<Outcome> {
        self.runs += 1;
        let begin = Instant::now() + Duration::from_millis(50);
        let seen = Arc::new(Mutex::new(Seen {
            outcome: Outcome::default(),
            last_at: begin,
        }));
        let said = Arc::new((0..self.sides).map(|_| AtomicU64::new(u64::MAX)).collect());
        self.orders.send_replace(Some(Order {
            run: self.runs,
            pace,
            begin,
            end: begin + lasts,
            said,
            seen: Arc::clone(&seen),
        }));
        if let Pace::Fixed { each_second } = pace {
            let turns = Arc::clone(&self.turns);
            std::thread::spawn(move || give_turns(&turns, each_second, begin, begin + lasts));
        }
        for _ in 0..self.sides {
            let Some(done) = self.results.recv().await else {
                bail!("a connection has ended")
            };
            done?;
        }
        let seen = &mut *lock(&seen);
        let mut outcome = std::mem::take(&mut seen.outcome);
        outcome.took = seen.last_at - begin;
        Ok(outcome)
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

struct Writer {
    number: usize,
    turn: Arc<Notify>,
    sides: usize,
    dialect: Box<dyn Dialect>,
    sink: SplitSink<Connection, Message>,
    stream: SplitStream<Connection>,
}

impl Writer {
    fn new(number: usize, sides: usize, turn: Arc<Notify>, end: End) -> Self {
        let (sink, stream) = end.connection.split();
        Self {
            number,
            turn,
            sides,
            dialect: end.dialect,
            sink,
            stream,
        }
    }

    async fn run(&mut self, order: Order) -> Result<()> {
        // When each message without an ack was due; acks come in order.
        let mut unacked = std::collections::VecDeque::new();
        let mut said = 0_u64;
        let mut heard = 0_u64;
        let mut done_saying = false;
        loop {
            let other_said = order.said[self.number ^ 1].load(Ordering::Acquire);
            if done_saying && unacked.is_empty() && heard >= other_said {
                break;
            }
            let due = if done_saying {
                None
            } else {
                self.due(&order, said, unacked.len())
            };
            let wake = match due {
                // The pacer tells when, more precisely than the runtime's timers, whose ticks are milliseconds.
                Some(_) if matches!(order.pace, Pace::Fixed { .. }) => order.end,
                Some(due) => due,
                // The other side's last number may come without a frame: look now and then.
                None if done_saying => Instant::now() + Duration::from_millis(20),
                None => order.end,
            };
            if Instant::now() > order.end + STRAGGLERS {
                let other_said = order.said[self.number ^ 1].load(Ordering::Acquire);
                let unheard = if other_said == u64::MAX {
                    0
                } else {
                    other_said.saturating_sub(heard)
                };
                lock(&order.seen).outcome.lost += unheard + unacked.len() as u64;
                break;
            }
            tokio::select! {
                biased;
                frame = self.stream.next() => {
                    let Some(frame) = frame else { bail!("the relay closed a connection") };
                    let frame = match frame? {
                        Message::Text(frame) => frame,
                        Message::Close(why) => bail!("the relay closed a connection: {why:?}"),
                        _ => continue,
                    };
                    let now = Instant::now();
                    match self.dialect.hear(&frame) {
                        Heard::Ack => {
                            if let Some(due) = unacked.pop_front() {
                                lock(&order.seen).outcome.to_ack.saturating_record(micros(now, due));
                            }
                        }
                        Heard::Text(text) => {
                            let Some((run, number, due)) = read_text(text, order.begin) else { continue };
                            if run != order.run {
                                continue;
                            }
                            let seen = &mut *lock(&order.seen);
                            match number.cmp(&heard) {
                                std::cmp::Ordering::Equal => heard += 1,
                                std::cmp::Ordering::Less => { seen.outcome.doubled += 1; continue }
                                std::cmp::Ordering::Greater => {
                                    seen.outcome.reordered += 1;
                                    heard = number + 1;
                                }
                            }
                            seen.outcome.delivered += 1;
                            seen.last_at = now;
                            seen.outcome.to_delivery.saturating_record(micros(now, due));
                        }
                        Heard::Other => {}
                        Heard::Refused(why) => bail!("the relay refused: {why}"),
                    }
                }
                () = turn_or(&self.turn, wake) => {
                    let now = Instant::now();
                    if now >= order.end {
                        if !done_saying {
                            done_saying = true;
                            order.said[self.number].store(said, Ordering::Release);
                        }
                        continue;
                    }
                    // All that is due goes out in one write.
                    let mut wrote = false;
                    while let Some(due) = self.due(&order, said, unacked.len()).filter(|due| *due <= now) {
                        // What waited for an ack was not due before it came.
                        let due = if matches!(order.pace, Pace::Window { .. }) { now } else { due };
                        let text = write_text(order.run, said, due, order.begin);
                        self.sink.feed(Message::text(self.dialect.say(&text))).await?;
                        unacked.push_back(due);
                        said += 1;
                        wrote = true;
                    }
                    if wrote {
                        self.sink.flush().await?;
                    }
                }
            }
        }
        Ok(())
    }

    /// When the next message is due; none if one has to come back first.
    fn due(&self, order: &Order, said: u64, unacked: usize) -> Option<Instant> {
        match order.pace {
            Pace::Fixed { each_second } => {
                // The sides take turns, so that the whole load is even.
                let turn = said * self.sides as u64 + self.number as u64;
                Some(order.begin + Duration::from_secs_f64(turn as f64 / f64::from(each_second)))
            }
            Pace::Window { messages } => (unacked < messages).then_some(order.begin),
        }
    }
}

/// Waits for a side's turn to write, or until `wake`.
async fn turn_or(turn: &Notify, wake: Instant) {
    tokio::select! {
        () = turn.notified() => {}
        () = tokio::time::sleep_until(wake.into()) => {}
    }
}

/// Wakes one side after the other, each when its message is due.
fn give_turns(turns: &[Arc<Notify>], each_second: u32, begin: Instant, end: Instant) {
    for turn in 0_u64.. {
        let due = begin + Duration::from_secs_f64(turn as f64 / f64::from(each_second));
        if due >= end {
            return;
        }
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        turns[turn as usize % turns.len()].notify_one();
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

fn micros(now: Instant, due: Instant) -> u64 {
    u64::try_from(now.saturating_duration_since(due).as_micros()).unwrap_or(u64::MAX)
}

/// A text that says its run, its number and when it was due, and is as long as people's usual ones.
fn write_text(run: u64, number: u64, due: Instant, begin: Instant) -> String {
    let due = due.saturating_duration_since(begin).as_micros();
    let mut text = format!("{run} {number} {due} ");
    text.extend(std::iter::repeat_n('m', TEXT_BYTES - text.len()));
    text
}

fn read_text(text: &str, begin: Instant) -> Option<(u64, u64, Instant)> {
    let mut parts = text.split(' ');
    let mut next = || parts.next()?.parse::<u64>().ok();
    let (run, number, due) = (next()?, next()?, next()?);
    Some((run, number, begin + Duration::from_micros(due)))
}
