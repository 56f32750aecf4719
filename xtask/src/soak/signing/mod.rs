//! Many people sign at once, and the server is killed while they do: whoever has signed has their copy and their
//! row of the log, whoever has not has neither, and all of them can sign afterwards.

mod signer;

use std::sync::Barrier;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use self::signer::{Answer, Signer};
use super::Bed;
use super::site::{Site, ask, log, on_both, read_log};
use crate::people;
use crate::progress::duration;
use crate::run;
use crate::server::Server;

/// As many as may join from one network within an hour, or fewer.
const PEOPLE: usize = 16;
/// As many as one may begin to enrol in a day.
const PARTICIPANTS: usize = 10;
/// So many sign at once.
const SIGNERS: usize = 6;
/// With fewer kills it may be that none of them comes at the moment of a signature.
const ENOUGH: u32 = 10;

pub(super) fn run(bed: &mut Bed<'_>) -> Result<()> {
    // In the first round nobody is killed.
    let most = PEOPLE * PARTICIPANTS / SIGNERS - 1;
    if usize::try_from(bed.times).unwrap_or(usize::MAX) > most {
        bail!("there are not enough people for more than {most} kills");
    }
    on_both(bed, on)
}

/// What came of those who signed when the server was killed.
#[derive(Default)]
struct Tally {
    /// They had the answer.
    answered: usize,
    /// They had signed, and never heard of it.
    unanswered: usize,
    /// They had not signed.
    not_signed: usize,
    /// How often some had signed, and some had not.
    amid: usize,
}

fn on(bed: &mut Bed<'_>, site: &Site) -> Result<()> {
    let server = site.start(bed)?;
    let cookies = people::gather(&server, &site.data, "signer", PEOPLE)?;
    let mut signers = ready(site, &cookies, 0)?;
    let usual = undisturbed(&signers)?;
    audit(bed, site, signers.len())?;
    let begun = Instant::now();
    let mut tally = Tally::default();
    let server = kill_all(
        bed,
        site,
        (&cookies, usual),
        (&mut signers, &mut tally),
        server,
    )
    .with_context(|| format!("the server said last:\n{}", run::tail(&log(bed), 15)))?;
    let time = begun.elapsed();
    // From what is in the folder alone.
    drop(server);
    read_log(bed)?;
    let server = site.start(bed)?;
    for signer in &signers {
        if !signer.has_signed()? {
            bail!("the signature of {} is gone", signer.name);
        }
    }
    drop(server);
    ask(bed, site, &["doctor"])?;
    let Tally {
        answered,
        unanswered,
        not_signed,
        amid,
    } = tally;
    eprintln!(
        "  {}: {} kills in {}, within {usual:.0?} of sending: {answered} had signed and knew it, {unanswered} \
         had signed and did not, {not_signed} had not; {amid} kills came amid the signatures; nothing was half \
         signed, and all {} have signed once",
        site.name,
        bed.times,
        duration(time),
        signers.len(),
    );
    if bed.times >= ENOUGH && amid == 0 {
        bail!("no kill came at the moment of a signature");
    }
    Ok(())
}

/// Kills the server again and again while people sign, and looks each time at what they have.
fn kill_all(
    bed: &mut Bed<'_>,
    site: &Site,
    (cookies, usual): (&[String], Duration),
    (all, tally): (&mut Vec<Signer>, &mut Tally),
    mut server: Server,
) -> Result<Server> {
    let limit = u64::try_from(usual.as_micros()).unwrap_or(u64::MAX);
    for round in 1..=usize::try_from(bed.times)? {
        let signers = ready(site, cookies, round)?;
        let moment = Duration::from_micros(bed.random.below(limit + limit / 10));
        let answers = killed(&signers, moment, server)
            .with_context(|| format!("killed {moment:.0?} after {SIGNERS} have sent"))?;
        read_log(bed)?;
        server = site
            .start(bed)
            .with_context(|| format!("the server did not come back after kill {round}"))?;
        let before = all.len();
        let mut count = before;
        for (signer, answer) in signers.iter().zip(answers) {
            let has_signed = signer.has_signed()?;
            match (answer, has_signed) {
                (Answer::Signed, true) => tally.answered += 1,
                (Answer::Signed, false) => bail!("the signature of {} is lost", signer.name),
                (Answer::Nothing, true) => tally.unanswered += 1,
                (Answer::Nothing, false) => tally.not_signed += 1,
            }
            count += usize::from(has_signed);
        }
        audit(bed, site, count)?;
        tally.amid += usize::from(count > before && count < before + signers.len());
        // Whoever does not know sends it again; and whoever does may do so, too.
        for signer in &signers {
            signer.sign_to_the_end()?;
            if !signer.has_signed()? {
                bail!("{} cannot sign any more", signer.name);
            }
        }
        all.extend(signers);
        audit(bed, site, all.len())?;
        if round % 5 == 0 {
            eprintln!("  {}: {round} kills", site.name);
        }
    }
    Ok(server)
}

/// How long it takes until all have signed, where nobody disturbs them.
fn undisturbed(signers: &[Signer]) -> Result<Duration> {
    let begun = Instant::now();
    thread::scope(|scope| {
        let running: Vec<_> = signers
            .iter()
            .map(|signer| scope.spawn(|| signer.sign_to_the_end()))
            .collect();
        running
            .into_iter()
            .try_for_each(|signer| signer.join().map_err(panicked)?)
    })?;
    let usual = begun.elapsed();
    for signer in signers {
        if !signer.has_signed()? {
            bail!("{} has not signed", signer.name);
        }
    }
    Ok(usual)
}

/// All send at once, and the server is killed a moment later. What each of them has heard.
fn killed(signers: &[Signer], moment: Duration, server: Server) -> Result<Vec<Answer>> {
    let gate = Barrier::new(signers.len() + 1);
    thread::scope(|scope| {
        let running: Vec<_> = signers
            .iter()
            .map(|signer| {
                scope.spawn(|| {
                    gate.wait();
                    signer.sign()
                })
            })
            .collect();
        gate.wait();
        sleep(moment);
        let dead = server.kill();
        let answers = running
            .into_iter()
            .map(|signer| signer.join().map_err(panicked)?)
            .collect();
        dead.and(answers)
    })
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> anyhow::Error {
    anyhow!("somebody who signs panicked")
}

/// That the log of the registry holds, and has nothing but so many signatures.
fn audit(bed: &Bed<'_>, site: &Site, signatures: usize) -> Result<()> {
    let said = ask(bed, site, &["audit", "verify"])?;
    let expected = format!("{signatures} entries of the registry's log hold.");
    if !said.lines().any(|line| line.trim() == expected) {
        bail!("there should be {signatures} signatures in the registry's log:\n{said}");
    }
    Ok(())
}

/// So many as sign at once, who have answered all questions before it. Everybody gets their turn.
fn ready(site: &Site, cookies: &[String], round: usize) -> Result<Vec<Signer>> {
    (round * SIGNERS..(round + 1) * SIGNERS)
        .map(|number| Signer::ready(site.address, &cookies[number % PEOPLE], number))
        .collect()
}
