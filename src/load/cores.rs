//! Work that is shared out among the cores.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

/// Things that one core takes at once.
const SHARE: usize = 512;

/// Fewer things than these are worked on where they are: threads would take longer to
/// begin.
const FEW: usize = 8 * SHARE;

/// Works on things share by share, on all cores, and takes what comes of the shares in
/// their order. `work` is given the place of its first thing, too.
pub(super) fn in_order<T: Sync, R: Send>(
    things: &[T],
    work: impl Fn(usize, &[T]) -> R + Sync,
    mut take: impl FnMut(R),
) {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    if cores == 1 || things.len() < FEW {
        return take(work(0, things));
    }
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(2 * cores);
        for _ in 0..cores {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let share = next.fetch_add(1, Ordering::Relaxed);
                    let Some(part) = things.chunks(SHARE).nth(share) else { break };
                    // Who takes them goes only when this thread's panic is its own.
                    if sender.send((share, work(share * SHARE, part))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut wanted = 0;
        for (share, done) in receiver {
            early.insert(share, done);
            while let Some(done) = early.remove(&wanted) {
                take(done);
                wanted += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_out_comes_back_in_order() {
        for many in [0, 1, SHARE, FEW - 1, FEW, FEW + 1, 20 * SHARE + 7] {
            let things: Vec<usize> = (0..many).collect();
            let mut taken = Vec::new();
            in_order(
                &things,
                |first, part| {
                    part.iter()
                        .enumerate()
                        .map(|(at, thing)| (first + at, *thing))
                        .collect::<Vec<_>>()
                },
                |mut part| taken.append(&mut part),
            );
            assert!(
                taken.len() == many && taken.iter().enumerate().all(|(at, one)| *one == (at, at))
            );
        }
    }
}
