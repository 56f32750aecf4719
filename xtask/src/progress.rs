//! Long work shows what it does, why, and for how long it has been at it.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Without a terminal a line now and then proves that the work goes on.
const HEARTBEAT: Duration = Duration::from_mins(1);

pub(crate) struct Progress {
    what: String,
    bar: ProgressBar,
    begun: Instant,
    last_line: Mutex<Instant>,
}

impl Progress {
    /// `why` is one sentence for somebody who wonders why they wait.
    pub(crate) fn start(what: &str, why: &str) -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} [{elapsed_precise}] {wide_msg}")
        {
            bar.set_style(style);
        }
        eprintln!("• {what}: {why}");
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        let now = Instant::now();
        Self {
            what: what.to_owned(),
            bar,
            begun: now,
            last_line: Mutex::new(now),
        }
    }

    /// The newest thing that the work said.
    pub(crate) fn note(&self, line: &str) {
        if !self.bar.is_hidden() {
            let line: String = line.chars().filter(|c| !c.is_control()).collect();
            self.bar
                .set_message(format!("{} — {}", self.what, line.trim()));
            return;
        }
        let Ok(mut last) = self.last_line.lock() else {
            return;
        };
        if last.elapsed() >= HEARTBEAT {
            *last = Instant::now();
            eprintln!("  … {} still at it after {}", self.what, self.elapsed());
        }
    }

    pub(crate) fn done(self) {
        self.bar.finish_and_clear();
        eprintln!("  done in {}", self.elapsed());
    }

    fn elapsed(&self) -> String {
        duration(self.begun.elapsed())
    }
}

/// "0.4 s", "12 s", "3 min 20 s".
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_for_people() {
        assert_eq!(duration(Duration::from_millis(420)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(12)), "12 s");
        assert_eq!(duration(Duration::from_secs(200)), "3 min 20 s");
    }
}
