//! Thousands of pages that are open and hear of what happens: what they take of the memory, and how long
//! it is until all of them have heard.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::Bed;
use crate::bench::report::{self, Row, megabytes, time};
use crate::generated::{Generated, Place, slug};
use crate::postgres::{self, Cluster};
use crate::server::Server;
use crate::table;
use crate::talking::{self, Talker};

/// As many as a server takes.
const LISTENERS: usize = 5_000;
/// Those of them who are signed in, each with as many pages open as one may have, and one to spare.
const MEMBERS: usize = 100;
const OF_MEMBER: usize = 5;
/// Streams from one network; half of what there may be.
const OF_NETWORK: usize = 10;
/// As many come at once: people do not open their pages all in one moment.
const AT_ONCE: usize = 100;
/// Bytes that they may take.
const MEMORY: u64 = 150_000_000;
/// Until when all have to have heard.
const WITHIN: Duration = Duration::from_secs(1);
/// Who has not heard by then never will.
const PATIENCE: Duration = Duration::from_mins(1);
/// Between two looks at all of them.
const LOOK: Duration = Duration::from_millis(5);
/// Background work of the start, and of what happened last, is over by then.
const CALM: Duration = Duration::from_secs(3);

pub(super) fn run(bed: &mut Bed<'_>) -> Result<()> {
    let programs = postgres::ensure_programs(bed.project)?;
    raise_descriptors()?;
    let mut rows = on(bed, "SQLite", None).context("on SQLite")?;
    let cluster = Cluster::start(bed.project, &programs)?;
    rows.extend(on(bed, "PostgreSQL", Some(cluster.url())).context("on PostgreSQL")?);
    print!("{}", table::plain(&report::cells(&rows)));
    report::all_met(&rows)
}

/// Every listener is a descriptor, here and in the server.
fn raise_descriptors() -> Result<()> {
    let limit = getrlimit(Resource::Nofile);
    let wanted = LISTENERS as u64 + 200;
    if limit.maximum.is_some_and(|most| most < wanted) {
        bail!(
            "{wanted} files have to be open at once, and {} may be\n  to fix: ulimit -Hn {wanted}",
            limit.maximum.unwrap_or_default()
        );
    }
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    setrlimit(Resource::Nofile, raised).context("could not raise the limit of open files")
}

fn on(bed: &Bed<'_>, name: &'static str, database: Option<&str>) -> Result<Vec<Row>> {
    let place = Place {
        name,
        folder: bed.scratch.join(name),
        database,
    };
    let site = Generated::make(bed.project, &bed.binary, place, bed.posts)?;
    // Everybody comes through one proxy, so that only the number in all counts.
    let connections = (LISTENERS + 200).to_string();
    let arguments = ["--metrics-address", "off", "--connections", &connections];
    let server = site.start(bed.project, &arguments, None)?;
    let writer = Talker::begin_moderator(bed.project, &server, &site, MEMBERS)?;
    writer.enter(&slug(0))?;
    let list = talking::page(
        &server,
        "/communities/generated-condition-00000/discussions",
        None,
    )?;
    let topic = talking::topics(&list).into_iter().next();
    let topic = topic
        .context("there is no topic: generate more (--posts)")?
        .path;
    let members: Vec<Talker<'_>> = (0..MEMBERS)
        .map(|number| Talker::begin(&server, &site, number))
        .collect::<Result<_>>()?;
    sleep(CALM);
    let before = server.memory_kib()?;
    let mut listeners = listen(&server, &topic, &members)?;
    sleep(CALM);
    let mut memory = server.memory_kib()?;
    let mut took = Vec::new();
    for number in 0..bed.times.max(1) {
        let key = format!("live{number}");
        let begun = Instant::now();
        let (to, _) = writer.reply(&topic, &key, "Something that is worth to hear of.")?;
        let post = to.rsplit_once("#post-").map(|(_, post)| post);
        let post = post.with_context(|| format!("a reply led to {to}"))?;
        // A topic tells how many posts it has.
        hear(&mut listeners, &format!("\"total\":{post}}}"), begun)?;
        took.push(begun.elapsed());
        memory = memory.max(server.memory_kib()?);
        // One who has just been told is told again after a pause.
        sleep(WITHIN);
    }
    talking::page(&server, &topic, None).context("and others read meanwhile")?;
    let slowest = took.iter().max().copied().unwrap_or_default();
    let middle = report::median_time(took);
    let more = memory.saturating_sub(before);
    Ok(vec![
        Row::new(
            &format!("memory for {LISTENERS} who listen, {name}"),
            format!("{} ({} in all)", megabytes(more), megabytes(memory)),
            "≤ 150 MB",
            more * 1024 <= MEMORY,
        ),
        Row::new(
            &format!("until all {LISTENERS} have heard of a reply, the slowest (p50), {name}"),
            format!("{} ({})", time(slowest), time(middle)),
            "≤ 1 s",
            slowest <= WITHIN,
        ),
    ])
}

