//! R4, R9: rows of the store, as they may be after years, other versions, and other people's hands.
//!
//! An input is records between line feeds, each of them columns between tabs; a column's first letter is its type: `i` a whole
//! number, `t` a text, `b` bytes in hexadecimal, anything else nothing. The first record is a conversation, the others are its
//! events.

use std::cell::RefCell;
use std::path::Path;

use human_please::store::{NewSite, Page, SecretHash, SiteId, SqliteStore, Store};
use protocol::{CommandId, ConversationId, Seq};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use sqlx::{ConnectOptions, Sqlite};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const CONVERSATION: &str = "INSERT INTO conversation
    (holder, agent, last_human, receipt, requested_at, priority, supervisor_at, supervisor_due, vulnerable, number, id, site, token)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)";

/// A text of any bytes: SQLite keeps what it is given.
const EVENT: &str = "INSERT INTO event
    (seq, at, kind, command, agent, name, text, detail, conversation)
    VALUES (?, ?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), 1)";

/// Whatever is in the rows: it is read, or the store says that it cannot be.
///
/// # Panics
///
/// If not.
pub fn check(input: &[u8]) {
    thread_local! {
        static DESK: RefCell<Option<Desk>> = const { RefCell::new(None) };
    }
    DESK.with_borrow_mut(|desk| desk.get_or_insert_with(Desk::open).read(input));
}

/// One database for all inputs: to make one takes longer than to read a thousand.
struct Desk {
    runtime: Runtime,
    store: SqliteStore,
    hand: SqliteConnection,
    site: SiteId,
    inputs: u128,
    _folder: TempDir,
}

/// What a column holds.
enum Column {
    Nothing,
    Number(i64),
    Bytes(Vec<u8>),
}

impl Desk {
    fn open() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        // In memory, where the machine has such a folder.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            TempDir::new_in(memory).unwrap()
        } else {
            TempDir::new().unwrap()
        };
        let path = folder.path().join("desk.db");
        let (store, hand, site) = runtime.block_on(async {
            let store = SqliteStore::open(&path).await.unwrap();
            let shop = NewSite {
                key: "shop".into(),
                name: "The shop".into(),
                origins: vec![],
                bot: false,
                contact: "hello@shop.example".into(),
                hours: None,
            };
            let site = store.put_site(&shop).await.unwrap();
            let hand = SqliteConnectOptions::new()
                .filename(&path)
                .synchronous(SqliteSynchronous::Off)
                .connect()
                .await
                .unwrap();
            (store, hand, site)
        });
        Self {
            runtime,
            store,
            hand,
            site,
            inputs: 0,
            _folder: folder,
        }
    }

    fn read(&mut self, input: &[u8]) {
        self.inputs += 1;
        // Another one each time: the store remembers.
        let id = ConversationId(self.inputs);
        let token = SecretHash(
            human_please::secret::hash_token(&protocol::Token(self.inputs.to_string())).0,
        );
        let mut records = input.split(|&byte| byte == b'\n');
        let conversation = columns(records.next().unwrap_or_default());
        let (hand, store, site) = (&mut self.hand, &self.store, self.site);
        self.runtime.block_on(async {
            for sql in ["BEGIN", "DELETE FROM event", "DELETE FROM conversation"] {
                sqlx::query(sql).execute(&mut *hand).await.unwrap();
            }
            let mut insert = sqlx::query(CONVERSATION);
            for number in 0..9 {
                insert = bind(insert, conversation.get(number));
            }
            let insert = insert.bind(id.0.to_be_bytes().to_vec());
            let insert = insert.bind(site.0).bind(token.0.to_vec());
            // What the tables do not take cannot be in them.
            let is_there = insert.execute(&mut *hand).await.is_ok();
            let mut commands = vec![];
            for record in records.take(20) {
                let event = columns(record);
                let mut insert = sqlx::query(EVENT);
                for number in 0..8 {
                    insert = bind(insert, event.get(number));
                }
                let _taken_or_not = insert.execute(&mut *hand).await;
                if let Some(Column::Bytes(bytes)) = event.get(3)
                    && let Ok(bytes) = <[u8; 16]>::try_from(&bytes[..])
                {
                    commands.push(CommandId(u128::from_be_bytes(bytes)));
                }
            }
            sqlx::query("COMMIT").execute(&mut *hand).await.unwrap();

            // Read, or refused: either is right, and neither is a panic.
            let found = store.conversation(site, id).await;
            assert!(is_there || matches!(found, Ok(None)));
            let open = store.open_conversations(site).await;
            assert!(open.is_err() || open.is_ok_and(|open| open.len() <= 1));
            let by_token = store.conversation_of(site, &token).await;
            assert_eq!(by_token.ok().flatten().is_some(), is_there);
            for page in [Page::After(Seq(0)), Page::Before(Seq(u64::MAX))] {
                if let Ok(page) = store.history(id, page).await {
                    let is_in_order = page.events.is_sorted_by(|one, next| one.seq < next.seq);
                    assert!(is_in_order, "{page:?}");
                }
            }
            for command in commands {
                let _found_or_not = store.committed(site, id, command).await;
            }
        });
    }
}

fn columns(record: &[u8]) -> Vec<Column> {
    let columns = record.split(|&byte| byte == b'\t');
    columns.map(column).collect()
}

fn column(written: &[u8]) -> Column {
    match written.split_first() {
        Some((b'i', digits)) => {
            let number = std::str::from_utf8(digits).ok();
            let number = number.and_then(|digits| digits.parse().ok());
            number.map_or(Column::Nothing, Column::Number)
        }
        Some((b't', text)) => Column::Bytes(text.to_vec()),
        Some((b'b', digits)) => Column::Bytes(
            digits
                .chunks(2)
                .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
                .collect(),
        ),
        _ => Column::Nothing,
    }
}

fn bind<'q>(
    query: Query<'q, Sqlite, SqliteArguments>,
    column: Option<&Column>,
) -> Query<'q, Sqlite, SqliteArguments> {
    match column {
        None | Some(Column::Nothing) => query.bind(None::<i64>),
        Some(Column::Number(number)) => query.bind(*number),
        Some(Column::Bytes(bytes)) => query.bind(bytes.clone()),
    }
}
