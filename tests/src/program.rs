//! The program itself, as a process of its own that a story can starve, lock out and kill.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::socket::soon;

/// The program's file: what the environment's `HUMAN_PLEASE_BIN` names, or what cargo built beside the tests.
///
/// # Panics
///
/// If it is not there: says how to build it.
#[must_use]
pub fn binary() -> PathBuf {
    let path = match std::env::var_os("HUMAN_PLEASE_BIN") {
        Some(path) => PathBuf::from(path),
        None => {
            let test = std::env::current_exe().expect("a test knows its own file");
            let folder = test
                .parent()
                .and_then(Path::parent)
                .expect("tests are built into target/PROFILE/deps");
            folder.join(format!("human-please{}", std::env::consts::EXE_SUFFIX))
        }
    };
    assert!(
        path.is_file(),
        "{} is not there; build it with `cargo build --package human-please`, or name another with HUMAN_PLEASE_BIN",
        path.display()
    );
    path
}

/// What a process has printed so far.
#[derive(Clone)]
struct Printed {
    lines: Arc<Mutex<Vec<String>>>,
    count: watch::Sender<usize>,
}

/// A running program. Dropped, it is killed.
pub struct Program {
    child: Child,
    stdout: Printed,
    stderr: Printed,
    readers: Vec<JoinHandle<()>>,
}

impl Program {
    /// Starts the program with some arguments.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    #[must_use]
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(binary());
        command.args(arguments);
        Self::spawn(command)
    }

    /// Starts a server on a database.
    #[must_use]
    pub fn serve(database: &Path, more: &[&str]) -> Self {
        let database = format!("sqlite:{}", database.display());
        let mut arguments = vec!["serve", "--listen", "127.0.0.1:0", "--database", &database];
        arguments.extend(more);
        Self::start(&arguments)
    }

    /// Starts any command: the program, wrapped in another.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    #[must_use]
    pub fn spawn(mut command: Command) -> Self {
        command
            .env("NO_COLOR", "1")
            .env_remove("RUST_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command.spawn().expect("the program can be started");
        let (stdout, stderr) = (Printed::default(), Printed::default());
        let readers = vec![
            tokio::spawn(read(
                child.stdout.take().expect("it is piped"),
                stdout.clone(),
            )),
            tokio::spawn(read(
                child.stderr.take().expect("it is piped"),
                stderr.clone(),
            )),
        ];
        Self {
            child,
            stdout,
            stderr,
            readers,
        }
    }

    /// Waits until the server listens, and gives its address.
    ///
    /// # Panics
    ///
    /// If it ends instead.
    pub async fn address(&self) -> SocketAddr {
        match self.listens().await {
            Some(address) => address,
            None => panic!("it ended, and said only: {:#?}", self.stderr()),
        }
    }

    /// Waits until the server listens, and gives its address; none if it ends instead.
    ///
    /// # Panics
    ///
    /// If it does neither.
    pub async fn listens(&self) -> Option<SocketAddr> {
        let line = self.stderr.find("listening").await?;
        let (_, rest) = line
            .split_once("address=")
            .expect("the log names the address");
        let address = rest.split_whitespace().next().unwrap_or_default();
        Some(address.parse().expect("the address is one"))
    }

    /// Waits for a line in its log that contains a text.
    ///
    /// # Panics
    ///
    /// If it ends before.
    pub async fn until_stderr(&self, text: &str) -> String {
        self.stderr.until(text).await
    }

    /// What it has printed, line by line.
    #[must_use]
    pub fn stdout(&self) -> Vec<String> {
        self.stdout.lines()
    }

    /// What it has logged, line by line.
    #[must_use]
    pub fn stderr(&self) -> Vec<String> {
        self.stderr.lines()
    }

    /// Its process id.
    ///
    /// # Panics
    ///
    /// If it has ended.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// Sends it a signal by its name, such as `TERM`.
    ///
    /// # Panics
    ///
    /// If it has ended.
    pub async fn signal(&self, name: &str) {
        let mut kill = Command::new("kill");
        kill.arg(format!("-{name}")).arg(self.pid().to_string());
        assert!(kill.status().await.expect("kill is there").success());
    }

    /// Kills it as `kill -9` does, and waits until it is gone.
    ///
    /// # Panics
    ///
    /// If the system refuses.
    pub async fn kill(mut self) {
        soon("the program's death", self.child.kill())
            .await
            .expect("it can be killed");
    }

    /// Waits until it ends by itself, and has all it printed.
    ///
    /// # Panics
    ///
    /// If it does not.
    pub async fn ended(&mut self) -> ExitStatus {
        let status = soon("the program's end", self.child.wait())
            .await
            .expect("it can be waited for");
        for reader in self.readers.drain(..) {
            reader.await.expect("what it printed can be read");
        }
        status
    }
}

impl Default for Printed {
    fn default() -> Self {
        Self {
            lines: Arc::default(),
            count: watch::channel(0).0,
        }
    }
}

impl Printed {
    fn lines(&self) -> Vec<String> {
        self.lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn until(&self, text: &str) -> String {
        match self.find(text).await {
            Some(line) => line,
            None => panic!("it ended, and said only: {:#?}", self.lines()),
        }
    }

    /// Waits for a line with a text; none if there will be none.
    async fn find(&self, text: &str) -> Option<String> {
        let mut count = self.count.subscribe();
        soon(&format!("a line with {text:?}"), async {
            loop {
                // Noted before the lines are looked at: what comes in between is not missed.
                let has_ended = *count.borrow_and_update() == usize::MAX;
                let lines = self.lines();
                if let Some(line) = lines.iter().find(|line| line.contains(text)) {
                    return Some(line.clone());
                }
                if has_ended {
                    return None;
                }
                count.changed().await.expect("the sender is part of self");
            }
        })
        .await
    }
}

async fn read(from: impl AsyncRead + Unpin, printed: Printed) {
    let mut lines = BufReader::new(from).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        printed
            .lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(line);
        printed.count.send_modify(|count| *count += 1);
    }
    // No more will come.
    printed.count.send_replace(usize::MAX);
}
