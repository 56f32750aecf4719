//! A letter is written with what it tells, so that a power cut loses neither.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::Bed;
use crate::http;

/// Longer than the job takes to look into the outbox.
const LATEST: u64 = 1_200;

pub(crate) fn run(bed: &mut Bed<'_>) -> Result<()> {
    let mut told = Vec::new();
    for round in 0..bed.times {
        let server = bed.start(&["--metrics-address", "off"])?;
        let address = format!("person{round}@example.org");
        let joined = join(&server, &address, round)?;
        if joined.status != 303 {
            bail!("joining was answered {}", joined.status);
        }
        told.push(address);
        let moment = Duration::from_millis(bed.random.below(LATEST));
        sleep(moment);
        server.kill()?;
        eprintln!("  {}/{}: killed after {moment:.0?}", round + 1, bed.times);
    }
    let _server = bed.start(&["--metrics-address", "off"])?;
    let begun = Instant::now();
    loop {
        let letters = bed.letters()?;
        if letters.len() >= told.len() || begun.elapsed() > Duration::from_secs(30) {
            break;
        }
        sleep(Duration::from_millis(100));
    }
    // What would be doubled has had the time to be.
    sleep(Duration::from_secs(2));
    let letters = bed.letters()?;
    for address in &told {
        let head = format!("To: {address}\r\n");
        let count = letters.iter().filter(|text| text.contains(&head)).count();
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

fn join(server: &crate::server::Server, email: &str, round: u32) -> Result<http::Response> {
    let key = format!("key-{round}");
    let fields = [
        ("form", "join"),
        ("key", key.as_str()),
        ("email", email),
        ("name", "A person"),
        ("password", "four gardens without a fence"),
        ("age", "yes"),
        ("terms", "yes"),
    ];
    http::post(server.address, "/join", &[], &fields)
}
