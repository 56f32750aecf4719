//! Many people write the sections of one condition at once, and the server dies again and again:
//! every text that was acknowledged is there, and once.

mod checks;
mod editor;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use self::editor::{Editor, Tally};
use super::Bed;
use super::site::{Site, ask, log, on_both, read_log};
use crate::people;
use crate::progress::duration;
use crate::random::Random;
use crate::run;
use crate::server::Server;

/// How many texts are saved.
const EDITS: usize = 1_000;
/// Fewer than may join from one network within an hour.
const EDITORS: usize = 16;
/// A condition of the starter catalogue, and some of its sections: few, so that people meet.
const CONDITION: &str = "multiple-myeloma";
const SECTIONS: &[&str] = &["cause", "symptoms", "diagnosis", "treatment"];
/// The server is killed this many milliseconds after so many texts were saved, at most.
const LATEST: u64 = 60;

pub(super) fn run(bed: &mut Bed<'_>) -> Result<()> {
    on_both(bed, on)
}

/// What everybody who takes part sees.
struct Common {
    address: SocketAddr,
    /// Number of the next text.
    next: AtomicUsize,
    acknowledged: AtomicUsize,
    /// Somebody has failed, so that there is nothing to wait for.
    over: AtomicBool,
}

fn on(bed: &mut Bed<'_>, site: &Site) -> Result<()> {
    let server = site.start(bed)?;
    let cookies = gather(bed, site, &server)?;
    let before = checks::Before::look(bed, site, &cookies[0])?;
    let common = Common {
        address: site.address,
        next: AtomicUsize::new(0),
        acknowledged: AtomicUsize::new(0),
        over: AtomicBool::new(false),
    };
    let mut editors: Vec<Editor<'_>> = cookies
        .iter()
        .map(|cookie| Editor::new(&common, cookie, Random::new(bed.random.next())))
        .collect();
    let begun = Instant::now();
    let server = thread::scope(|scope| {
        let running: Vec<_> = editors
            .iter_mut()
            .map(|editor| {
                scope.spawn(|| {
                    let outcome = editor.write_all();
                    if outcome.is_err() {
                        common.over.store(true, Ordering::Release);
                    }
                    outcome
                })
            })
            .collect();
        let killed = kill(bed, site, &common, server);
        if killed.is_err() {
            common.over.store(true, Ordering::Release);
        }
        for editor in running {
            match editor.join() {
                Ok(outcome) => outcome?,
                Err(_) => bail!("somebody who wrote panicked"),
            }
        }
        killed
    })
    .with_context(|| format!("the server said last:\n{}", run::tail(&log(bed), 15)))?;
    let time = begun.elapsed();
    for editor in &editors {
        editor.send_all_again()?;
    }
    let tally = Tally::of(editors);
    if tally.edits.len() != EDITS {
        bail!("{} of {EDITS} texts were acknowledged", tally.edits.len());
    }
    let merges = checks::texts_and_history(site, &cookies, &before, &tally)?;
    checks::wait_for_seal(bed, site)?;
    drop(server);
    read_log(bed)?;
    let sealed = checks::chain(bed, site, &before)?;
    checks::doctor(bed, site)?;
    eprintln!(
        "  {}: {EDITS} texts by {EDITORS} people in {} ({} a second), {} kills; {merges} merged, {} collided; \
         sent again: {} after a kill, {} by people who left before the answer, {} of them saved already; {} \
         times \"try again\"; all are there, once, and {sealed} sealed events hold",
        site.name,
        duration(time),
        EDITS as u64 / time.as_secs().max(1),
        bed.times,
        tally.collisions,
        tally.sent_again,
        tally.left,
        tally.saved_already,
        tally.busy,
    );
    Ok(())
}

/// Kills the server while texts are saved, and brings it back every time.
fn kill(bed: &mut Bed<'_>, site: &Site, common: &Common, mut server: Server) -> Result<Server> {
    let times = usize::try_from(bed.times).context("--times is too large")?;
    for time in 1..=times {
        // Spread over all of the texts, however fast the machine is.
        let due = EDITS * time / (times + 1);
        while common.acknowledged.load(Ordering::Acquire) < due {
            if common.over.load(Ordering::Acquire) {
                return Ok(server);
            }
            sleep(Duration::from_millis(1));
        }
        sleep(Duration::from_millis(bed.random.below(LATEST)));
        server.kill()?;
        read_log(bed)?;
        server = site
            .start(bed)
            .with_context(|| format!("the server did not come back after kill {time}"))?;
        if time % 10 == 0 {
            eprintln!(
                "  {}: {time} kills, {} texts saved",
                site.name,
                common.acknowledged.load(Ordering::Acquire)
            );
        }
    }
    Ok(server)
}

/// Lets everybody join, and returns their cookies.
fn gather(bed: &Bed<'_>, site: &Site, server: &Server) -> Result<Vec<String>> {
    let emails: Vec<String> = (0..EDITORS)
        .map(|number| format!("editor{number}@example.org"))
        .collect();
    for email in &emails {
        people::join(server, email, &[])?;
    }
    let mut cookies = Vec::new();
    for email in &emails {
        let session = people::confirm(server, &site.data, email)?
            .cookie("session")
            .context("an account that has begun is not signed in")?;
        let cookie = format!("session={session}");
        people::make_moderator(bed.server(), email, &site.place, (server, &cookie))?;
        cookies.push(cookie);
    }
    Ok(cookies)
}
