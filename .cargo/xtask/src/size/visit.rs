//! What the server makes for a visitor that no file has: the first page, and the words in one language. Asked of the server
//! itself, as a browser asks it.

use std::{
    env, fs,
    io::{BufRead, BufReader, Lines, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio, id},
};

use anyhow::{Context, Result, bail};

use super::Size;

/// The demo's page: its texts are as long as most shops'.
const PAGE: &str = "/chat/demo";

/// A server that ends with this.
struct Running {
    child: Child,
    address: String,
    /// It goes on printing, and fails if nobody listens.
    _printed: Lines<BufReader<ChildStdout>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has nothing to bring to an end but a database that is thrown away.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The page and the words, by how many bytes they are on the way.
pub fn sizes(server: &Path) -> Result<Vec<Size>> {
    let folder = env::temp_dir().join(format!("human-please-size-{}", id()));
    fs::create_dir_all(&folder)?;
    let sizes = measured(server, &folder);
    fs::remove_dir_all(&folder)
        .with_context(|| format!("{} cannot be removed", folder.display()))?;
    sizes
}

fn measured(server: &Path, folder: &Path) -> Result<Vec<Size>> {
    let running = start(server, folder)?;
    let page = get(&running.address, PAGE, "identity")?;
    let page = String::from_utf8(page).context("the page is no text")?;
    let words = between(&page, "data-words=\"", "\"")
        .context("the page names no words: were the pages built?")?;
    [("the first page", PAGE), ("its words, in English", words)]
        .into_iter()
        .map(|(name, path)| {
            let size = |encoding| {
                Ok::<_, anyhow::Error>(get(&running.address, path, encoding)?.len() as u64)
            };
            Ok(Size {
                name: name.to_owned(),
                raw_bytes: size("identity")?,
                brotli_bytes: size("br")?,
            })
        })
        .collect()
}

fn start(server: &Path, folder: &Path) -> Result<Running> {
    let database = format!("sqlite:{}", folder.join("desk.db").display());
    let mut child = Command::new(server)
        .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--database"])
        .arg(database)
        .env("RUST_LOG", "error")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} does not start", server.display()))?;
    let printed = child.stdout.take().context("its output is ours")?;
    let mut printed = BufReader::new(printed).lines();
    for line in printed.by_ref() {
        if let Some(address) = between(&line?, "http://", "/demo") {
            return Ok(Running {
                child,
                address: address.to_owned(),
                _printed: printed,
            });
        }
    }
    bail!("the server ended before it said where it is")
}

/// The body of an answer, as it came.
fn get(address: &str, path: &str, encoding: &str) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address).context("the server does not listen")?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {encoding}\r\nAccept-Language: en\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.with_context(|| format!("{path} is not answered in HTTP"))?;
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let is_encoded = head.contains(&format!("\r\ncontent-encoding: {encoding}"));
    if !head.starts_with("http/1.1 200 ") || is_encoded != (encoding != "identity") {
        bail!("{path} is answered by:\n{head}");
    }
    Ok(answer.split_off(end + 4))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_two_marks_is_found() {
        let line = "demo shop    http://127.0.0.1:4321/demo";
        assert_eq!(between(line, "http://", "/demo"), Some("127.0.0.1:4321"));
        assert_eq!(between(line, "https://", "/demo"), None);
    }
}
