//! One life of a server: the real routes, sockets, rules and store, on a runtime whose clock only the plan turns.

use std::collections::HashMap;
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use human_please::app::App;
use human_please::bot::Bot;
use human_please::bus::LocalBus;
use human_please::http;
use human_please::origin::PublicUrl;
use human_please::service::{Clock, Parts, SUPERVISOR_WITHIN, Service};
use human_please::store::{SiteId, SqliteStore, Store};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::mpsc;

use crate::bot::MoodyBot;
use crate::gate::{Gate, GatedBot};
use crate::link::{Entrance, Link, ServerEnd};
use crate::store::{Hand, PlanStore};

/// How long an agent may be gone. The product's own default.
pub const LEASE: Duration = Duration::from_secs(45);

/// What outlives a server.
pub struct Ground {
    pub hand: Arc<Hand>,
    pub bot: Arc<MoodyBot>,
    pub has_bot: bool,
    pub clock: Clock,
    /// Where the database's own tasks run.
    pub elsewhere: Handle,
}

/// A server that runs.
pub struct Life {
    runtime: Runtime,
    app: Arc<App>,
    entrance: mpsc::UnboundedSender<ServerEnd>,
    idle: Arc<Idle>,
    bot: Arc<MoodyBot>,
    gate: Arc<Gate>,
}

impl Life {
    /// Starts a server on a database file.
    pub fn start(database: &Path, ground: &Ground) -> Self {
        let idle = Arc::new(Idle::default());
        let runtime = Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            // One after another: which bot is first must not be a matter of threads.
            .max_blocking_threads(1)
            .on_thread_park({
                let idle = Arc::clone(&idle);
                move || idle.has_come()
            })
            .build()
            .unwrap();
        let store = ground
            .elsewhere
            .block_on(SqliteStore::open(database))
            .expect("the database opens");
        let (elsewhere, hand) = (ground.elsewhere.clone(), Arc::clone(&ground.hand));
        let store: Arc<dyn Store> = Arc::new(PlanStore::new(store, elsewhere, hand));
        let gate = Gate::new();
        let bot: Arc<dyn Bot> = Arc::new(GatedBot {
            bot: Arc::clone(&ground.bot) as Arc<dyn Bot>,
            gate: Arc::clone(&gate),
        });
        let (entrance, comers) = mpsc::unbounded_channel();
        let app = runtime.block_on(async {
            let sites = store.sites().await.unwrap();
            let mut bots: HashMap<SiteId, Arc<dyn Bot>> = HashMap::new();
            for site in sites.into_iter().filter(|_| ground.has_bot) {
                bots.insert(site.id, Arc::clone(&bot));
            }
            let service = Service::start(Parts {
                store,
                bus: Arc::new(LocalBus::default()),
                bots,
                clock: Arc::clone(&ground.clock),
                lease: LEASE,
                supervisor_within: SUPERVISOR_WITHIN,
                follow_ups: None,
            })
            .await
            .expect("the service starts");
            let app = App::of(service, PublicUrl::parse(None).unwrap());
            let router = http::router(Arc::clone(&app));
            tokio::spawn(async move { axum::serve(Entrance(comers), router).await });
            tokio::spawn({
                let app = Arc::clone(&app);
                async move { app.signed_in.watch(&app.service).await }
            });
            app
        });
        let life = Self {
            runtime,
            app,
            entrance,
            idle,
            bot: Arc::clone(&ground.bot),
            gate,
        };
        life.settle();
        life
    }

    /// Its store.
    pub fn store(&self) -> &dyn Store {
        &**self.app.service.store()
    }

    /// A new connection.
    pub fn connect(&self) -> Link {
        let (link, end) = Link::new();
        let _accepting = self.entrance.send(end);
        link
    }

    /// Lets the server do all that there is to do now.
    pub fn settle(&self) {
        self.runtime.block_on(async {
            loop {
                self.idle.wait().await;
                let mut nobody_left = true;
                let mut hangs = self.bot.hangs();
                // Behind every bot that was asked.
                let mut quiet = tokio::task::spawn_blocking(|| ());
                loop {
                    tokio::select! {
                        biased;
                        _ = &mut quiet => break,
                        _ = hangs.wait_for(|hangs| *hangs) => break,
                        () = self.gate.next() => {}
                    }
                    // What the one before it has led to is done first.
                    self.idle.wait().await;
                    self.gate.let_one_out();
                    nobody_left = false;
                }
                self.idle.wait().await;
                if nobody_left {
                    return;
                }
            }
        });
    }

    /// Turns the clock, and lets the server do what is due.
    pub fn pass(&self, ms: u64) {
        self.runtime
            .block_on(tokio::time::advance(Duration::from_millis(ms)));
        self.settle();
    }

    /// Begins to stop as on SIGTERM.
    pub fn begin_to_stop(&self) {
        self.app.stopping.cancel();
        self.app.sockets.close();
        self.settle();
    }

    /// Stops once the clients have gone, within the time that is promised (R7). If it cannot, it is given back.
    pub fn stop(self) -> Result<(), Self> {
        self.bot.free(true);
        self.settle();
        let app = Arc::clone(&self.app);
        let stopping = self.runtime.spawn(async move {
            app.sockets.wait().await;
            app.service.stop().await;
        });
        for _ in 0..30 {
            self.settle();
            if stopping.is_finished() {
                self.end();
                return Ok(());
            }
            self.pass(1_000);
        }
        Err(self)
    }

    /// Ends at once, as by a kill: whatever it was about to do, it does not.
    pub fn end(self) {
        self.gate.open_for_good();
        self.runtime.shutdown_background();
        self.bot.end_life();
        self.bot.free(false);
    }
}

/// Tells when a runtime has nothing to do.
#[derive(Default)]
struct Idle {
    has_come: AtomicBool,
    waiting: Mutex<Option<Waker>>,
}

impl Idle {
    /// Called when the runtime's thread is about to sleep. Waking somebody keeps it from sleeping, and so from turning
    /// its clock by itself.
    fn has_come(&self) {
        let waiting = self
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(waker) = waiting {
            self.has_come.store(true, Ordering::SeqCst);
            waker.wake();
        }
    }

    async fn wait(&self) {
        // What a timer has woken during the first look is done before the second.
        for _ in 0..2 {
            Look(self).await;
        }
    }
}

struct Look<'a>(&'a Idle);

impl Future for Look<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0.has_come.swap(false, Ordering::SeqCst) {
            return Poll::Ready(());
        }
        let mut waiting = self
            .0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *waiting = Some(context.waker().clone());
        Poll::Pending
    }
}
