//! Compression of what is made for a request, and so has no compressed copy beside it.
//!
//! Not of everything: where a secret and words that a stranger can choose are compressed together, the length tells whether
//! the words are like the secret, and whoever can have the same secret sent again and again guesses it letter by letter
//! (BREACH, CVE-2013-3587). So a page with a conversation or a draft on it is never compressed, and neither is what
//! scripts are answered. The first page may be: it holds one secret, the token that a post would begin a conversation
//! with, which is another one in each answer and opens nothing before.

use std::io::Write;

use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::assets::accepts;

/// Takes a fraction of a millisecond for a page, and makes it a tenth larger than the highest there is.
const BROTLI_QUALITY: u32 = 5;

/// 2^16 bytes: more than any page, and less memory than a larger one.
const BROTLI_WINDOW: u32 = 16;

/// How a client may be answered, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Brotli, which browsers take where they came by TLS, or from their own machine.
    Brotli,
    /// Gzip, which all take.
    Gzip,
}

impl Encoding {
    /// The best one that a request allows; none if it allows none.
    pub fn accepted(headers: &HeaderMap) -> Option<Self> {
        let accepted = headers.get(ACCEPT_ENCODING)?.to_str().ok()?;
        let known = [Self::Brotli, Self::Gzip];
        known.into_iter().find(|it| accepts(accepted, it.name()))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    fn compress(self, content: &[u8]) -> Vec<u8> {
        let written = "nothing fails that is written to memory";
        match self {
            Self::Brotli => {
                let buffer = content.len().max(1);
                let mut encoder = brotli::CompressorWriter::new(
                    Vec::new(),
                    buffer,
                    BROTLI_QUALITY,
                    BROTLI_WINDOW,
                );
                encoder.write_all(content).expect(written);
                encoder.into_inner()
            }
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(content).expect(written);
                encoder.finish().expect(written)
            }
        }
    }
}

/// Has an answer say this, which holds no secret that is ever sent twice, compressed if it may be.
pub fn answer_with(response: &mut Response, content: Vec<u8>, encoding: Option<Encoding>) {
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    let content = match encoding {
        Some(encoding) => {
            let name = HeaderValue::from_static(encoding.name());
            headers.insert(CONTENT_ENCODING, name);
            encoding.compress(&content)
        }
        None => content,
    };
    *response.body_mut() = Body::from(content);
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_reads_back() {
        let content = "At any time, for any reason. ".repeat(200).into_bytes();
        let small = Encoding::Brotli.compress(&content);
        let mut read = Vec::new();
        brotli::Decompressor::new(&*small, 4096)
            .read_to_end(&mut read)
            .unwrap();
        assert_eq!(read, content);
        assert!(small.len() * 20 < content.len());
        let small = Encoding::Gzip.compress(&content);
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(&*small)
            .read_to_end(&mut read)
            .unwrap();
        assert_eq!(read, content);
        assert!(small.len() * 20 < content.len());
        assert!(!Encoding::Brotli.compress(b"").is_empty());
    }

    #[test]
    fn the_best_encoding_is_the_one_that_the_client_takes() {
        let accepted = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, value.parse().unwrap());
            Encoding::accepted(&headers)
        };
        assert_eq!(accepted("gzip, deflate, br, zstd"), Some(Encoding::Brotli));
        assert_eq!(accepted("gzip;q=0.5"), Some(Encoding::Gzip));
        assert_eq!(accepted("br;q=0, identity"), None);
        assert_eq!(Encoding::accepted(&HeaderMap::new()), None);
    }
}
