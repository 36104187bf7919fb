//! In place of wasm-streams, whose classes every visitor would download: what a crate exports to JavaScript stays in a
//! page whether it is used or not, and Leptos brings wasm-streams along for server functions, which our pages do not call.
//! That was 6.7 kB of brotli of 78.4 (`cargo xtask size`).
//!
//! It has only the names that server_fn's browser client is compiled against, and no value of any of its types exists.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// What a server function would send or receive. There is none.
#[derive(Debug)]
pub enum ReadableStream {}

impl ReadableStream {
    /// Would make a stream for the browser.
    ///
    /// # Panics
    ///
    /// Always: only a call of a server function comes here.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        unreachable!("the pages call no server functions")
    }

    /// Would take a stream from the browser.
    ///
    /// # Panics
    ///
    /// Always: only a call of a server function comes here.
    #[must_use]
    pub fn from_raw(_: web_sys::ReadableStream) -> Self {
        unreachable!("the pages call no server functions")
    }

    /// The browser's stream.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        match self {}
    }

    /// What comes out of it.
    #[must_use]
    pub fn into_stream(self) -> Chunks {
        match self {}
    }
}

/// The chunks of a stream.
#[derive(Debug)]
pub enum Chunks {}

impl Stream for Chunks {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match *self {}
    }
}
