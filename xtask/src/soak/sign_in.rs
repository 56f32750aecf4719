//! Whoever tries passwords at an account waits longer and longer, from however many networks; its
//! owner goes in and out.

use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::Bed;
use crate::http::{self, Response};
use crate::people::{self, PASSWORD};
use crate::server::Server;

const ATTEMPTS: u32 = 10_000;
const ADDRESS: &str = "owner@example.org";

pub(crate) fn run(bed: &mut Bed<'_>) -> Result<()> {
    // So that every attempt can come from another network.
    let server = bed.start(&["--metrics-address", "off", "--trusted-proxy", "127.0.0.1"])?;
    people::join(&server, ADDRESS, &[])?;
    let mut device = people::confirm(&server, &bed.data(), ADDRESS)?
        .cookie("device")
        .context("the account did not begin")?;
    let begun = Instant::now();
    let (mut evaluated, mut waited, mut owner) = (0_u32, 0_u32, 0_u32);
    for attempt in 0..ATTEMPTS {
        let network = format!(
            "198.{}.{}.{}",
            18 + attempt % 2,
            attempt / 250 % 250,
            attempt % 250
        );
        let answer = sign_in(&server, &network, None, "four gardens without a wall")?;
        match answer.status {
            422 => evaluated += 1,
            429 => waited += 1,
            other => bail!("an attempt was answered {other}"),
        }
        if attempt % 500 == 499 {
            let answer = sign_in(&server, "203.0.113.7", Some(&device), PASSWORD)?;
            device = answer
                .cookie("device")
                .filter(|_| answer.status == 303)
                .with_context(|| format!("the owner was answered {}", answer.status))?;
            owner += 1;
        }
    }
    let time = begun.elapsed();
    // A hundred from everywhere together, then after one second, two, four, …
    let most = 100 + (time.as_secs() + 2).ilog2() + 1;
    if evaluated > most {
        bail!(
            "{evaluated} of {ATTEMPTS} passwords were looked at in {time:.0?}; at most {most} may be"
        );
    }
    let right = sign_in(&server, "203.0.113.8", None, PASSWORD)?;
    eprintln!(
        "  {ATTEMPTS} attempts from as many networks in {time:.0?}: {evaluated} were looked at, {waited} had to \
         wait; the owner signed in {owner} times; the right password from an unknown device: {}",
        right.status
    );
    Ok(())
}

fn sign_in(
    server: &Server,
    network: &str,
    device: Option<&str>,
    password: &str,
) -> Result<Response> {
    let cookie = device.map(|device| format!("device={device}"));
    let mut headers = vec![("X-Forwarded-For", network)];
    if let Some(cookie) = &cookie {
        headers.push(("Cookie", cookie));
    }
    let fields = people::sign_in(ADDRESS, password);
    http::post(server.address, "/sign-in", &headers, &fields)
}
