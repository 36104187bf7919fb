//! A server in this process, on a port and a database of its own.

use std::collections::HashMap;
use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use human_please::app::{self, App};
use human_please::bot::Bot;
use human_please::bus::{Bus, LocalBus};
use human_please::hours::HoursText;
use human_please::mail::{MailParts, MailSettings, Patience as MailPatience, Unshown};
use human_please::origin::PublicUrl;
use human_please::push::Push;
use human_please::push::reach::Reach;
use human_please::secret;
use human_please::service::{Clock, Parts, SUPERVISOR_WITHIN, Service, system_clock};
use human_please::socket::Patience;
use human_please::store::{NewSite, SiteId, SqliteStore, Store};
use protocol::Timestamp;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::agent::Agent;
pub use crate::furnish::{furnish, furnish_file};
pub use crate::place::Place;
use crate::socket::Door;
use crate::store::{Hand, HandStore};
use crate::visitor::Visitor;

/// The site of most stories. Ana, Ben and Cleo answer for it.
pub const SHOP: &str = "shop";

/// Another merchant's site on the same server. Rita answers for it.
pub const RIVAL: &str = "rival";

/// Where servers that send letters are reached, as their links say.
pub const PUBLIC_URL: &str = "http://chat.example";

/// Every agent's password.
pub const PASSWORD: &str = "correct horse battery staple";

/// The agents: email address, name, site.
pub const AGENTS: [(&str, &str, &str); 4] = [
    ("ana@shop.example", "Ana", SHOP),
    ("ben@shop.example", "Ben", SHOP),
    ("cleo@shop.example", "Cleo", SHOP),
    ("rita@rival.example", "Rita", RIVAL),
];

/// The one of them who is a supervisor.
pub const LEAD: &str = "Ben";

/// What a server is started with.
#[derive(Clone)]
pub struct Setup {
    /// The shop's assistant; none for a shop where people answer at once. The rival has none.
    pub bot: Option<Arc<dyn Bot>>,
    /// Whether the shop says that it has an assistant, even if none works.
    pub has_bot: bool,
    /// Pages that may embed the shop's chat.
    pub origins: Vec<String>,
    /// As `--public-url`.
    pub public_url: Option<String>,
    /// How long an agent may be gone.
    pub lease: Duration,
    /// How long a visitor waits for a supervisor.
    pub supervisor_within: Duration,
    /// The clock.
    pub clock: Clock,
    /// How long it waits for its clients.
    pub patience: Patience,
    /// How visitors are written to who have gone; none where they are not.
    pub mail: Option<MailParts>,
    /// As `--trusted-proxies`.
    pub trusted_proxies: usize,
    /// Which machines agents' notices may be sent to.
    pub reach: Reach,
    /// The way to other servers.
    pub bus: Arc<dyn Bus>,
    /// What a story does to the store.
    pub store: Hand,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            bot: None,
            has_bot: false,
            origins: vec!["https://shop.example".into()],
            public_url: None,
            lease: Duration::from_secs(45),
            supervisor_within: SUPERVISOR_WITHIN,
            clock: system_clock(),
            patience: Patience::default(),
            mail: None,
            trusted_proxies: 0,
            reach: Reach::default(),
            bus: Arc::new(LocalBus::default()),
            store: Hand::default(),
        }
    }
}

impl Setup {
    /// With letters to visitors who have gone, by a mail server on this machine.
    ///
    /// # Panics
    ///
    /// If the mail server has no usable address.
    #[must_use]
    pub fn with_mail(mail_server: SocketAddr, patience: MailPatience) -> Self {
        let public_url = PublicUrl::parse(Some(PUBLIC_URL)).expect("it is one");
        let smtp = Unshown(format!("smtp+plain://{mail_server}"));
        let from = "Lumen & Oak <help@shop.example>";
        let settings = MailSettings::parse(Some(&smtp), Some(from), &public_url)
            .expect("the settings are right");
        Self {
            public_url: Some(PUBLIC_URL.into()),
            mail: settings.map(|settings| MailParts {
                settings,
                public_url,
                patience,
            }),
            ..Self::default()
        }
    }

    /// With an assistant that answers first in the shop.
    #[must_use]
    pub fn with_bot(bot: Arc<dyn Bot>) -> Self {
        Self {
            bot: Some(bot),
            has_bot: true,
            ..Self::default()
        }
    }
}

