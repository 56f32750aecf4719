//! A letter is written with what it tells, so that a power cut loses neither.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::Bed;
use crate::people;

/// Longer than the job takes to look into the outbox.
const LATEST: u64 = 1_200;

pub(crate) fn run(bed: &mut Bed<'_>) -> Result<()> {
    let mut told = Vec::new();
    for round in 0..bed.times {
        let server = bed.start(&["--metrics-address", "off"])?;
        let address = format!("person{round}@example.org");
        people::join(&server, &address, &[])?;
        told.push(address);
        let moment = Duration::from_millis(bed.random.below(LATEST));
        sleep(moment);
        server.kill()?;
        eprintln!("  {}/{}: killed after {moment:.0?}", round + 1, bed.times);
    }
    let _server = bed.start(&["--metrics-address", "off"])?;
    let begun = Instant::now();
    loop {
        let letters = people::letters(&bed.data())?;
        if letters.len() >= told.len() || begun.elapsed() > Duration::from_secs(30) {
            break;
        }
        sleep(Duration::from_millis(100));
    }
    // What would be doubled has had the time to be.
    sleep(Duration::from_secs(2));
    let letters = people::letters(&bed.data())?;
    for address in &told {
        let count = letters
            .iter()
            .filter(|text| people::is_to(text, address))
            .count();
        if count != 1 {
            bail!("{count} letters were sent to {address}");
        }
    }
    eprintln!(
        "  after {} kills every letter was sent, and once",
        told.len()
    );
    Ok(())
}
