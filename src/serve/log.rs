//! What is written down, on stderr. At the default level no address is: where
//! someone asks about may be where they are.

use clap::ValueEnum;
use tracing::level_filters::LevelFilter;

/// How much is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    Off,
    /// What went wrong.
    Error,
    /// And what was asked and could not be answered, for a reason of the server's own. What
    /// is refused for want of room or time is counted.
    Warn,
    /// And what happens to the server itself: start, reloads, stop.
    Info,
    /// And every request: its id, route, status and time.
    Debug,
    /// And the address that it asks for.
    Trace,
}

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// A line for people.
    Text,
    /// A JSON object a line.
    Json,
}

/// Begins to write.
pub(super) fn start(level: Level, form: Form) {
    let level = match level {
        Level::Off => LevelFilter::OFF,
        Level::Error => LevelFilter::ERROR,
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
        Level::Trace => LevelFilter::TRACE,
    };
    let lines = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_target(false);
    // In a process that has begun already, as a test may have, the first stays.
    let _ = match form {
        Form::Text => lines.try_init(),
        Form::Json => lines.json().flatten_event(true).with_current_span(false).try_init(),
    };
}

/// Has defects written down by where they lie, for as long as there are requests: what one
/// says of itself may hold what was asked for.
pub(super) fn hush_defects() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a defect broke off what was being done");
    }));
}
