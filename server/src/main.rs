//! The program `human-please`: serves the chat, and keeps its sites, agents and articles.

use std::process::ExitCode;
use std::thread::available_parallelism;
use std::time::Duration;

use clap::Parser;
use human_please::settings::{Settings, Task};
use human_please::{admin, app, telemetry};
use mimalloc::MiMalloc;

/// A message is a few dozen small allocations, freed on other threads: the system's allocator makes the relay a fifth
/// slower (`cargo xtask bench relay`).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let settings = Settings::parse();
    telemetry::log_to_stderr();
    telemetry::keep_panics_private();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers())
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("cannot start: {error}")),
    };
    let outcome = runtime.block_on(async {
        match settings.task {
            Task::Serve(serve) => app::serve_until_signal(&serve).await,
            other => admin::run(other).await,
        }
    });
    // A bot that hangs keeps its thread: the process does not wait for it.
    runtime.shutdown_timeout(Duration::from_secs(1));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

/// Threads for everything but the store, whose writer keeps a core of its own busy.
fn workers() -> usize {
    let cores = available_parallelism().map_or(1, usize::from);
    cores.saturating_sub(1).max(1)
}

fn fail(reason: &str) -> ExitCode {
    eprintln!("human-please: {reason}");
    ExitCode::FAILURE
}