/// A running server. Dropped, it is stopped as by SIGTERM, and fails the story if it leaves a connection's task.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// The product behind it.
    pub service: Arc<Service>,
    /// Its database.
    pub place: Arc<Place>,
    app: Arc<App>,
    runtime: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server on a new database.
    pub async fn start(setup: Setup) -> Self {
        Self::start_at(Place::new(), setup).await
    }

    /// Starts a server on a database, which is made if it is not there.
    ///
    /// # Panics
    ///
    /// If it cannot start.
    pub async fn start_at(place: Arc<Place>, setup: Setup) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (started, starting) = oneshot::channel();
        let database = place.database();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("the machine has room for a runtime");
            runtime.block_on(serve(&database, setup, started, stopped));
            // A bot that hangs keeps its thread, which is not waited for.
            runtime.shutdown_background();
        });
        let (address, app, runtime) = starting.await.expect("the server starts");
        let service = Arc::clone(&app.service);
        Self {
            address,
            service,
            place,
            app,
            runtime,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Waits until it has no more connections than this.
    pub async fn until_connections_are(&self, most: usize) {
        // A tracker of tasks tells of its last one's end only.
        while self.app.sockets.len() > most {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Asks its store something on its own threads. What a story asks by itself as the last thing that it does keeps the store
    /// from closing: only the story's own tasks would give the connection back.
    ///
    /// # Panics
    ///
    /// If the question does.
    pub async fn look<F>(&self, question: impl FnOnce(Arc<dyn Store>) -> F) -> F::Output
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let asking = question(Arc::clone(self.service.store()));
        let asked = self.runtime.spawn(asking).await;
        asked.expect("the question can be asked")
    }

    /// What tells its agents whose page is closed.
    #[must_use]
    pub fn push(&self) -> &Push {
        &self.app.push
    }

    /// Waits until every notice was sent or given up.
    pub async fn until_nothing_is_to_be_sent(&self) {
        // There is no signal for it: nobody but a story asks.
        while self.app.push.left() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Stops it as SIGTERM does, while its clients go on, and gives the database.
    ///
    /// # Panics
    ///
    /// If it leaves a connection's task behind.
    pub async fn stop(mut self) -> Arc<Place> {
        let place = Arc::clone(&self.place);
        tokio::task::spawn_blocking(move || self.end())
            .await
            .expect("the server stops cleanly");
        place
    }

    /// Has the shop state that people are here from Monday to Friday, 9 to 18 in Madrid, while it runs.
    ///
    /// # Panics
    ///
    /// If that cannot be stored.
    pub async fn open_on_weekdays(&self) {
        let site = self.service.site(SHOP).expect("the shop is there");
        let hours = HoursText {
            time_zone: "Europe/Madrid".into(),
            week: "Mon-Fri 09:00-18:00".into(),
            exceptions: vec![],
        };
        let changed = NewSite {
            hours: Some(hours.parse().expect("hours as people write them")),
            ..site.settings.clone()
        };
        let stored = self.look(async move |store| store.put_site(&changed).await);
        stored.await.expect("the shop is stored");
        let read = self.service.reload_sites().await;
        read.expect("the shop is read again");
    }

    /// Begins to stop, and does not wait.
    pub fn begin_to_stop(&mut self) {
        let _stopping_already = self.stop.take().map(|stop| stop.send(()));
    }

    fn end(&mut self) {
        self.begin_to_stop();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
            && !std::thread::panicking()
        {
            panic!("the server did not stop cleanly; its own panic is above");
        }
    }

    /// Where the shop's visitors come in.
    #[must_use]
    pub fn door(&self) -> Door {
        Door::visitor(self.address, SHOP)
    }

    /// A visitor of the shop who comes for the first time.
    pub async fn visitor(&self) -> Visitor {
        Visitor::come(&self.door()).await
    }

    /// The agent of that name, signed in and connected.
    pub async fn agent(&self, name: &str) -> Agent {
        Agent::come(&Door::agent(self.address, &self.session(name).await)).await
    }

    /// The agent of that name, on duty.
    pub async fn agent_on_duty(&self, name: &str) -> Agent {
        let mut agent = self.agent(name).await;
        agent.go_on_duty().await;
        agent
    }

    /// A new session of the agent of that name, made without their password.
    ///
    /// # Panics
    ///
    /// If there is no such agent.
    pub async fn session(&self, name: &str) -> String {
        let (email, ..) = AGENTS
            .into_iter()
            .find(|(_, known, _)| *known == name)
            .expect("one of AGENTS");
        let token = secret::new_token();
        let expires_at = Timestamp(self.service.now().0 + 7 * 24 * 60 * 60 * 1_000);
        let hash = secret::hash_token(&token);
        // Where the server runs: what the story asked itself could keep the store from closing.
        self.look(async move |store| {
            let agent = store.agent_by_email(email).await;
            let agent = agent.expect("the store answers");
            let agent = agent.expect("the agent is employed").id;
            let put = store.put_session(&hash, agent, expires_at).await;
            put.expect("the store takes a session");
        })
        .await;
        token.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

async fn serve(
    database: &Path,
    setup: Setup,
    started: oneshot::Sender<(SocketAddr, Arc<App>, Handle)>,
    stopped: oneshot::Receiver<()>,
) {
    let Setup {
        bot,
        has_bot,
        origins,
        public_url,
        lease,
        supervisor_within,
        clock,
        patience,
        mail,
        trusted_proxies,
        reach,
        bus,
        store: hand,
    } = setup;
    let store: Arc<dyn Store> = Arc::new(
        SqliteStore::open(database)
            .await
            .expect("the database opens"),
    );
    let shop = furnish(&*store, has_bot, origins).await;
    let bots: HashMap<SiteId, Arc<dyn Bot>> = bot.map(|bot| (shop, bot)).into_iter().collect();
    let store = Arc::new(HandStore::new(store, hand));
    let push_clock = Arc::clone(&clock);
    let (follow_ups, due) = app::follow_ups(mail.as_ref());
    let parts = Parts {
        store,
        bus,
        bots,
        clock,
        lease,
        supervisor_within,
        follow_ups,
    };
    let service = Service::start(parts).await.expect("the service starts");
    let public_url = PublicUrl::parse(public_url.as_deref()).expect("the public URL is one");
    let store = Arc::clone(service.store());
    let push = Push::new(store, push_clock, &public_url, reach);
    let mut app = App::of(service, public_url);
    let unshared = Arc::get_mut(&mut app).expect("nobody shares it yet");
    unshared.push = push;
    unshared.patience = patience;
    unshared.trusted_proxies = trusted_proxies;
    if let Some(mail) = mail {
        unshared
            .send_mail(mail, due)
            .expect("letters can be sent so");
    }
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("the machine has a free port");
    let address = listener.local_addr().expect("the listener has an address");
    let _story_over = started.send((address, Arc::clone(&app), Handle::current()));
    app::run(Arc::clone(&app), listener, async {
        let _story_over = stopped.await;
    })
    .await;
    assert_eq!(app.sockets.len(), 0, "connections' tasks are left over");
}
