//! A relay in a process of its own, and what the operating system says of it.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long a relay may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running relay. Dropped, it is killed.
pub struct Relay {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Relay {
    /// Starts the server on a database. Gives how long it took to be ready.
    pub async fn server(binary: &Path, database: &Path) -> Result<(Self, Duration)> {
        let address = free_address()?;
        let mut command = Command::new(binary);
        command.args(["serve", "--listen", &address.to_string(), "--database"]);
        command.arg(format!("sqlite:{}", database.display()));
        Self::start(command, address).await
    }

    /// Starts the bare relay.
    pub async fn bare() -> Result<(Self, Duration)> {
        let address = free_address()?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("bare").env("BARE_LISTEN", address.to_string());
        Self::start(command, address).await
    }

    async fn start(mut command: Command, address: SocketAddr) -> Result<(Self, Duration)> {
        command.stdout(Stdio::null()).env("RUST_LOG", "warn");
        let began = Instant::now();
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {command:?}"))?;
        let mut relay = Self { child, address };
        while !is_ready(address).await {
            if let Some(status) = relay.child.try_wait()? {
                bail!("the relay ended by itself: {status}");
            }
            if began.elapsed() > PATIENCE {
                bail!("the relay was not ready after {} s", PATIENCE.as_secs());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok((relay, began.elapsed()))
    }

    /// The memory that it has now.
    pub fn resident_bytes(&self) -> Result<u64> {
        let status = self.read("status")?;
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .context("no VmRSS in status")?;
        let kibibytes: u64 = line
            .split_whitespace()
            .nth(1)
            .context("VmRSS has no number")?
            .parse()?;
        Ok(kibibytes * 1024)
    }

    /// The processor time that it has had, in all its threads.
    pub fn processor_seconds(&self) -> Result<f64> {
        // USER_HZ has been 100 on Linux for as long as proc(5) tells.
        const TICKS_EACH_SECOND: f64 = 100.0;
        let stat = self.read("stat")?;
        let after_name = stat.rsplit_once(')').context("stat has no name")?.1;
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        let user: f64 = fields.get(11).context("stat has no utime")?.parse()?;
        let system: f64 = fields.get(12).context("stat has no stime")?.parse()?;
        Ok((user + system) / TICKS_EACH_SECOND)
    }

    fn read(&self, name: &str) -> Result<String> {
        let path = format!("/proc/{}/{name}", self.child.id());
        std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {path}: this bench needs Linux"))
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_ended = self.child.wait();
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

async fn is_ready(address: SocketAddr) -> bool {
    let Ok(mut stream) = TcpStream::connect(address).await else {
        return false;
    };
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    if stream.write_all(request.as_bytes()).await.is_err() {
        return false;
    }
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.is_ok() && answer.starts_with(b"HTTP/1.1 200")
}
