//! What this machine is: who we are on it, and how large it is.

use std::env;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::Project;
use crate::run;

pub(crate) fn is_root(project: &Project) -> bool {
    run::ask(project.command("id").arg("-u")).is_some_and(|id| id == "0")
}

/// A port of the loopback address that nobody listens on just now.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .context("could not find a free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// A free port for a server that is killed and comes back: none that the system gives to clients,
/// who would connect to themselves while the server is away.
pub(crate) fn lasting_port() -> Result<u16> {
    let given = fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap_or_default();
    let lowest = given
        .split_whitespace()
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or(32_768);
    (10_000..lowest)
        .rev()
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .with_context(|| format!("no port between 10000 and {lowest} is free on 127.0.0.1"))
}

/// "2 cores, 23 GiB, Some CPU".
pub(crate) fn describe() -> String {
    let cores = cores();
    let read = |file| fs::read_to_string(file).unwrap_or_default();
    let memory = read("/proc/meminfo");
    let gib = proc_kib(&memory, "MemTotal").map_or(0, |kib| kib.div_ceil(1024 * 1024));
    let cpu = read("/proc/cpuinfo")
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or_else(
            || "unknown CPU".to_owned(),
            |(_, name)| name.trim().to_owned(),
        );
    format!("{cores} cores, {gib} GiB, {cpu}")
}

pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A folder for what is gone in a few minutes: in memory, if there is one with so much room, in MiB.
pub(crate) fn quick_folder(room: u64) -> PathBuf {
    let in_memory = Path::new("/dev/shm");
    let free = rustix::fs::statvfs(in_memory)
        .map_or(0, |filesystem| filesystem.f_bavail * filesystem.f_frsize);
    if free >> 20 >= room {
        in_memory.to_owned()
    } else {
        env::temp_dir()
    }
}

/// How many programs wanted to run in the last minute, on average.
pub(crate) fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// A value in KiB from `/proc/meminfo` or `/proc/PID/status`.
pub(crate) fn proc_kib(text: &str, key: &str) -> Option<u64> {
    text.lines().find_map(|line| {
        let value = line.strip_prefix(key)?.strip_prefix(':')?;
        value.split_whitespace().next()?.parse().ok()
    })
}

/// Memory of a process in KiB: `VmRSS` is now, `VmHWM` the most it ever was.
pub(crate) fn process_kib(pid: u32, key: &str) -> Option<u64> {
    proc_kib(
        &fs::read_to_string(format!("/proc/{pid}/status")).ok()?,
        key,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_memory_from_proc() {
        let text = "Name:\trareshare\nVmHWM:\t   30720 kB\nVmRSS:\t   20480 kB\n";
        assert_eq!(proc_kib(text, "VmRSS"), Some(20480));
        assert_eq!(proc_kib(text, "VmHWM"), Some(30720));
        assert_eq!(proc_kib(text, "Vm"), None);
    }
}
