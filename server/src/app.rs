//! Puts the server together, runs it, and brings it to a good end.

use std::collections::HashMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::bot::Bot;
use crate::bot::knowledge::Knowledge;
use crate::bus::LocalBus;
use crate::floods::Floods;
use crate::mail::{self, BadMail, Mail, MailParts};
use crate::origin::PublicUrl;
use crate::push::reach::Reach;
use crate::push::{Push, PushNotice};
use crate::service::{Clock, FollowUp, FollowUps, Parts, SUPERVISOR_WITHIN, Service, system_clock};
use crate::settings::Serve;
use crate::sign_in::SignIn;
use crate::socket::{Patience, SignedIn, Streams};
use crate::store::sqlite::{ServerLock, look_for_damage};
use crate::store::{SiteId, SqliteStore, Store, StoreError};
use crate::{accept, demo, http, telemetry};

/// How long a stopping server waits for its clients. With what comes after, it is gone within 30 s.
const DRAIN: Duration = Duration::from_secs(20);

/// How often sites that were set meanwhile are read again, and metrics are tidied.
const UPKEEP: Duration = Duration::from_secs(5);

/// What every request may need.
pub struct App {
    /// The product.
    pub service: Arc<Service>,
    /// Where this server is reached.
    pub public_url: PublicUrl,
    /// Whether agents may sign in now.
    pub sign_in: SignIn,
    /// What writes letters to visitors who have gone; none where nothing does.
    pub mail: Option<Mail>,
    /// How much visitors and addresses may ask for.
    pub floods: Arc<Floods>,
    /// What tells agents whose page is closed.
    pub push: Push,
    /// What browsers tell of what our pages' policies have stopped.
    pub reports: http::Reports,
    /// How many proxies of our own every visitor comes through.
    pub trusted_proxies: usize,
    /// The connections that end with a session.
    pub signed_in: SignedIn,
    /// The connections that are no WebSockets.
    pub streams: Arc<Streams>,
    /// The tasks of all connections: axum's graceful shutdown does not wait for them.
    pub sockets: TaskTracker,
    /// Set when the server is to stop.
    pub stopping: CancellationToken,
    /// How long it waits for its clients.
    pub patience: Patience,
}

/// Anything that keeps the server from running. Its text says what to do.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Serves until SIGTERM or Ctrl-C.
///
/// # Errors
///
/// [`Failure`] says why it cannot start and what to do.
pub async fn serve_until_signal(settings: &Serve) -> Result<(), Failure> {
    let path = database_path(&settings.database.database)?;
    let _lock = ServerLock::take(&path)?;
    let public_url = PublicUrl::parse(settings.public_url.as_deref())?;
    if settings.public_url.is_none() && !settings.listen.ip().is_loopback() {
        tracing::warn!("without --public-url only browsers on this machine can connect");
    }
    let mail = settings.mail(&public_url)?;
    let listener = TcpListener::bind(settings.listen).await.map_err(|error| {
        format!(
            "cannot listen on {}: {error}; is another server running? Choose another --listen",
            settings.listen
        )
    })?;
    let address = listener.local_addr()?;
    look_for_damage(&path).await?;
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&path).await?);
    if settings.demo {
        demo::seed(&*store, &path, address).await?;
    }
    telemetry::count();
    let mut app = App::start(store, public_url, settings.lease(), mail).await?;
    Arc::get_mut(&mut app)
        .expect("nobody shares it yet")
        .trusted_proxies = settings.trusted_proxies.into();
    tracing::info!(%address, "listening");
    run(app, listener, signal()).await;
    Ok(())
}

/// The file in `sqlite:FILE`.
///
/// # Errors
///
/// [`StoreError::UnknownKind`] for anything else.
pub fn database_path(database: &str) -> Result<PathBuf, StoreError> {
    match database.strip_prefix("sqlite:") {
        Some(path) if !path.is_empty() => Ok(Path::new(path.trim_start_matches("//")).to_owned()),
        // What was typed may hold a password.
        _ => Err(StoreError::UnknownKind(
            database.split(':').next().unwrap_or_default().to_owned() + ":…",
        )),
    }
}

impl App {
    /// Starts the product on a store.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot be read, [`BadMail`] if letters can never be sent so.
    pub async fn start(
        store: Arc<dyn Store>,
        public_url: PublicUrl,
        lease: Duration,
        mail: Option<MailParts>,
    ) -> Result<Arc<Self>, Failure> {
        let (follow_ups, due) = follow_ups(mail.as_ref());
        let bots = assistants(&*store).await?;
        let bus = Arc::new(LocalBus::default());
        let service = Service::start(Parts {
            store,
            bus,
            bots,
            clock: system_clock(),
            lease,
            supervisor_within: SUPERVISOR_WITHIN,
            follow_ups,
        })
        .await?;
        let mut app = Self::of(service, public_url);
        if let Some(mail) = mail {
            Arc::get_mut(&mut app)
                .expect("nobody shares it yet")
                .send_mail(mail, due)?;
        }
        Ok(app)
    }

