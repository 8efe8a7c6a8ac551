//! The `demarc` binary.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    demarc::cli::run()
}
