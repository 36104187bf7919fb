//! The program `human-please`: serves the chat, and keeps its sites, agents and articles.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use human_please::settings::{Settings, Task};
use human_please::{admin, app, telemetry};

fn main() -> ExitCode {
    let settings = Settings::parse();
    telemetry::log_to_stderr();
    telemetry::keep_panics_private();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
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

fn fail(reason: &str) -> ExitCode {
    eprintln!("human-please: {reason}");
    ExitCode::FAILURE
}