    /// The app around a product that runs.
    #[must_use]
    pub fn of(service: Arc<Service>, public_url: PublicUrl) -> Arc<Self> {
        let store = Arc::clone(service.store());
        let clock = Arc::clone(&service);
        let clock: Clock = Arc::new(move || clock.now());
        let push = Push::new(store, clock, &public_url, Reach::Internet);
        Arc::new(Self {
            push,
            service,
            public_url,
            sign_in: SignIn::default(),
            mail: None,
            floods: Arc::default(),
            reports: http::Reports::default(),
            trusted_proxies: 0,
            signed_in: SignedIn::default(),
            streams: Arc::default(),
            sockets: TaskTracker::new(),
            stopping: CancellationToken::new(),
            patience: Patience::default(),
        })
    }
}

impl App {
    /// Writes a letter for each follow-up that comes from the desk.
    ///
    /// # Errors
    ///
    /// [`BadMail`] if letters can never be sent so.
    pub fn send_mail(
        &mut self,
        mail: MailParts,
        due: mpsc::Receiver<FollowUp>,
    ) -> Result<(), BadMail> {
        self.mail = Some(Mail::start(Arc::clone(&self.service), mail, due)?);
        Ok(())
    }
}

/// The way from the desk to those who write letters, if anybody does: both its ends.
#[must_use]
pub fn follow_ups(mail: Option<&MailParts>) -> (Option<FollowUps>, mpsc::Receiver<FollowUp>) {
    let (sender, due) = mpsc::channel(mail::WAITING);
    let follow_ups = mail.map(|mail| FollowUps {
        after: mail.patience.gone,
        due: sender,
    });
    (follow_ups, due)
}

/// The assistant of each site that has one: it answers from the site's articles.
async fn assistants(store: &dyn Store) -> Result<HashMap<SiteId, Arc<dyn Bot>>, StoreError> {
    let mut bots: HashMap<SiteId, Arc<dyn Bot>> = HashMap::new();
    for site in store.sites().await? {
        if !site.settings.bot {
            continue;
        }
        let articles = store.articles(site.id).await?;
        let articles = articles
            .into_iter()
            .map(|article| (article.slug, article.markdown));
        match Knowledge::from_articles(articles) {
            Ok(knowledge) => {
                bots.insert(site.id, Arc::new(knowledge));
            }
            // People still answer, and the visitor is told that the assistant cannot.
            Err(error) => {
                tracing::error!(site = site.settings.key, %error, "the assistant cannot answer")
            }
        }
    }
    Ok(bots)
}

/// Serves on `listener` until `stop`, then drains: stops accepting, tells clients to come back, finishes commits.
pub async fn run(
    app: Arc<App>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let router: Router = http::router(Arc::clone(&app));
    let upkeep = tokio::spawn({
        let app = Arc::clone(&app);
        async move {
            tokio::join!(
                keep_up(&app),
                app.signed_in.watch(&app.service),
                app.push.deliver(),
                push_offers(&app)
            )
        }
    });
    let stopping = app.stopping.clone();
    let serving = tokio::spawn(accept::serve(router, listener, stopping.clone()));
    stop.await;
    tracing::info!("stopping");
    stopping.cancel();
    upkeep.abort();
    app.sockets.close();
    let drained = async {
        app.sockets.wait().await;
        let _ended_or_failed = serving.await;
    };
    if tokio::time::timeout(DRAIN, drained).await.is_err() {
        tracing::warn!(left = app.sockets.len(), "some clients did not go in time");
    }
    if let Some(mail) = &app.mail {
        mail.stop().await;
    }
    app.service.stop().await;
    tracing::info!("stopped");
}

/// Tells agents of what is offered to them, wherever they take notices: a page that is closed or asleep tells nobody.
async fn push_offers(app: &App) {
    let mut offers = app.service.offers();
    loop {
        match offers.recv().await {
            Ok(offered) => {
                let site = app.service.site_by_id(offered.site);
                let shop = site.map(|site| site.settings.name.clone());
                let notice = PushNotice {
                    conversation: offered.conversation,
                    receipt: offered.receipt,
                    shop: shop.unwrap_or_default(),
                };
                app.push.notify(offered.agent, &notice);
            }
            Err(RecvError::Lagged(missed)) => {
                tracing::warn!(missed, "offers came faster than they could be pushed");
            }
            Err(RecvError::Closed) => return,
        }
    }
}

async fn keep_up(app: &App) {
    loop {
        tokio::time::sleep(UPKEEP).await;
        telemetry::tidy();
        if let Err(error) = app.service.reload_sites().await {
            tracing::error!(%error, "the sites could not be read again");
        }
    }
}

async fn signal() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                tokio::select! {
                    _ = interrupted => {}
                    _ = terminated.recv() => {}
                }
            }
            Err(error) => {
                tracing::warn!(%error, "SIGTERM ends this process without draining");
                let _interrupted = interrupted.await;
            }
        }
    }
    #[cfg(not(unix))]
    let _interrupted = interrupted.await;
}
