//! Connections that never finish a request, and people who ask for nothing but the dearest page, while
//! others read: with few descriptors. Those who attack come from one address, who reads from another.

use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::Bed;
use crate::dear;
use crate::http;
use crate::run;
use crate::server::{Server, Start};

/// What the server may open.
const DESCRIPTORS: u32 = 256;
const HALF_OPEN: usize = 300;
const CLIENTS: usize = 8;
/// As many as keep the machine busy: what is measured is whose turn it is.
const READERS: usize = 4;
/// How long one load is measured. Calm and attack take turns: a machine that slows down slows both.
const SPELL: Duration = Duration::from_secs(4);
/// The speed that has to be left.
const LEFT: f64 = 0.9;

/// Where the others are.
const READER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// What the others read.
const READ: [&str; 4] = [
    "/communities/multiple-myeloma",
    "/conditions",
    "/about",
    "/communities/cystic-fibrosis",
];

pub(crate) fn run(bed: &mut Bed<'_>) -> Result<()> {
    if let Some(catalogue) = bed.catalogue.clone().filter(|file| file.is_file()) {
        eprintln!("  importing {}", catalogue.display());
        let mut command = bed.server();
        command
            .args(["import", "conditions"])
            .arg(&catalogue)
            .arg("--data-dir")
            .arg(bed.data());
        run::capture(&mut command)?;
    }
    let server = start(bed)?;
    let address = server.address;
    let (dearest, took) = dear::dearest(address, 11)?;
    eprintln!("  the dearest address is {dearest}: {took:.1?} at rest");
    for path in READ {
        http::get(address, path, None)?;
    }
    let mut ratios = Vec::new();
    for round in 1..=bed.times.max(1) {
        let calm = reading(address, SPELL)?;
        let (attacked, asked) = attack(address, &dearest)?;
        eprintln!(
            "  round {round}: {calm:.0} pages a second in calm, {attacked:.0} under attack, \
             in which {asked} answers of the dearest were given"
        );
        if asked == 0 {
            bail!("nobody got an answer to {dearest}");
        }
        ratios.push(attacked / calm);
    }
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[ratios.len() / 2];
    if ratio < LEFT {
        bail!("the other pages keep {:.0} % of their speed", ratio * 100.0);
    }
    eprintln!(
        "  the other pages keep {:.0} % of their speed",
        ratio * 100.0
    );
    Ok(())
}

/// A server that may open few files.
fn start(bed: &Bed<'_>) -> Result<Server> {
    let script = bed.scratch.join("few-descriptors");
    let text = format!(
        "#!/bin/sh\nulimit -n {DESCRIPTORS} && exec '{}' \"$@\"\n",
        bed.binary.display()
    );
    fs::write(&script, text)
        .and_then(|()| fs::set_permissions(&script, fs::Permissions::from_mode(0o755)))
        .with_context(|| format!("could not write {}", script.display()))?;
    Server::start(
        bed.project,
        &Start {
            binary: &script,
            subcommand: "serve",
            data: &bed.data(),
            arguments: &["--metrics-address", "off"],
            address: None,
            core: None,
            page: "/healthz",
            scratch: &bed.scratch,
        },
    )
}

/// Several people read pages one after the other; tells how many a second.
fn reading(server: SocketAddr, time: Duration) -> Result<f64> {
    let begun = Instant::now();
    let read = || -> Result<u32> {
        let mut pages = 0;
        while begun.elapsed() < time {
            for path in READ {
                let response = http::get_from(READER, server, path, "br")?;
                if response.status != 200 {
                    bail!("GET {path} was answered {}", response.status);
                }
                pages += 1;
            }
        }
        Ok(pages)
    };
    let pages = thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS).map(|_| scope.spawn(read)).collect();
        let mut pages = 0;
        for reader in readers {
            match reader.join() {
                Ok(read) => pages += read?,
                Err(_) => bail!("a reader panicked"),
            }
        }
        Ok(pages)
    })?;
    Ok(f64::from(pages) / begun.elapsed().as_secs_f64())
}

/// The same while others do their worst; with how often they were answered.
fn attack(server: SocketAddr, dearest: &str) -> Result<(f64, usize)> {
    let over = AtomicBool::new(false);
    let asked = AtomicUsize::new(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            stand_back();
            hold(server, &over);
        });
        for client in 0..CLIENTS {
            let (over, asked) = (&over, &asked);
            scope.spawn(move || {
                stand_back();
                let mut number = client * 1_000_000;
                while !over.load(Ordering::Relaxed) {
                    number += 1;
                    // Told to wait, it asks again at once.
                    if dear::ask(server, dearest, number).is_ok() {
                        asked.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
        // Until all of them are there.
        thread::sleep(Duration::from_secs(1));
        let speed = reading(server, SPELL);
        over.store(true, Ordering::Relaxed);
        Ok((speed?, asked.load(Ordering::Relaxed)))
    })
}

/// What attackers compute they compute on machines of their own: here it must not take the place of
/// the server and of who reads.
fn stand_back() {
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), 19);
}

/// Keeps so many requests begun and not finished; those that the server ends are begun anew.
fn hold(server: SocketAddr, over: &AtomicBool) {
    let mut held: Vec<Option<TcpStream>> = (0..HALF_OPEN).map(|_| None).collect();
    while !over.load(Ordering::Relaxed) {
        for place in &mut held {
            let goes_on = place
                .as_mut()
                .is_some_and(|stream| stream.write_all(b"X-A: b\r\n").is_ok());
            if !goes_on {
                *place = begin(server).ok();
            }
        }
        thread::sleep(Duration::from_millis(500));
    }
}

fn begin(server: SocketAddr) -> std::io::Result<TcpStream> {
    let mut stream = TcpStream::connect_timeout(&server, Duration::from_secs(1))?;
    stream.set_nonblocking(true)?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n")?;
    Ok(stream)
}
