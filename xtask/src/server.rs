//! The built server as a child of ours: started, waited for, and stopped.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::http;
use crate::machine;
use crate::project::Project;
use crate::run;

/// A server that has not answered by then never will.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    /// From the start of the process to the first whole page.
    pub(crate) first_page: Duration,
}

/// How to start one.
pub(crate) struct Start<'a> {
    pub(crate) binary: &'a Path,
    pub(crate) subcommand: &'a str,
    pub(crate) data: &'a Path,
    pub(crate) arguments: &'a [&'a str],
    /// Where it listens; a free port where that does not matter.
    pub(crate) address: Option<SocketAddr>,
    /// The only core that it may run on.
    pub(crate) core: Option<usize>,
    /// The page whose answer means that it is up.
    pub(crate) page: &'a str,
    /// An empty folder of ours, for the log and to run in.
    pub(crate) scratch: &'a Path,
}

impl Server {
    pub(crate) fn start(project: &Project, start: &Start<'_>) -> Result<Self> {
        let address = match start.address {
            Some(address) => address,
            None => SocketAddr::from((Ipv4Addr::LOCALHOST, machine::free_port()?)),
        };
        let log_path = start.scratch.join("server.txt");
        let log = File::create(&log_path)
            .with_context(|| format!("could not write {}", log_path.display()))?;
        let command = pinned(project, start.binary, start.core);
        let mut command = run::isolated(command, start.scratch);
        command
            .arg(start.subcommand)
            .arg("--data-dir")
            .arg(start.data)
            .args(["--address", &address.to_string()])
            .args(start.arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        let begun = Instant::now();
        let child = command
            .spawn()
            .with_context(|| format!("could not start `{}`", run::shown(&command)))?;
        let mut server = Self {
            child,
            address,
            first_page: Duration::ZERO,
        };
        loop {
            if let Some(status) = server.child.try_wait().context("lost the server")? {
                bail!(
                    "`{}` ended ({status}):\n{}",
                    run::shown(&command),
                    run::tail(&log_path, 15)
                );
            }
            match http::get(address, start.page, None) {
                Ok(response) if response.status == 200 => break,
                Ok(response) if begun.elapsed() > PATIENCE => bail!(
                    "`{}` answers {} to {}:\n{}",
                    run::shown(&command),
                    response.status,
                    start.page,
                    run::tail(&log_path, 15)
                ),
                Err(error) if begun.elapsed() > PATIENCE => {
                    return Err(error.context(format!(
                        "`{}` does not answer:\n{}",
                        run::shown(&command),
                        run::tail(&log_path, 15)
                    )));
                }
                _ => std::thread::sleep(Duration::from_millis(1)),
            }
        }
        server.first_page = begun.elapsed();
        Ok(server)
    }

    /// As a power cut would: SIGKILL.
    pub(crate) fn kill(mut self) -> Result<()> {
        self.child.kill().context("could not kill the server")?;
        self.child.wait().context("lost the server").map(drop)
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn memory_kib(&self) -> Result<u64> {
        machine::process_kib(self.child.id(), "VmRSS")
            .context("could not read the server's memory from /proc")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        stop(&mut self.child);
    }
}

/// Asks politely, then insists.
pub(crate) fn stop(child: &mut Child) {
    let asked = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .stderr(Stdio::null())
        .status();
    let begun = Instant::now();
    while asked.is_ok() && begun.elapsed() < Duration::from_secs(10) {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    // It may have ended in between, which is as good.
    let _ = child.kill();
    let _ = child.wait();
}

/// A command that runs on one core only, where that is asked for.
pub(crate) fn pinned(
    project: &Project,
    program: impl AsRef<std::ffi::OsStr>,
    core: Option<usize>,
) -> Command {
    match core {
        Some(core) => {
            let mut command = project.command("taskset");
            command.args(["-c", &core.to_string()]).arg(program);
            command
        }
        None => project.command(program),
    }
}

/// How a program that ends by itself went.
pub(crate) struct Finished {
    pub(crate) time: Duration,
    pub(crate) peak_kib: u64,
    pub(crate) output: String,
}

/// Runs `rareshare` to its end, watching its memory.
pub(crate) fn run_to_end(mut command: Command) -> Result<Finished> {
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start `{}`", run::shown(&command)))?;
    let id = child.id();
    let readers = (child.stdout.take(), child.stderr.take());
    let output = std::thread::spawn(move || readers.0.map(read_all).unwrap_or_default());
    let errors = std::thread::spawn(move || readers.1.map(read_all).unwrap_or_default());
    // The kernel keeps the high-water mark, so that sampling misses only what grows in the very
    // last moment.
    let mut peak_kib = 0;
    let status = loop {
        peak_kib = machine::process_kib(id, "VmHWM").unwrap_or(peak_kib);
        if let Some(status) = child.try_wait().context("lost a started program")? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let time = begun.elapsed();
    let output = output.join().unwrap_or_default();
    let errors = errors.join().unwrap_or_default();
    if !status.success() {
        bail!(
            "`{}` failed ({status})\n{}{}",
            run::shown(&command),
            output,
            errors
        );
    }
    Ok(Finished {
        time,
        peak_kib,
        output: output + &errors,
    })
}

fn read_all(mut pipe: impl std::io::Read) -> String {
    let mut bytes = Vec::new();
    // What was read before an error is still worth showing.
    let _ = pipe.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_watched_to_its_end() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; sleep 0.1"]);
        let finished = run_to_end(command).unwrap();
        assert!(finished.output.contains("out") && finished.output.contains("err"));
        assert!(finished.peak_kib > 0);
        assert!(finished.time >= Duration::from_millis(100));
    }

    #[test]
    fn a_stopped_program_is_gone() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        stop(&mut child);
        assert!(child.try_wait().unwrap().is_some());
    }
}
