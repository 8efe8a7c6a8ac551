//! What was measured, as text.

use crate::rows::Row;

/// How much slower than most the slowest hundredth may be.
const TAIL: f64 = 4.;

/// A word for whether what was hoped for holds.
#[must_use]
pub fn holds(is_so: bool) -> &'static str {
    if is_so { "holds" } else { "missed" }
}

/// The heading of the rows.
pub fn heading() {
    println!(
        "\n{:<4} {:<36} {:>8} {:>8} {:>6} {:>5} {:<6} | {:>8} {:>8} {:>4} {:<6} | {:>8} {:>7} | {:>8} {:>8} {:>6} | {:>9} {:>9}",
        "",
        "",
        "req/s",
        "limit",
        "ratio",
        "bar",
        "",
        "p50 ms",
        "p99 ms",
        "×",
        "",
        "limit50",
        "limit99",
        "CPU ms",
        "limit",
        "ratio",
        "bytes",
        "questions"
    );
}

/// One row.
pub fn row(row: &Row) {
    let Row { name, what, bar, questions, demarc, limit } = row;
    let ratio = demarc.rate() / limit.rate();
    let (half, most) = (demarc.percentile(0.5), demarc.percentile(0.99));
    println!(
        "{name:<4} {what:<36} {:>8.0} {:>8.0} {ratio:>6.3} {bar:>5} {:<6} | {half:>8.3} {most:>8.3} {:>4.1} {:<6} | {:>8.3} {:>7.3} | {:>8.3} {:>8.4} {:>6.3} | {:>9.0} {questions:>9}",
        demarc.rate(),
        limit.rate(),
        holds(ratio >= *bar),
        most / half,
        holds(most < TAIL * half),
        limit.percentile(0.5),
        limit.percentile(0.99),
        demarc.cpu_ms(),
        limit.cpu_ms(),
        limit.cpu_ms() / demarc.cpu_ms(),
        demarc.size(),
    );
}

/// Bytes, in megabytes.
#[must_use]
pub fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