/// A stream.
struct Listener {
    stream: TcpStream,
    /// What has come and was not looked at.
    came: Vec<u8>,
    heard: bool,
}

/// Opens all streams: some of members, the others of visitors.
fn listen(server: &Server, topic: &str, members: &[Talker<'_>]) -> Result<Vec<Listener>> {
    let begun = Instant::now();
    let id = topic.split('/').nth(2).unwrap_or_default();
    let mut listeners = Vec::with_capacity(LISTENERS);
    for number in 0..LISTENERS {
        let member = members.get(number / OF_MEMBER);
        let cookie = member.map(|member| format!("Cookie: {}\r\n", member.cookie));
        let head = format!(
            "GET /live?topic={id} HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n\
             X-Forwarded-For: {}\r\n{}\r\n",
            server.address,
            talking::network(number / OF_NETWORK),
            cookie.unwrap_or_default()
        );
        let stream = open(server.address, &head)
            .with_context(|| format!("stream {} could not be opened", number + 1))?;
        listeners.push(Listener {
            stream,
            came: Vec::new(),
            heard: false,
        });
        if listeners.len().is_multiple_of(AT_ONCE) || listeners.len() == LISTENERS {
            // Each is told at first how many posts there are.
            let from = (listeners.len() - 1) / AT_ONCE * AT_ONCE;
            hear(&mut listeners[from..], "\"total\":", Instant::now())?;
        }
    }
    eprintln!("  {LISTENERS} listen after {}", time(begun.elapsed()));
    Ok(listeners)
}

fn open(server: SocketAddr, head: &str) -> std::io::Result<TcpStream> {
    let mut stream = TcpStream::connect(server)?;
    stream.write_all(head.as_bytes())?;
    stream.set_nonblocking(true)?;
    Ok(stream)
}

/// Until all have heard this.
fn hear(listeners: &mut [Listener], what: &str, begun: Instant) -> Result<()> {
    for listener in listeners.iter_mut() {
        listener.heard = false;
    }
    loop {
        let mut missing = 0;
        for listener in listeners.iter_mut().filter(|listener| !listener.heard) {
            listener.look(what)?;
            missing += usize::from(!listener.heard);
        }
        if missing == 0 {
            return Ok(());
        }
        if begun.elapsed() > PATIENCE {
            bail!("{missing} of {} have not heard {what}", listeners.len());
        }
        sleep(LOOK);
    }
}

impl Listener {
    fn look(&mut self, what: &str) -> Result<()> {
        let mut buffer = [0; 4096];
        loop {
            match self.stream.read(&mut buffer) {
                Ok(0) => bail!(
                    "a stream has ended: {}",
                    String::from_utf8_lossy(&self.came)
                ),
                Ok(count) => self.came.extend_from_slice(&buffer[..count]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error).context("a stream has broken"),
            }
        }
        if self.came.starts_with(b"HTTP/1.1 ") && !self.came.starts_with(b"HTTP/1.1 200 ") {
            bail!(
                "a stream was refused: {}",
                String::from_utf8_lossy(&self.came)
            );
        }
        let what = what.as_bytes();
        if self.came.windows(what.len()).any(|part| part == what) {
            self.heard = true;
            self.came.clear();
        }
        Ok(())
    }
}
