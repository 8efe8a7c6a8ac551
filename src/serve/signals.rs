//! Signals: when to read the folder again, and when to stop.

use std::sync::mpsc::Sender;

use tokio::signal;

use super::reload::Cause;

/// The signal that has the folder read again. Unless it is caught it ends the
/// process.
pub struct HangUps {
    #[cfg(unix)]
    arriving: signal::unix::Signal,
}

impl HangUps {
    /// Catches it from now on.
    ///
    /// # Errors
    /// When the system does not let us.
    pub fn catch() -> Result<Self, String> {
        Ok(Self {
            #[cfg(unix)]
            arriving: on(signal::unix::SignalKind::hangup())?,
        })
    }

    /// Has each of them, also those that came already, read the folder again; before that
    /// is done `at_once`, which does not wait for the folder.
    pub(super) fn pass_on(self, causes: Sender<Cause>, at_once: impl Fn() + Send + 'static) {
        #[cfg(unix)]
        tokio::spawn(async move {
            let mut arriving = self.arriving;
            while arriving.recv().await.is_some() {
                at_once();
                if causes.send(Cause::Asked).is_err() {
                    return;
                }
            }
        });
        #[cfg(not(unix))]
        drop((causes, at_once));
    }
}

#[cfg(unix)]
fn on(kind: signal::unix::SignalKind) -> Result<signal::unix::Signal, String> {
    signal::unix::signal(kind).map_err(|error| format!("cannot wait for signals: {error}"))
}

/// Waits for Ctrl-C or SIGTERM, caught from now on.
#[cfg(unix)]
pub(super) fn to_stop() -> Result<impl Future<Output = ()>, String> {
    let mut terminate = on(signal::unix::SignalKind::terminate())?;
    let mut interrupt = on(signal::unix::SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Waits for Ctrl-C, caught from now on.
#[cfg(not(unix))]
pub(super) fn to_stop() -> Result<impl Future<Output = ()>, String> {
    Ok(async {
        let _ = signal::ctrl_c().await;
    })
}
