//! People enrol and sign while the key of the site is replaced again and again, and both what replaces it and
//! the server die: everybody who was enrolled can be opened, each signature and permission counts once, and no
//! former key opens anything.

mod checks;
mod person;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use self::person::Person;
use super::Bed;
use super::site::{Site, ask, log, on_both, read_log};
use crate::people;
use crate::progress::duration;
use crate::run;
use crate::server::{Server, run_to_end};

/// Fewer than may join from one network within an hour.
const PEOPLE: usize = 8;
/// As many as one may begin to enrol in a day.
const PARTICIPANTS: usize = 10;
/// The server is killed this many milliseconds after a rotation has begun, at most.
const LATEST: u64 = 40;

pub(super) fn run(bed: &mut Bed<'_>) -> Result<()> {
    on_both(bed, on)
}

/// What everybody who takes part sees.
struct Common {
    address: SocketAddr,
    /// Participants who are enrolled.
    enrolled: AtomicUsize,
    /// Somebody has failed, so that there is nothing to wait for.
    over: AtomicBool,
}

fn on(bed: &mut Bed<'_>, site: &Site) -> Result<()> {
    let server = site.start(bed)?;
    let common = Common {
        address: site.address,
        enrolled: AtomicUsize::new(0),
        over: AtomicBool::new(false),
    };
    let cookies = people::gather(&server, &site.data, "parent", PEOPLE)?;
    let person = |cookie| Person::new(&common, cookie);
    let mut people: Vec<Person<'_>> = cookies.into_iter().map(person).collect();
    let undisturbed = run_to_end(rotation(bed, site))?.time;
    let begun = Instant::now();
    let (server, finished) = thread::scope(|scope| {
        let running: Vec<_> = people
            .iter_mut()
            .map(|person| {
                scope.spawn(|| {
                    let outcome = person.enrol_all();
                    if outcome.is_err() {
                        common.over.store(true, Ordering::Release);
                    }
                    outcome
                })
            })
            .collect();
        let killed = kill(bed, site, (&common, undisturbed), server);
        if killed.is_err() {
            common.over.store(true, Ordering::Release);
        }
        for person in running {
            match person.join() {
                Ok(outcome) => outcome?,
                Err(_) => bail!("somebody who enrols panicked"),
            }
        }
        killed
    })
    .with_context(|| format!("the server said last:\n{}", run::tail(&log(bed), 15)))?;
    let time = begun.elapsed();
    ask(bed, site, &["keys", "rotate"]).context("the last rotation")?;
    checks::everybody_opens(site, &people)?;
    read_log(bed)?;
    checks::log_of_the_registry(bed, site)?;
    // From what is in the folder alone.
    drop(server);
    let server = site.start(bed)?;
    checks::everybody_opens(site, &people)?;
    drop(server);
    let former = checks::nothing_is_under_former_keys(bed, site)?;
    ask(bed, site, &["doctor"])?;
    eprintln!(
        "  {}: {} participants enrolled in {}, {} rotations killed and {finished} not; {former} former keys open \
         nothing",
        site.name,
        PEOPLE * PARTICIPANTS,
        duration(time),
        bed.times,
    );
    Ok(())
}

/// `rareshare keys rotate` on this site.
fn rotation(bed: &Bed<'_>, site: &Site) -> Command {
    let mut command = bed.server();
    command.args(["keys", "rotate"]).args(&site.place);
    command
}

/// Where the keys of a site are.
fn keys(site: &Site) -> PathBuf {
    site.data.with_file_name(format!("{}-keys", site.name))
}

/// Kills rotations while people enrol, and the server in some of them; brings it back every time. Tells how
/// many rotations came to their end before.
fn kill(
    bed: &mut Bed<'_>,
    site: &Site,
    (common, undisturbed): (&Common, Duration),
    mut server: Server,
) -> Result<(Server, usize)> {
    let all = PEOPLE * PARTICIPANTS;
    let times = usize::try_from(bed.times).context("--times is too large")?;
    let limit = u64::try_from(undisturbed.as_micros()).unwrap_or(u64::MAX);
    let (mut killed, mut finished) = (0, 0);
    while killed < times {
        // Spread over all participants, however fast the machine is.
        let due = all * killed / times;
        while common.enrolled.load(Ordering::Acquire) < due {
            if common.over.load(Ordering::Acquire) {
                return Ok((server, finished));
            }
            sleep(Duration::from_millis(1));
        }
        if finished > 10 * times {
            bail!("rotations end before they can be killed");
        }
        let mut command = rotation(bed, site);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start `{}`", run::shown(&command)))?;
        let moment = Duration::from_micros(bed.random.below(limit + limit / 10));
        if bed.random.below(3) == 0 {
            sleep(Duration::from_millis(bed.random.below(LATEST)));
            server.kill()?;
            read_log(bed)?;
            sleep(moment);
            let _ = child.kill();
            server = site.start(bed).with_context(|| {
                format!("the server did not come back after {killed} rotations were killed")
            })?;
        } else {
            sleep(moment);
            let _ = child.kill();
        }
        let output = child.wait_with_output().context("lost a rotation")?;
        match output.status.code() {
            Some(0) => finished += 1,
            Some(_) => bail!(
                "`{}` failed:\n{}",
                run::shown(&command),
                String::from_utf8_lossy(&output.stderr).trim_end()
            ),
            None => killed += 1,
        }
    }
    Ok((server, finished))
}
