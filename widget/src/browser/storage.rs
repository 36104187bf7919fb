//! What the browser keeps for us, where it does.

use std::cell::Cell;

use web_sys::StorageEvent;

use super::{on, window};

/// A part of the browser's local storage, under one prefix. Where storage is blocked or full, writing does nothing,
/// [`lasts`](Self::lasts) is false, and the page says so: it keeps everything in memory anyway.
#[derive(Debug)]
pub struct Storage {
    local: Option<web_sys::Storage>,
    prefix: String,
    lasts: Cell<bool>,
}

impl Storage {
    /// The part of the storage under `prefix`.
    #[must_use]
    pub fn open(prefix: &str) -> Self {
        // Blocked storage throws when it is touched, or is missing, or takes nothing.
        let local = window().local_storage().ok().flatten();
        let storage = Self {
            lasts: Cell::new(local.is_some()),
            local,
            prefix: prefix.into(),
        };
        storage.set("probe", "1");
        storage.remove("probe");
        storage
    }

    /// Whether what is written is there after a reload, as far as the browser says.
    #[must_use]
    pub fn lasts(&self) -> bool {
        self.lasts.get()
    }

    /// What was written under `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<String> {
        let local = self.local.as_ref()?;
        local.get_item(&self.full_key(key)).ok().flatten()
    }

    /// Writes `value` under `key`.
    pub fn set(&self, key: &str, value: &str) {
        if let Some(local) = &self.local {
            let written = local.set_item(&self.full_key(key), value);
            self.lasts.set(written.is_ok());
        }
    }

    /// Removes what was written under `key`.
    pub fn remove(&self, key: &str) {
        if let Some(local) = &self.local {
            // Storage that cannot remove could not write either.
            let _ = local.remove_item(&self.full_key(key));
        }
    }

    /// Everything that was written under keys that begin with `start`.
    #[must_use]
    pub fn all(&self, start: &str) -> Vec<String> {
        let Some(local) = &self.local else {
            return Vec::new();
        };
        let start = self.full_key(start);
        let count = local.length().unwrap_or(0);
        (0..count)
            .filter_map(|index| local.key(index).ok().flatten())
            .filter(|key| key.starts_with(&start))
            .filter_map(|key| local.get_item(&key).ok().flatten())
            .collect()
    }

    /// Calls `handle` with what another tab of this browser writes under `key`, for as long as the page lives.
    pub fn on_change(&self, key: &str, handle: impl Fn(String) + 'static) {
        let key = self.full_key(key);
        on(&window(), "storage", move |event: StorageEvent| {
            if event.key().as_deref() == Some(&key)
                && let Some(value) = event.new_value()
            {
                handle(value);
            }
        });
    }

    fn full_key(&self, key: &str) -> String {
        [&self.prefix, key].concat()
    }
}
