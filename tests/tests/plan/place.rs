//! Where the databases of a plan are: a furnished one for each, copied from one that is made once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use human_please::secret;
use human_please::store::{NewAgent, NewSite, SiteId, SqliteStore, Store};
use human_please_tests::server::{LEAD, SHOP};
use protocol::{
    AgentId, ConversationId, Event, Receipt, Role, Seq, SupervisorWish, Timestamp, Token,
};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Row};
use tempfile::TempDir;
use tokio::runtime::Handle;

use crate::history::{Holder, Request, Standing, Stored};

/// The agents of the shop: name, id, session.
pub const AGENTS: [(&str, AgentId, &str); 2] = [
    (
        "Ana",
        AgentId(0xa),
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ),
    (
        "Ben",
        AgentId(0xb),
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    ),
];

static FURNISHED: OnceLock<Vec<u8>> = OnceLock::new();

/// A folder with the databases of one plan, one after another: a server that is killed leaves its own as it was.
pub struct Place {
    folder: TempDir,
    generation: usize,
}

impl Place {
    /// A folder with a furnished database.
    pub fn new(elsewhere: &Handle) -> Self {
        let bytes = FURNISHED.get_or_init(|| elsewhere.block_on(furnished()));
        let place = Self {
            folder: folder(),
            generation: 0,
        };
        fs::write(place.database(), bytes).unwrap();
        place
    }

    /// The database that is served.
    pub fn database(&self) -> PathBuf {
        self.of(self.generation)
    }

    /// The merchant's copy.
    pub fn copy(&self) -> PathBuf {
        self.folder.path().join("copy.db")
    }

    /// Goes on with what is on the disk now, whatever those who still have the files open do to them.
    pub fn go_on(&mut self) {
        let before = self.database();
        self.generation += 1;
        for ending in ["", "-wal"] {
            let from = with_ending(&before, ending);
            if from.exists() {
                fs::copy(&from, with_ending(&self.database(), ending)).unwrap();
            }
        }
    }

    /// Goes on where there is no database yet.
    pub fn begin_anew(&mut self) -> PathBuf {
        self.generation += 1;
        self.database()
    }

    fn of(&self, generation: usize) -> PathBuf {
        self.folder.path().join(format!("{generation}.db"))
    }
}

/// In memory where the machine has such a folder: plans lose files by leaving them, and not by cutting the power.
fn folder() -> TempDir {
    let shared = Path::new("/dev/shm");
    let folder = if shared.is_dir() {
        TempDir::with_prefix_in("human-please-plan-", shared)
    } else {
        TempDir::with_prefix("human-please-plan-")
    };
    folder.expect("the machine has room for a folder")
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

async fn furnished() -> Vec<u8> {
    let folder = folder();
    let file = folder.path().join("furnished.db");
    let store = SqliteStore::open(&file).await.unwrap();
    let site = store
        .put_site(&NewSite {
            key: SHOP.into(),
            name: "The shop".into(),
            origins: vec![],
            bot: true,
            contact: "hello@shop.example".into(),
            hours: None,
        })
        .await
        .unwrap();
    for (name, id, session) in AGENTS {
        let agent = NewAgent {
            id,
            site,
            email: format!("{name}@shop.example"),
            name: name.into(),
            password: "none opens it".into(),
            role: if name == LEAD {
                Role::Lead
            } else {
                Role::Agent
            },
            most: u32::MAX,
        };
        store.put_agent(&agent).await.unwrap();
        let hash = secret::hash_token(&Token(session.into()));
        let never = Timestamp(i64::MAX);
        store.put_session(&hash, id, never).await.unwrap();
    }
    store.close().await;
    fs::read(file).unwrap()
}

/// Everything that is in a store, read beside the server that is on it.
pub async fn stored(store: &dyn Store, database: &Path) -> Stored {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .read_only(true);
    let mut reader = options.connect().await.unwrap();
    let order = sqlx::query(
        "SELECT conversation.id, event.seq FROM event
         JOIN conversation ON conversation.number = event.conversation ORDER BY event.rowid",
    )
    .fetch_all(&mut reader)
    .await
    .unwrap();
    let requests = sqlx::query(
        "SELECT human_request.receipt, conversation.id, human_request.requested_at FROM human_request
         JOIN conversation ON conversation.number = human_request.conversation",
    )
    .fetch_all(&mut reader)
    .await
    .unwrap();
    reader.close().await.unwrap();

    let id = |bytes: Vec<u8>| u128::from_be_bytes(bytes.try_into().unwrap());
    let mut stored = Stored::default();
    let mut logs: HashMap<ConversationId, Vec<Event>> = HashMap::new();
    for row in order {
        let conversation = ConversationId(id(row.get(0)));
        let seq = Seq(u64::try_from(row.get::<i64, _>(1)).unwrap());
        if let Entry::Vacant(place) = logs.entry(conversation) {
            place.insert(whole_log(store, conversation).await);
            let standing = store.conversation(SiteId(1), conversation).await.unwrap();
            let standing = standing.expect("it has events").standing;
            stored
                .standings
                .insert(conversation, standing_of(&standing));
        }
        let event = logs[&conversation].iter().find(|event| event.seq == seq);
        let event = event.expect("the history has every row").clone();
        stored.events.push((conversation, event));
    }
    for row in requests {
        let receipt = Receipt(u64::try_from(row.get::<i64, _>(0)).unwrap());
        let conversation = ConversationId(id(row.get(1)));
        stored
            .requests
            .push((receipt, conversation, Timestamp(row.get(2))));
    }
    stored
}

async fn whole_log(store: &dyn Store, conversation: ConversationId) -> Vec<Event> {
    let mut log: Vec<Event> = vec![];
    loop {
        let before = log.first().map_or(Seq(i64::MAX as u64), |event| event.seq);
        let page = human_please::store::Page::Before(before);
        let page = store.history(conversation, page).await.unwrap();
        log.splice(0..0, page.events);
        if !page.earlier {
            return log;
        }
    }
}

fn standing_of(standing: &desk::Conversation) -> Standing {
    let name = |id| {
        let agent = AGENTS.iter().find(|(_, other, _)| *other == id);
        agent.map_or("somebody else", |(name, ..)| name).to_owned()
    };
    Standing {
        holder: match standing.holder {
            desk::Holder::Bot => Holder::Bot,
            desk::Holder::Queue => Holder::Queue,
            desk::Holder::Agent(id) => Holder::Agent(name(id)),
            desk::Holder::Nobody => Holder::Nobody,
        },
        request: standing.request.map(|request| Request {
            receipt: request.receipt,
            since: request.requested_at,
            priority: request.priority,
        }),
        supervisor: standing.supervisor.map(|wish| SupervisorWish {
            since: wish.asked_at,
            due: wish.due,
        }),
    }
}
